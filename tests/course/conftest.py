"""The digits that tests of labs share."""

import dataclasses

import ipywidgets as widgets
import pytest

from nnlib import mnist


@pytest.fixture(scope="module", autouse=True)
def closed_at_the_end():
    """Close the labs of a file: ipywidgets keeps every widget until then, with its picture."""
    yield
    widgets.Widget.close_all()


@pytest.fixture(scope="session")
def data():
    """All splits of the small set."""
    return mnist.load("mini")


@pytest.fixture(scope="session")
def few_data(data):
    """So few digits that every instrument has an answer within a second."""
    parts = {"train": data.train.first(300), "validation": data.validation.first(100)}
    return dataclasses.replace(data, **parts)
