"""Another order for each seed, the same one each time, and cells of notebooks in theirs."""

from types import SimpleNamespace

import pytest

from tests import order

NAMES = [
    *[f"tests/test_a.py::test_{n}" for n in range(8)],
    *[f"notebooks/01_a.ipynb::Cell {n}" for n in range(12)],
    *[f"tests/test_b.py::TestOne::test_{n}" for n in range(8)],
    "tests/test_c.py::test_one",
]


def mixed(seed, names=NAMES):
    return [each.nodeid for each in order.shuffled(map(item, names), seed)]


def item(nodeid):
    return SimpleNamespace(nodeid=nodeid)


def of_file(name, found):
    return [each for each in found if each.startswith(name)]


def test_nothing_is_lost_and_a_seed_is_one_order():
    assert sorted(mixed(7)) == sorted(NAMES)
    assert mixed(7) == mixed(7) == mixed(7, NAMES[::-1][:9] + NAMES[:20])
    assert len({tuple(mixed(seed)) for seed in range(9)}) == 9


def test_files_change_places_and_so_do_their_tests():
    files = {tuple(dict.fromkeys(each.split("::")[0] for each in mixed(n))) for n in range(400)}
    assert len(files) == 24, "every order of four files"
    for file in ("tests/test_a.py", "tests/test_b.py"):
        assert len({tuple(of_file(file, mixed(seed))) for seed in range(9)}) == 9


@pytest.mark.parametrize("seed", range(5))
def test_a_file_stays_together_and_by_itself_has_the_same_order(seed):
    found = mixed(seed)
    for file in ("tests/test_a.py", "tests/test_b.py"):
        own = of_file(file, found)
        assert found[found.index(own[0]) :][: len(own)] == own
        assert mixed(seed, of_file(file, NAMES)) == own


@pytest.mark.parametrize("seed", range(5))
def test_cells_of_a_notebook_stay_in_their_order(seed):
    assert of_file("notebooks", mixed(seed)) == of_file("notebooks", NAMES)


def test_only_who_asks_for_it_gets_it():
    for seed, changed in ((None, False), (0, True)):
        items = [item(name) for name in NAMES]
        config = SimpleNamespace(option=SimpleNamespace(shuffle=seed))
        order.pytest_collection_modifyitems(config, items)
        assert ([each.nodeid for each in items] != NAMES) == changed
        assert (order.pytest_report_header(config) is not None) == changed
