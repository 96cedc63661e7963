"""What holds of every table that is made whole by its command, from both sets of digits."""

import pytest

from course.measured import codes, depth, hidden, starts, tables
from nnlib import mnist

each_table = pytest.mark.parametrize(
    "made", [codes, depth, hidden, starts], ids=lambda made: made.PATH.stem
)


@each_table
def test_the_stored_table_would_be_written_the_same_again(made):
    rows, text = tables.load_table(made.PATH, made.COLUMNS), made.PATH.read_text(encoding="utf-8")
    head = [line[2:] for line in text.splitlines() if line.startswith("# ")]
    assert "\n".join(head[:-1]) + "\n" == made.HEAD
    assert all(word in head[-1] for word in ("Python 3", "NumPy 2", "nnlib"))
    assert tables.table_text(made.COLUMNS, rows, "\n".join(head)) == text


@each_table
def test_without_the_full_set_the_command_says_so(made, monkeypatch, capsys, tmp_path):
    def missing(name):
        raise FileNotFoundError("The full set is not here.")

    monkeypatch.setattr(mnist, "load", missing)
    assert made.main(["--path", str(tmp_path / "table.csv")]) == 1
    assert capsys.readouterr().out == "The full set is not here.\n"
    assert not any(tmp_path.iterdir())
