"""The student's own copy of the lessons: made once, brought up to date, never overwritten.

In the copy outputs are cleared and the cells with the tag "evidence" are left out. What belongs to
the student: every cell whose source is not what the course gave, every cell that they added, and
the place of each; `merge_notebooks` says what becomes of each cell when a newer course comes. So
that the two can be told apart, the folder `.course/` in the copy remembers what the course gave.

Nothing that the student wrote is lost. A notebook that is to be changed is first kept as it was in
`.course/before/`; every file is written whole or not at all, the copy before the memory of it, and
a step that was interrupted is done again the next time. A notebook that is damaged is kept under
another name. One that the student deleted or renamed is made anew, and theirs is left alone, as is
every file that the course did not give.
"""

import hashlib
import json
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import unquote

from course import paths
from course.merge_notebooks import exercise, merge, tags, text
from nnlib import commands, locks

RULES = b"1"  # another number when `handout` changes: then every lesson is looked at again
INDEX = "README.md"
PROGRESS = "my_progress.json"
LINK = re.compile(rb'\]\(([^)#:\s]+)|src=\\?"([^"#:\\]+)')
KEPT = {"answers": "answer", "own": "own cell"}  # fates of cells, and how they are counted


def choose():
    """The folder of the student's copy, made if it is not there.

    Raises OSError with what to type if there is no folder that can be written to.
    """
    reasons = []
    for folder in paths.places():
        try:
            _make(folder)
        except OSError as error:
            reasons.append(f"{error.strerror or error}")
        else:
            return folder
    raise PermissionError(_nowhere(reasons))


def update(folder):
    """Bring the lessons of the course into the student's folder; sentences that say what was done.

    The folder is made if it is not there. No sentence: all was up to date, and nothing was written.
    """
    lessons = sorted(paths.LESSONS.glob("*.ipynb"))
    if not lessons:
        words = f"There are no lessons in {paths.LESSONS}: start from a copy of the whole course."
        raise FileNotFoundError(words)
    lines = _begin(folder)
    with locks.locked(folder / paths.MEMORY / "update"):
        return lines + _updated(lessons, folder)


def _updated(lessons, folder):
    """Bring lessons, and the files beside them, while nobody else does; sentences about it."""
    found = [line for path in lessons for line in _guarded(_bring, path, folder)]
    all_new = found == [f"{path.name}: new" for path in lessons]
    made = f"Your own copy of the lessons is made, {len(lessons)} in all."
    lines = [made] if all_new else found
    for path in _others(folder):
        lines += _guarded(_bring_file, path, folder)
    return lines + _taken_out(folder)


def handout(notebook):
    """The notebook (what `json.loads` makes of it) as a student gets it; changed in place."""
    notebook["cells"] = [cell for cell in notebook["cells"] if "evidence" not in tags(cell)]
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook


def parsed(data):
    """The notebook in these bytes. Raises ValueError if they are none, or are cut off."""
    try:
        return _checked(json.loads(data))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"The file is no notebook, or is damaged ({error}).") from error


def _checked(notebook):
    """The same notebook; an error of some kind if a part that is needed here is missing."""
    for cell in notebook["cells"]:
        hash((cell.get("id"), exercise(cell), cell["cell_type"], *tags(cell), text(cell)))
    notebook["metadata"].items()
    return notebook


def _make(folder):
    """Make the folder. Raises OSError if it cannot be made, or not be written to."""
    if folder.resolve() == paths.LESSONS.resolve():
        raise PermissionError(f"{folder} holds the course's own lessons")
    folder.mkdir(parents=True, exist_ok=True)
    if not paths.is_copy(folder):
        tempfile.TemporaryFile(dir=folder).close()


def _begin(folder):
    """Make the folder a student's copy, if it is none yet; a sentence if progress was taken along.

    Nothing is in it then but progress, and the folder for what is remembered.
    """
    _make(folder)
    lines = [] if paths.is_copy(folder) else _take_progress(folder)
    (folder / paths.MEMORY).mkdir(exist_ok=True)
    paths.sign(folder)
    return lines


def _take_progress(folder):
    """Copy the progress that an earlier course kept beside its lessons, if it is this user's."""
    before, after = paths.LESSONS / PROGRESS, folder / PROGRESS
    if after.exists() or not before.is_file():
        return []
    if not (paths.is_ours(before) or folder.parent == paths.ROOT):
        return []
    _save(after, before.read_bytes())
    return [f"Your progress, which was kept in {before}, goes on in {after}."]


def _nowhere(reasons):
    """The sentence for a student whose copy can be made nowhere."""
    tried = " nor in ".join(map(str, paths.places() or paths.usual()))
    why = f" ({'; '.join(reasons)})" if reasons else ""
    setting = "$env:{} = 'C:\\my_lessons'" if commands.WINDOWS else "export {}=/my/folder"
    line = f"{setting.format(paths.NAMED)}; {commands.run('course')}"
    return (
        f"Your own copy of the lessons cannot be made in {tried}: you may not write there{why}. "
        f"Name a folder of yours, for example like this:\n{line}"
    )


def _guarded(bring, source, folder):
    """The sentences of bring(source, folder), or one that says why it could not be done."""
    try:
        return list(bring(source, folder))
    except (OSError, ValueError) as error:
        return [f"{source.name}: yours stays as it is. {error}"]


def _bring(source, folder):
    """Bring one lesson into the student's folder."""
    copy, data = folder / source.name, source.read_bytes()
    version = hashlib.sha256(RULES + data).hexdigest()
    remark = _put_aside_if_damaged(copy)
    memory = _remembered(copy)
    if copy.exists() and memory.get("version") == version:
        return
    new = handout(parsed(data))
    origin = copy
    if not copy.exists() and not remark and (origin := _earlier(new, folder)):
        remark = f"made from {origin.name}, as the lesson was called before, which stays; "
        memory = _remembered(origin)
    if origin and origin.exists():
        yield from _change(copy, origin, memory.get("notebook"), new, remark)
    else:
        _save(copy, _written(new))
        yield f"{copy.name}: {remark}new"
    _save(_memory(copy), _written({"version": version, "notebook": new}))


def _change(copy, origin, given, new, remark):
    """Write `copy` as `origin` with what is new, if that is anything; a sentence about it."""
    data = origin.read_bytes()
    mine = parsed(data)
    merged, fates = merge(given, mine, new)
    if merged == mine and origin == copy:
        return
    _save(copy.parent / paths.MEMORY / "before" / origin.name, data)
    _save(copy, _written(merged), replaces=data if origin == copy else None)
    yield f"{copy.name}: {remark}{_sentence(fates, given is None)}"


def _put_aside_if_damaged(copy):
    """Rename a student's notebook that cannot be read; words that say so, or ""."""
    try:
        if copy.exists():
            parsed(copy.read_bytes())
        return ""
    except ValueError:
        number = 1
        while (kept := copy.with_name(f"{copy.stem}.damaged-{number}{copy.suffix}")).exists():
            number += 1
        copy.rename(kept)
        return f"yours was damaged and is kept as {kept.name}; "


def _earlier(new, folder):
    """The student's copy of the lesson when it had another name, known by its cells, or None."""
    ids = {cell.get("id") for cell in new["cells"]}
    for copy in _no_longer_given(folder):
        cells = _remembered(copy).get("notebook", {"cells": []})["cells"]
        if copy.exists() and 2 * sum(cell.get("id") in ids for cell in cells) > len(cells):
            return copy
    return None


def _no_longer_given(folder):
    """The student's copies of lessons that the course gave once, and does not now."""
    memories = sorted((folder / paths.MEMORY).glob("*.ipynb.json"))
    copies = [folder / path.stem for path in memories]
    return [copy for copy in copies if not (paths.LESSONS / copy.name).exists()]


def _taken_out(folder):
    """Forget the lessons that the course does not give any more; sentences about those."""
    lines = []
    for copy in _no_longer_given(folder):
        if copy.exists():
            lines.append(f"{copy.name}: no longer in the course; yours stays as it is")
        before = folder / paths.MEMORY / "before"
        before.mkdir(exist_ok=True)
        _memory(copy).replace(before / _memory(copy).name)
    return lines


def _others(folder):
    """The index of the lessons, and the files beside them, such as pictures, that they show."""
    found = {INDEX}
    for data in (path.read_bytes() for path in (folder / paths.MEMORY).glob("*.ipynb.json")):
        found |= {unquote((a or b).decode(errors="replace")) for a, b in LINK.findall(data)}
    files = (Path(os.path.abspath(paths.LESSONS / name)) for name in found)
    given = (path for path in files if path.is_relative_to(paths.LESSONS) and os.path.isfile(path))
    return sorted(path for path in given if path.suffix != ".ipynb")


def _bring_file(source, folder):
    """Bring a file that is no notebook, unless the student changed theirs."""
    name, data = source.relative_to(paths.LESSONS), source.read_bytes()
    copy, memory = folder / name, folder / paths.MEMORY / "files" / name
    given = memory.read_bytes() if memory.exists() else None
    theirs = copy.read_bytes() if copy.exists() else None
    if theirs is not None and given == data:
        return
    if theirs in (None, given):
        _save(copy, data)
    elif theirs != data:
        yield f"{name}: the course has a newer one; yours stays, since you changed it"
    _save(memory, data)


def _memory(copy):
    """The file that remembers what the course gave for a student's notebook."""
    return copy.parent / paths.MEMORY / f"{copy.name}.json"


def _remembered(copy):
    """The "version" of the course's file and the "notebook" as it was given; {} if not known."""
    try:
        memory = json.loads(_memory(copy).read_bytes())
        return {"version": memory["version"], "notebook": _checked(memory["notebook"])}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}


def _written(notebook):
    """The bytes of a notebook's file, as Jupyter writes them."""
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _save(path, data, replaces=None):
    """Write a file whole or not at all.

    Raises OSError if it does not hold the bytes `replaces` any more: somebody saved it meanwhile.
    """
    from nnlib import storage  # not above: a start where nothing changed need not wait for NumPy

    path.parent.mkdir(parents=True, exist_ok=True)
    with storage.replacing(path) as file:
        file.write(data)
        if replaces is not None and path.read_bytes() != replaces:
            raise OSError(f"It was saved at this moment. Type: {commands.run('course')} update")


def _sentence(fates, unknown):
    """What happened to the cells of one lesson, in words."""
    did = [f"{fates[word]} {word}" for word in ("new", "changed", "gone") if fates[word]]
    if did:
        did[0] = did[0].replace(" ", " cell " if did[0].startswith("1 ") else " cells ")
    both = f"{fates['both']} changed by both, where the course's version stands after yours"
    did += [both] if fates["both"] else []
    kept = [_counted(fates[key], word) for key, word in KEPT.items() if fates[key]]
    stay = "stays" if fates["answers"] + fates["own"] == 1 else "stay"
    words = [", ".join(did) or "order or looks of cells changed"]
    words += [f"your {' and '.join(kept)} {stay}"] if kept else []
    words += ["what the course gave is not known, so all that differs is yours"] if unknown else []
    return "; ".join(words)


def _counted(number, word):
    return f"{number} {word}s" if number > 1 else word
