"""The digits that tests of labs share."""

import dataclasses

import pytest

from nnlib import mnist


@pytest.fixture(scope="session")
def data():
    """All splits of the small set."""
    return mnist.load("mini")


@pytest.fixture(scope="session")
def few_data(data):
    """So few digits that every instrument has an answer within a second."""
    parts = {"train": data.train.first(300), "validation": data.validation.first(100)}
    return dataclasses.replace(data, **parts)
