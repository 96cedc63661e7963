"""Tables: rows with named columns in memory, and CSV files, written whole or not at all."""

import csv
import io
from html import escape
from itertools import dropwhile

import numpy as np

from nnlib.storage import opened, replacing

SHOWN = 40  # rows; what is longer would bury the page


class Records(np.recarray):
    """Rows with named columns: a NumPy record array that shows itself as a table.

    `table.final` is a column, an array (n,); `table[table.eta == 3]` are the rows where eta is 3,
    again a table; `for row in table` gives the rows, each with `row.final`. A name that arrays have
    for something of their own, such as data, min or max, is written `table["min"]`.
    """

    def _repr_html_(self):
        """The table as a notebook shows it."""
        rows = "".join(_html("td", row) for row in self._cells())
        head = _html("th", self.dtype.names)
        return f"<table>\n<thead>\n{head}</thead>\n<tbody>\n{rows}</tbody>\n</table>{self._rest()}"

    def __repr__(self):
        """The table as text, its columns aligned on the right."""
        rows = [self.dtype.names, *self._cells()]
        widths = [max(map(len, column)) for column in zip(*rows)]
        lines = ["  ".join(map(str.rjust, row, widths)) for row in rows]
        return "\n".join(lines) + self._rest()

    __str__ = __repr__

    def _cells(self):
        """The first rows, each a tuple of text."""
        return zip(*(_texts(self[name][:SHOWN]) for name in self.dtype.names))

    def _rest(self):
        return f"\n{len(self) - SHOWN:,} more rows" if len(self) > SHOWN else ""


def from_columns(columns):
    """A `Records` of columns: a dict of sequences of one length, by name."""
    arrays = [np.asarray(column) for column in columns.values()]
    return np.rec.fromarrays(arrays, names=list(columns)).view(Records)


def from_rows(rows):
    """A `Records` of rows: one or more dicts with the same names."""
    return from_columns({name: [row[name] for row in rows] for name in rows[0]})


def read(path, columns):
    """The file that `save_table` wrote as a `Records`; columns of numbers are numbers.

    Raises ValueError if it has other columns.
    """
    cells = zip(*load_table(path, columns))
    return from_columns(dict(zip(columns, map(numbers, cells))))


def numbers(cells):
    """Cells of text as an array of numbers, whole ones if all are; an empty cell is NaN.

    If one of them is no number, all stay text.
    """
    for number in (int, float):
        try:
            return np.array([number(cell or "nan") for cell in cells])
        except ValueError:
            continue
    return np.array(cells)


def _texts(column):
    """The cells of a column as text; numbers have the same decimals, NaN is left empty."""
    if column.dtype.kind != "f":
        return [str(cell) for cell in column]
    shortest = [np.format_float_positional(cell, precision=6, trim="-") for cell in column]
    decimals = max((len(text.partition(".")[2]) for text in shortest), default=0)
    return ["" if np.isnan(cell) else f"{cell:.{decimals}f}" for cell in column]


def _html(tag, cells):
    """One row of a table in HTML."""
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>\n"


def table_text(columns, rows, comment=""):
    """A table as CSV text: the comment, the names of the columns, then one line a row.

    rows: a sequence of cells each, in the order of columns; None makes an empty cell.
    comment: lines of text; each gets "# " before it.
    """
    text = io.StringIO(newline="")
    text.writelines(f"# {line}\n" for line in comment.splitlines())
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue()


def save_table(path, columns, rows, comment=""):
    """Write `table_text` to `path`. An earlier file is replaced only when the new one is complete.

    Raises FileNotFoundError if the folder is missing.
    """
    with replacing(path) as file:
        file.write(table_text(columns, rows, comment).encode())


def load_table(path, columns):
    """Read the rows of a table with these columns: a list of lists of text, one cell a column.

    Comment lines at the head and empty lines are left out. Raises FileNotFoundError if there is
    no such file, OSError if it cannot be read, and ValueError if it has other columns or a row of
    another length.
    """
    columns = list(columns)
    heading, *rows = _read_csv(path) or [[]]
    other_length = (row for row in rows if len(row) != len(columns))
    wrong = heading if heading != columns else next(other_length, None)
    if wrong is not None:
        raise ValueError(
            f"{path} is not a table with the columns {', '.join(columns)}: it has the line "
            f"{','.join(wrong)!r}. Give the name of another file, or remove this one."
        )
    return rows


def _read_csv(path):
    """The lines of a CSV file as lists of text, without the comment at its head and empty lines."""
    try:
        with opened(path) as file:
            text = file.read().decode()
        lines = dropwhile(lambda line: line.startswith("#"), io.StringIO(text, newline=""))
        rows = [cells for cells in csv.reader(lines) if cells]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(
            f"{path} cannot be read as a table: it is damaged, or another kind of file. "
            "Give the name of another file, or remove this one."
        ) from error
    if text and not text.endswith("\n"):  # 95.1 may have been 95.12
        raise ValueError(
            f"{path} is cut off: its last line has no end. Get the file again; or, if it is whole, "
            "open it in an editor and add the end of the line."
        )
    return rows
