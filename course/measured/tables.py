"""Tables in CSV files: written whole or not at all."""

import csv
import io
from itertools import dropwhile
from pathlib import Path

from nnlib.storage import replacing


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
    no such file, and ValueError if it has other columns or a row of another length.
    """
    path, columns = Path(path), list(columns)
    if not path.exists():
        raise FileNotFoundError(f"There is no file {path}. Check the name, or save it first.")
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
        with open(path, newline="", encoding="utf-8") as file:
            lines = dropwhile(lambda line: line.startswith("#"), file)
            return [cells for cells in csv.reader(lines) if cells]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(
            f"{path} cannot be read as a table: it is damaged, or another kind of file "
            f"({error}). Give the name of another file, or remove this one."
        ) from error
