"""Codes for the ten digits, on outputs small enough to judge by eye, and the stored table."""

import numpy as np
import pytest

from course.measured import codes
from nnlib import mnist


def test_every_code_tells_the_digits_apart():
    for kind in codes.KINDS:
        for seed in range(30):
            code = codes.code(kind, seed)
            assert code.shape == (10, 10 if "four" not in kind else 4)
            assert len({tuple(row) for row in code.tolist()}) == 10
            assert set(code.ravel().tolist()) == {0, 1}


def test_binary_is_read_with_the_one_first():
    values = codes.code("four bits in binary") @ [1, 2, 4, 8]
    assert values.tolist() == list(range(10))


def test_random_codes_follow_their_seed():
    first, again, other = (codes.code("ten random bits", seed) for seed in (3, 3, 4))
    assert (first == again).all()
    assert (first != other).any()


def test_another_kind_is_refused():
    with pytest.raises(ValueError, match="kind is 'five bits': expected 'one for each digit' or"):
        codes.code("five bits")


def test_with_one_output_for_each_digit_the_nearest_is_the_largest():
    outputs = np.random.default_rng(0).random((10, 200))
    found = codes.nearest(outputs, codes.code("one for each digit"))
    assert found.tolist() == outputs.argmax(axis=0).tolist()


@pytest.mark.parametrize("kind", codes.KINDS)
def test_nearest_is_what_distances_say(kind):
    code = codes.code(kind, 5)
    outputs = np.random.default_rng(1).random((code.shape[1], 100))
    distances = [[np.linalg.norm(a - target) for target in code] for a in outputs.T]
    assert codes.nearest(outputs, code).tolist() == np.argmin(distances, axis=1).tolist()
    assert codes.nearest(code.T, code).tolist() == list(range(10))


# The stored table


@pytest.fixture(scope="module")
def table():
    return codes.read()


def test_the_stored_table_has_every_network_once_in_order(table):
    expected = [
        (data, kind, seed)
        for data in ("full", "mini")
        for kind in codes.KINDS
        for seed in codes.SEEDS
    ]
    columns = (table[name].tolist() for name in ("data", "code", "seed"))
    assert list(zip(*columns)) == expected


def test_what_is_right_strictly_is_nearest_too(table):
    assert (table.strictly <= table.nearest).all()


def test_medians_are_those_of_the_table(table):
    for reading in codes.READINGS:
        shown = codes.compare("mini", reading)
        assert shown.targets.tolist() == list(codes.KINDS)
        for row in shown:
            part = table[(table["data"] == "mini") & (table.code == row.targets)][reading]
            values = sorted(part.tolist())
            assert [row.lowest, row.highest] == [f"{values[0]:.1f} %", f"{values[-1]:.1f} %"]
            assert row.median == f"{(values[9] + values[10]) / 2:.1f} %"


def test_other_data_and_readings_are_refused():
    with pytest.raises(ValueError, match="data is 'half'"):
        codes.compare("half")
    with pytest.raises(ValueError, match="reading is 'loosely'"):
        codes.compare("full", "loosely")


# Making it


@pytest.mark.trains
@pytest.mark.parametrize("kind", codes.KINDS)
def test_a_row_comes_out_again(table, kind):
    again = codes.measure(kind, 0, mnist.load("mini"))
    (stored,) = table[(table["data"] == "mini") & (table.code == kind) & (table.seed == 0)]
    assert list(again) == codes.COLUMNS
    for reading, width in {"nearest": 4, "strictly": 6}.items():
        assert again[reading] == pytest.approx(stored[reading], abs=width)


@pytest.mark.trains
@pytest.mark.usefixtures("full")
def test_the_command_writes_the_table_and_prints_each_row(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(codes, "SEEDS", [7])
    monkeypatch.setattr(codes, "EPOCHS", 1)
    monkeypatch.setattr(codes, "KINDS", codes.KINDS[:1])
    path = tmp_path / "table.csv"
    assert codes.main(["--path", str(path)]) == 0
    found = codes.read(path)
    assert found["data"].tolist() == ["full", "mini"]
    assert (found.nearest > 50).all()
    assert path.read_text().startswith("# python -m course.measured.codes\n")
    assert capsys.readouterr().out.count("code one for each digit, seed 7, ") == 2
