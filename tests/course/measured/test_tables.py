"""Tables: what is written comes back, what is no table is named, and how they show themselves."""

import os
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.measured import tables

COLUMNS = ["digit", "word"]


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(st.text('ab ,"\n#\u03b7', max_size=4), min_size=2, max_size=2)),
    comment=st.sampled_from(["", "one line", "two\nlines"]),
)
def test_any_table_of_text_comes_back(tmp_path_factory, rows, comment):
    path = tmp_path_factory.mktemp("table") / "table.csv"
    tables.save_table(path, COLUMNS, rows, comment)
    assert path.read_bytes() == tables.table_text(COLUMNS, rows, comment).encode()
    assert tables.load_table(str(path), tuple(COLUMNS)) == rows


def test_the_text_of_a_table():
    rows = [(0, "nil"), (2.5, None), (1, 'a, "b"')]
    text = tables.table_text(COLUMNS, rows, comment="made by\nhand")
    assert text == '# made by\n# hand\ndigit,word\n0,nil\n2.5,\n1,"a, ""b"""\n'
    assert tables.table_text(COLUMNS, []) == "digit,word\n"


def test_a_table_from_another_program_is_read(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(b"# note\r\ndigit,word\r\n\r\n#1,one\r\n")
    assert tables.load_table(path, COLUMNS) == [["#1", "one"]]


def test_a_failed_save_keeps_the_old_table(tmp_path):
    path = tmp_path / "table.csv"
    tables.save_table(path, COLUMNS, [(1, "one")])

    def rows():
        yield 2, "two"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tables.save_table(path, COLUMNS, rows())
    assert os.listdir(tmp_path) == ["table.csv"]
    assert tables.load_table(path, COLUMNS) == [["1", "one"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it has the line ''. Give the name of another file"),
        (b"# only a comment\n", "it has the line ''"),
        (b"a,b\n1,2\n", "the columns digit, word: it has the line 'a,b'"),
        (b"word,digit\none,1\n", "it has the line 'word,digit'"),
        (b"digit,word\n1,one\n2\n", "it has the line '2'"),
        (b"digit,word\n1,one,more\n", "it has the line '1,one,more'"),
        (b"\xff\xfe\x00 no text", "cannot be read as a table: it is damaged, or another kind"),
        (b'digit,word\n"' + 200_000 * b"x", "cannot be read as a table"),
    ],
)
def test_a_file_that_is_no_such_table_is_named(tmp_path, content, words):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"table\.csv ") as found:
        tables.load_table(path, COLUMNS)
    assert words in str(found.value)


def test_a_missing_table_or_folder_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"There is no file .*none\.csv"):
        tables.load_table(tmp_path / "none.csv", COLUMNS)
    with pytest.raises(FileNotFoundError, match=r"The folder .*no does not exist"):
        tables.save_table(tmp_path / "no" / "table.csv", COLUMNS, [])


# In memory


def table():
    return tables.from_columns(
        {"word": ["a<b", "", "ccc"], "x": [0.5, np.nan, 12.25], "n": [3, -1, 0], "min": [1, 2, 3]}
    )


def test_columns_rows_and_conditions():
    found = table()
    assert len(found) == 3
    assert found.n.tolist() == found["n"].tolist() == [3, -1, 0]
    assert found["min"].tolist() == [1, 2, 3]  # found.min is what arrays have
    chosen = found[found.n >= 0]
    assert isinstance(chosen, tables.Records)
    assert [(row.word, row.x, row.n, row["min"]) for row in chosen] == [
        ("a<b", 0.5, 3, 1),
        ("ccc", 12.25, 0, 3),
    ]
    in_order = np.sort(found, order="n")
    assert isinstance(in_order, tables.Records)
    assert in_order.n.tolist() == [-1, 0, 3]
    assert isinstance(found.n, np.ndarray)
    assert not isinstance(found.n, tables.Records)


def test_rows_make_the_same_table_as_columns():
    found = tables.from_rows([{"word": "a", "n": 1}, {"word": "bc", "n": 2}])
    assert str(found) == str(tables.from_columns({"word": ["a", "bc"], "n": [1, 2]}))


def test_a_table_as_text_has_aligned_columns_and_equal_decimals():
    assert str(table()) == repr(table())
    assert str(table()).splitlines() == [
        "word      x   n  min",
        " a<b   0.50   3    1",
        "             -1    2",
        " ccc  12.25   0    3",
    ]
    assert str(table()[["n", "x"]][:1]).splitlines() == ["n    x", "3  0.5"]


def test_a_table_in_a_notebook_has_a_heading_and_the_same_cells():
    page = table()._repr_html_()
    root = ElementTree.fromstring(page)
    assert [cell.text for cell in root.iter("th")] == ["word", "x", "n", "min"]
    rows = [[cell.text or "" for cell in row.iter("td")] for row in root.find("tbody")]
    assert rows == [["a<b", "0.50", "3", "1"], ["", "", "-1", "2"], ["ccc", "12.25", "0", "3"]]


def test_of_a_long_table_the_first_rows_are_shown():
    long = tables.from_columns({"n": np.arange(1500)})
    lines = str(long).splitlines()
    assert len(lines) == tables.SHOWN + 2
    assert lines[-1] == "1,460 more rows"
    assert long._repr_html_().count("<td>") == tables.SHOWN
    assert "1,460 more rows" in long._repr_html_()
    assert "more rows" not in str(long[: tables.SHOWN])


def test_a_table_without_rows_shows_its_columns():
    assert str(table()[:0]) == "word  x  n  min"
    assert table()[:0]._repr_html_().count("<th>") == 4


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["3", "-1"], [3, -1]),
        (["3", ""], [3.0, np.nan]),
        (["0.5", "2"], [0.5, 2.0]),
        (["", ""], [np.nan, np.nan]),
        (["0.5", "fast"], ["0.5", "fast"]),
        ([], []),
    ],
)
def test_text_becomes_numbers_where_it_can(cells, expected):
    found = tables.numbers(cells)
    np.testing.assert_array_equal(found, expected)
    assert found.dtype == np.array(expected).dtype


def test_a_file_comes_back_as_columns_numbers_where_it_can(tmp_path):
    path = tmp_path / "few.csv"
    tables.save_table(path, ("name", "n", "share"), [("a", 1, 0.5), ("b", 2, None)], "said")
    table = tables.read(path, ("name", "n", "share"))
    assert table.name.tolist() == ["a", "b"]
    assert table.n.tolist() == [1, 2]
    assert table.share[0] == 0.5
    assert np.isnan(table.share[1])
    with pytest.raises(ValueError, match="columns"):
        tables.read(path, ("name", "n"))
