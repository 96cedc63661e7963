"""Which faults a file can have, and which tests have to notice them."""

import ast
import re
from functools import cache
from pathlib import Path

from tests.mutants import pages, python_code, question_files
from tests.mutants.mutant import Mutant, read

AREAS = {  # name -> patterns of its files
    "nnlib": ("nnlib/**/*.py",),
    "measured": ("course/measured/*.py",),
    "figures": ("course/figures/*.py", "course/lesson*/*figures.py"),
    "ask": ("course/ask/*.py",),
    "checks": ("course/lesson*/checks.py", "course/lesson08/checks/*.py"),
    "labs": ("course/lesson*/*.py", "course/live/*.py"),  # what no other area has taken
    "questions": ("course/lesson*/questions.md",),
    "pages": ("notebooks/[0-9]*.ipynb",),
}
MAKERS = {".py": python_code.faults, ".md": question_files.faults, ".ipynb": pages.faults}
RUN_BY_NBVAL = {"assertion weakened", "code of a figure", "code of a lesson", "number stored"}
RUN_BY_NBVAL |= {"alt text stored", "picture of another cell", "sentence of a picture"}


def files(root):
    """Each file that can be mutated with its area, as a dict from path to area."""
    found = {}
    for area, patterns in AREAS.items():
        paths = [path for pattern in patterns for path in sorted(root.glob(pattern))]
        for path in paths:
            found.setdefault(path.relative_to(root).as_posix(), area)
    return found


def mutants(root, path):
    """All mutants of a file."""
    text = read(root / path)
    return [Mutant(path, kind, edits) for kind, edits in MAKERS[Path(path).suffix](text)]


def is_fault(root, mutant):
    """Whether a mutant is another program, or another text, that can be read at all."""
    text = read(root / mutant.path)
    after = mutant.planted(text)
    if not mutant.path.endswith(".py"):
        return after != text
    try:
        return ast.dump(ast.parse(after)) != ast.dump(ast.parse(text))
    except SyntaxError:
        return False


def stages(root, mutant):
    """Lists of files of tests that have to notice it, nearest first; notebooks are the last one."""
    path = Path(mutant.path)
    if path.suffix == ".ipynb":
        number = path.name[:2]
        own = glob(root, f"tests/course/lesson{number}/test_*.py")
        return [of_pages(root, number), own, [mutant.path] * (mutant.kind in RUN_BY_NBVAL)]
    folder = f"tests/{path.parent.as_posix()}"
    near = glob(root, f"{folder}/test_*{name_of(path).strip('_')}*.py")
    near = sorted(near, key=lambda each: len(read(root / each)))  # the short ones are quick
    if path.suffix == ".md":
        near = [*glob(root, "tests/course/test_told.py"), *of_lesson(path.parent.name[-2:])]
    beside = naming(root, path, glob(root, f"{folder}/test_*.py"))
    lists = [near, beside, naming(root, path, further(root, path)), notebooks(root, path)]
    seen = [{each for before in lists[:n] for each in before if "/" in each} for n in range(4)]
    return [[each for each in chosen if each not in own] for chosen, own in zip(lists, seen)]


def naming(root, path, tests):
    """The tests that name the module, all if none does.

    Those of a lesson name its labs and questions, never the file.
    """
    if "lesson" in path.as_posix():
        return tests
    # what lies in a room of its own is seen through the face of that room
    names = {name_of(path), path.parent.name} - {"nnlib", "measured", "figures", "ask", "live"}
    word = re.compile(rf"\b({'|'.join(names)})\b")
    return [each for each in tests if word.search(read(root / each))] or tests


def name_of(path):
    return path.parent.name if path.stem == "__init__" else path.stem


def of_pages(root, number):
    """The tests of every page, those of one lesson left out."""
    folders = ("notebooks", "told", "teaching")
    found = [each for name in folders for each in glob(root, f"tests/{name}/**/test_*.py")]
    more = ("tests/test_readme.py", "tests/course/test_words.py", "tests/course/test_questions.py")
    return [*found, *more, *of_lesson(number)]


def of_lesson(number):
    """Words for pytest that leave out what is only about other lessons."""
    others = " or ".join(f"{n:02}" for n in range(12) if n != int(number))
    return ["-k", f"{number} or not ({others})"]


def further(root, path):
    """Tests of other folders that know the file."""
    first = path.parts[0]
    lesson = re.search(r"lesson(\d\d)", path.as_posix())
    if lesson:
        own = glob(root, f"tests/course/lesson{lesson[1]}/test_*.py")
        labs = ["tests/teaching/test_plan_labs.py", *glob(root, "tests/course/live/test_*.py")]
        asked = glob(root, "tests/course/test_*.py") + glob(root, "tests/course/ask/test_*.py")
        is_asked = path.stem == "questions" or "checks" in path.as_posix()
        return [*own, *(asked if is_asked else labs), *of_lesson(lesson[1])]
    patterns = {
        "nnlib": ("tests/nnlib/**/test_*.py",),
        "measured": ("tests/nnlib/handwriting/test_*.py", "tests/course/lesson1*/test_truths.py"),
        "figures": (
            *("tests/course/lesson*/test_*figures.py", "tests/course/live/test_pictures.py"),
            *("tests/comparing/test_*.py", "tests/notebooks/test_notebooks.py"),
        ),
        "ask": ("tests/course/test_questions.py", "tests/course/lesson*/test_truths.py"),
        "live": ("tests/course/lesson*/test_*lab.py",),
    }.get(first if first == "nnlib" else path.parts[1], ())
    return [each for pattern in patterns for each in glob(root, pattern)]


def notebooks(root, path):
    """The lesson of a file; of the package the first lessons that name it, two at most."""
    lesson = re.search(r"lesson(\d\d)", path.as_posix())
    if lesson:
        return glob(root, f"notebooks/{lesson[1]}_*.ipynb")
    word = re.compile(rf"\b{name_of(path)}\b")
    lessons = glob(root, "notebooks/[0-9]*.ipynb")
    return [each for each in lessons if word.search(imports(root / each))][:2]


@cache
def imports(path):
    """The lines of a notebook that import."""
    return "\n".join(re.findall(r'^ *"(?:from|import) .*$', read(path), re.MULTILINE))


@cache
def glob(root, pattern):
    """Paths below the root, from the root, with slashes."""
    return sorted(path.relative_to(root).as_posix() for path in root.glob(pattern))
