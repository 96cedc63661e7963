"""Tables in CSV files: what is written comes back, and what is no table is named."""

import os

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
