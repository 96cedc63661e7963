"""Three versions of a lesson made into one: as the course gave it, as the student has it, as the
course has it now. Nothing is read or written here; a notebook is what `json.loads` makes of it.

A cell is known by its id, or else by its exercise, or else by its words. What becomes of it:

- The student changed it: it stays as the student has it. If the course changed it as well, the
  course's new version is put right after it as a Markdown cell which says so. It is Markdown also
  for code, so that "Run All Cells" never puts the course's version in place of the student's.
- The student did not change it: it becomes as the course has it now. Outputs stay as long as the
  source does.
- The student added it, or moved it: it stays, after the cell that it followed.
- The student deleted it: it stays deleted.
- The course took it out: it goes, unless the student changed it.
- The course added it: it comes, after the cell that it follows in the course.

Where it is not known what the course gave, every cell that differs is the student's.
"""

import hashlib
import re
from collections import Counter
from difflib import SequenceMatcher

MARK = "course_version_of"  # metadata of a cell that shows what the course has now: the cell's id
SAID = (
    "**The course has changed the cell above. Yours stays as it is.** Here is the course's new "
    "version; take from it what you like, then delete this cell.\n\n"
)


def text(cell):
    """The source of a cell, which a file keeps as one text or as a list of lines."""
    return "".join(cell["source"])


def content(cell):
    """All of a cell that a person writes."""
    return cell["cell_type"], text(cell), cell.get("attachments") or {}


def exercise(cell):
    """The name of the exercise that a cell is the answer to, or None."""
    return cell["metadata"].get("exercise") if "answer" in tags(cell) else None


def tags(cell):
    """The tags of a cell."""
    return cell["metadata"].get("tags") or []


def merge(given, mine, new):
    """The student's notebook with all that is new in the course, and how many cells had which fate.

    given: the notebook as the course gave it, or None if that is not known; mine: as the student
    has it; new: as the course has it now. None of them is changed. The fates are "new", "changed",
    "gone" and "both" for what the course did, "answers" and "own" for what the student keeps.
    """
    was, have, now = _known(given, mine, new)
    cells, fates = _cells(was, have, now)
    marks = _marks(cells, was, have, now, given is None)
    fates["both"] = len(marks)
    cells = {key: cell for key, cell in cells.items() if not _is_replaced(cell, marks.values())}
    cells |= {("mark", key): mark for key, mark in marks.items()}
    stays = [one for key in have for one in (key, ("mark", key)) if one in cells]
    moved = _moved(list(have), list(now if given is None else was))
    order = _woven([key for key in now if key in cells and key not in moved], stays)
    result = mine | {
        "cells": [_with_id(cells[key], number) for number, key in enumerate(order)],
        "metadata": _merged(given and given["metadata"], mine["metadata"], new["metadata"]),
        "nbformat_minor": max(mine.get("nbformat_minor", 0), new.get("nbformat_minor", 0)),
    }
    return result, fates


def _known(given, mine, new):
    """The cells of the three notebooks as dictionaries, where one key is one cell in all three."""
    was = dict(enumerate(given["cells"])) if given else {}
    now = _identified(new["cells"], [*was.items()], "new")
    have = _identified(mine["cells"], [*was.items(), *now.items()], "mine")
    return was, have, now


def _identified(cells, known, name):
    """The cells by the keys of the known ones, pairs (key, cell), that they are.

    A cell that is not known gets a key of its own, made with the name.
    """
    keys = {}
    for trait in (lambda cell: cell.get("id"), exercise, _words):
        free = {}
        for key, cell in known:
            if key not in keys.values() and key not in free.get(trait(cell), []):
                free.setdefault(trait(cell), []).append(key)
        for number, cell in enumerate(cells):
            if number not in keys and trait(cell) is not None:
                keys |= _claim(number, free.get(trait(cell), []), keys)
    return {keys.get(number, (name, number)): cell for number, cell in enumerate(cells)}


def _claim(number, free, keys):
    """The first of the free keys for a cell, as {number: key}; {} if there is none."""
    key = next((key for key in free if key not in keys.values()), None)
    return {} if key is None else {number: key}


def _words(cell):
    """What a cell says, or None for an empty one, which could be any other empty one."""
    return (cell["cell_type"], text(cell)) if text(cell).strip() else None


def _cells(was, have, now):
    """The cells of the result without their order, and the count of their fates.

    A cell that the course gave and the student deleted is not among them.
    """
    cells, fates = {}, Counter()
    for key, cell in have.items():
        fate, cells[key] = _fate(was.get(key), cell, now.get(key))
        fates[fate] += 1
    fresh = {key: cell for key, cell in now.items() if key not in have and key not in was}
    fates["new"] = len(fresh)
    present = {key: cell for key, cell in cells.items() if cell is not None}
    return present | fresh, fates


def _fate(was, cell, now):
    """What becomes of one cell that the student has: a word for it, and the cell or None."""
    mine = "answers" if exercise(was or now or cell) else "own"
    if now is None:
        untouched = was is not None and content(cell) == content(was)
        return (
            ("gone", None) if untouched else ("shown" if MARK in cell["metadata"] else mine, cell)
        )
    same = {"metadata": _merged(was and was["metadata"], cell["metadata"], now["metadata"])}
    same |= {"id": now["id"]} if "id" in now else {}
    if content(cell) == content(now):
        return "same", cell | same
    if was is not None and content(cell) == content(was):
        return "changed", now | same
    return mine, cell | same


def _merged(was, mine, now):
    """Metadata: the student's, with what the course changed in its own."""
    was = was or {}
    kept = {key: value for key, value in mine.items() if key in now or key not in was}
    return kept | {key: value for key, value in now.items() if was.get(key) != value}


def _with_id(cell, number):
    """The cell with an id, which older programs do not give."""
    return {"id": "own-" + _hash(f"{number}\n{text(cell)}")} | cell


def _marks(cells, was, have, now, unknown):
    """The Markdown cells with the course's new version, by the keys of the cells that they follow.

    An answer always differs from what the course gives: if that is not known, it has no mark.
    """
    shown = {cell.get("id") for cell in have.values()}
    found = {}
    for key in have.keys() & now.keys():
        news = key not in was or content(was[key]) != content(now[key])
        if news and content(cells[key]) != content(now[key]):
            mark = _mark(now[key])
            if mark["id"] not in shown and not (unknown and exercise(now[key])):
                found[key] = mark
    return found


def _mark(cell):
    """The Markdown cell that shows a new version of a cell; its id tells its words."""
    shown = text(cell)
    if cell["cell_type"] == "code":
        longest = max(map(len, re.findall("`+", shown)), default=0)
        fence = "`" * max(3, longest + 1)
        shown = f"{fence}python\n{shown}\n{fence}"
    pictures = {"attachments": cell["attachments"]} if cell.get("attachments") else {}
    data = {MARK: cell.get("id", ""), "tags": ["course-version"]}
    mark = {"cell_type": "markdown", "metadata": data, "source": SAID + shown, **pictures}
    return mark | {"id": _mark_id(mark)}


def _mark_id(cell):
    return "course-" + _hash(f"{cell['metadata'][MARK]}\n{text(cell)}")


def _hash(words):
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _is_replaced(cell, marks):
    """Whether a cell is an earlier mark of the same cell as one of the marks, and untouched."""
    of = cell["metadata"].get(MARK)
    if of is None or all(mark["metadata"][MARK] != of for mark in marks):
        return False
    return cell.get("id") == _mark_id(cell)


def _moved(have, was):
    """The keys of the cells that the student moved: not in the order in which they were given."""
    before = [key for key in was if key in have]
    after = [key for key in have if key in was]
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stayed = {key for block in blocks for key in before[block.a : block.a + block.size]}
    return set(after) - stayed


def _woven(base, other):
    """The elements of both lists in one: those that base lacks stand after the one before them."""
    result, place = list(base), 0
    for one in other:
        if one in result:
            place = result.index(one) + 1
        else:
            result.insert(place, one)
            place += 1
    return result
