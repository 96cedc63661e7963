"""The plugin of pytest that changes the order of tests.

    pytest --shuffle 7

A test that passes only after another one hides a fault. The files come in another order, and so do
the tests in each of them; a seed always gives the same order, and to a file by itself the order
that it has in the whole. Cells of a notebook stay in theirs.
"""

import random
from pathlib import Path

import pytest


def pytest_addoption(parser):
    parser.addoption("--shuffle", type=int, metavar="SEED", help="files and tests in another order")


def pytest_report_header(config):
    seed = config.option.shuffle
    return None if seed is None else f"order: --shuffle {seed}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Shuffle last of all: no other order is put over this one."""
    if config.option.shuffle is not None:
        items[:] = shuffled(items, config.option.shuffle)


def shuffled(items, seed):
    """The items, file by file, in the order of a seed."""
    files = {}
    for item in items:
        files.setdefault(item.nodeid.split("::")[0], []).append(item)
    names = sorted(files)
    random.Random(seed).shuffle(names)
    return [item for name in names for item in in_a_file(name, files[name], seed)]


def in_a_file(name, items, seed):
    if Path(name).suffix == ".ipynb":
        return items
    items = sorted(items, key=lambda item: item.nodeid)
    random.Random(f"{seed} {name}").shuffle(items)
    return items
