"""The house: imports point one way, faces show only what is theirs, and nothing grows too large."""

import ast
import importlib
import re
import statistics

import pytest

from course.paths import ROOT

FLOORS = [  # from the ground up; a module may import from its own floor and from those below
    ("nnlib",),
    ("course.paths", "course.figures", "course.environment"),
    ("course.ask", "course.live", "course.measured"),
    ("course.lesson",),
    (
        "course.exercises",
        "course.student_copy",
        "course.merge_notebooks",
        "course.launcher",
        "course.teach",
        "course.site",
    ),
    ("course.__main__",),
]
IN_EVERY_LESSON = {"__init__", "lab", "checks", "figures"}
# Lines of nnlib without the folders that stand for themselves; a third of them are the words for
# arguments that do not fit.
NNLIB_LINES = 1860
FOLDER_LINES = {"handwriting": 790, "mnist": 920}
FILES = sorted(path for name in ("nnlib", "course") for path in (ROOT / name).rglob("*.py"))
LESSONS = sorted(path.name for path in (ROOT / "course").glob("lesson*"))


def module(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path):
    """Every module of the house that a file imports, by its full name."""
    known = {module(path) for path in FILES}
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in known else node.module for name in names}
    return {name for name in found if name.split(".")[0] in ("nnlib", "course")}


def floor(name):
    starts = [(n, start) for n, floor in enumerate(FLOORS) for start in floor]
    places = [n for n, start in starts if name == start or name.startswith((f"{start}.", start))]
    return max(places, default=0)


def functions():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield node.end_lineno - node.lineno + 1, f"{module(path)}.{node.name}"


def length(path):
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("path", FILES, ids=module)
def test_imports_point_downward_and_no_lesson_imports_another(path):
    own = module(path)
    for name in imports(path) - {"course"}:
        assert floor(name) <= floor(own), f"{own} imports {name}, which stands above it"
        lesson, other = (re.match(r"course\.lesson\d\d", one) for one in (own, name))
        assert not lesson or not other or lesson[0] == other[0], f"{own} imports {name}"
    if own.startswith("nnlib") and own != "nnlib.__main__":
        assert not [name for name in imports(path) if name.startswith("course")]


def test_no_circles():
    graph = {module(path): imports(path) for path in FILES}
    faces = {module(path) for path in FILES if path.name == "__init__.py"}

    def reached(name, seen):
        for other in graph.get(name, ()):
            # a package is loaded before its parts: they may not import its face
            if other not in seen and not (other in faces and name.startswith(f"{other}.")):
                seen.add(other)
                reached(other, seen)
        return seen

    assert not [name for name in graph if name in reached(name, set())]


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_face_of_a_lesson_is_its_questions_labs_and_figures(lesson):
    face = importlib.import_module(f"course.{lesson}")
    assert dir(face) == face.__all__ == sorted(face.__all__)
    others = [name for name in face.__all__ if name not in ("figures", "questions")]
    assert all(name.endswith(("Lab", "Curve")) for name in others)
    assert {"figures", "questions"} <= set(face.__all__)


def test_every_notebook_has_its_folder_and_every_folder_its_notebook():
    numbers = [path.name[:2] for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))]
    assert [f"lesson{number}" for number in numbers] == LESSONS


def test_no_name_of_a_module_twice():
    names = [
        path.stem
        for path in FILES
        if not (re.search(r"lesson\d\d$", str(path.parent)) and path.stem in IN_EVERY_LESSON)
        and path.stem not in ("__init__", "__main__")
    ]
    assert sorted(names) == sorted(set(names))


def test_functions_are_short():
    found = list(functions())
    assert statistics.median(lines for lines, _ in found) <= 7
    assert not [one for one in found if one[0] > 40]


def test_nnlib_is_small_and_no_room_is_too_large():
    package = [path for path in FILES if module(path).startswith("nnlib")]
    own = [path for path in package if not FOLDER_LINES.keys() & set(path.parts)]
    assert sum(length(path) for path in own) <= NNLIB_LINES
    for folder, most in FOLDER_LINES.items():
        assert sum(length(path) for path in package if folder in path.parts) <= most
    rooms = {}
    for path in FILES:
        rooms[path.parent] = rooms.get(path.parent, 0) + length(path)
    assert max(rooms.values()) <= 0.2 * sum(rooms.values())


def test_tests_mirror_the_house():
    folders = {path.parent.relative_to(ROOT) for path in FILES}
    tests = {
        path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")
    }
    house = {folder for folder in tests if folder.parts and folder.parts[0] in ("nnlib", "course")}
    assert house <= folders
