"""Grading a class of made hand-ins: right, wrong and hostile ones."""

import csv
import io
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from course import __main__ as cli
from course import exercises
from course.teach import grade, grade_page, grade_tables, grading, hand_ins, handed_answers, ideas
from tests.course.answers import all_cases
from tests.course.teach import classes

POSIX = pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of POSIX systems")
TABLES = ("03-parameters", "06-hidden-error", "09-which-digit", "11-dead-relu", "04-parabola")
ALONE = "03-parameters"
BESIDE = "03-from-shapes"
CLASS = 30


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def of_table(student):
    """name -> source: an answer of the table of wrong ones, another one for each student."""
    found = {}
    for name in TABLES:
        known = all_cases()[name]
        kind = "wrong" if student < len(known.wrong) else "right"
        number = student if kind == "wrong" else student % len(known.right)
        found[name] = classes.from_table(name, kind, number)
    return found


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """A class of 30 with the answers of the tables, graded twice by the command: two folders."""
    folder = tmp_path_factory.mktemp("school")
    for student in range(CLASS):
        book = classes.notebook(of_table(student))
        classes.write(folder / "class", {f"Student {student:02}/08_exercises.ipynb": book})
    shown = []
    for output in ("first", "again"):
        command = [sys.executable, "-m", "course", "grade", str(folder / "class")]
        command += ["--output", str(folder / output), "--jobs", "2"]
        run = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8")
        shown.append(run.stdout.replace(str(folder / output), "DIR"))
    return folder, shown


def test_the_same_hand_ins_give_the_same_tables(school):
    folder, (first, again) = school
    assert first == again
    names = [path.name for path in sorted((folder / "first").iterdir())]
    assert names == [
        "grades.html",
        "grades_canvas.csv",
        "grades_details.csv",
        "grades_moodle.csv",
    ]
    for name in names:
        assert (folder / "first" / name).read_bytes() == (folder / "again" / name).read_bytes()


def test_every_wrong_answer_is_wrong_with_its_message(school):
    folder, _ = school
    found = {
        (row["student"], row["exercise"]): row
        for row in rows(folder / "first" / "grades_details.csv")
    }
    assert len(found) == CLASS * len(TABLES)
    for name in TABLES:
        wrong = all_cases()[name].wrong
        for student in range(CLASS):
            row = found[f"Student {student:02}", name]
            if student < len(wrong):
                assert row["outcome"] == "wrong", row
                assert wrong[student][1] in row["message"]
                assert row["wrong ideas"]
            else:
                assert row["outcome"] == "right", row


def test_the_misconceptions_of_the_class(school):
    folder, (shown, _) = school
    details = rows(folder / "first" / "grades_details.csv")
    had = [row for row in details if "biases only" in row["wrong ideas"]]
    assert had
    line = f"{len({row['student'] for row in had})} of {CLASS}  03-parameters: biases only"
    page = (folder / "first" / "grades.html").read_text(encoding="utf-8")
    assert "<td>biases only</td>" in page
    counts = [
        int(words.split(" of ")[0])
        for words in shown.split("first:\n")[1].splitlines()
        if " of " in words
    ]
    assert counts == sorted(counts, reverse=True)
    assert line in shown or len(counts) == grade_tables.MOST_IDEAS
    assert "no sandbox" in shown


def tables_of(path):
    """class of each table of a page -> its rows, each a list of its cells."""
    found = re.findall(r"<table.*?</table>", path.read_text(encoding="utf-8"), re.DOTALL)
    tables = map(ElementTree.fromstring, found)
    return {one.get("class"): [list(row) for row in one.iter("tr")] for one in tables}


def words_of(cells):
    return ["".join(cell.itertext()) for cell in cells]


def test_the_page_shows_the_answers_of_the_table_of_details(school):
    folder, _ = school
    details = rows(folder / "first" / "grades_details.csv")
    points = {row["Full name"]: row["Grade"] for row in rows(folder / "first/grades_moodle.csv")}
    head, *students, foot = tables_of(folder / "first" / "grades.html")["class"]
    names = words_of(head)[2:]
    assert sorted(names) == sorted(TABLES)
    assert [words_of(cells)[0] for cells in students] == list(points)
    found = {(row["student"], row["exercise"]): row for row in details}
    for student, number, *marks in students:
        assert number.text == points[student.text]
        for name, mark in zip(names, marks, strict=True):
            row = found[student.text, name]
            told = f"{row['outcome']}. {row['message']}"
            assert mark.get("title").split() == told.split()
            assert words_of([mark]) == [grade_page.SIGNS[row["outcome"]]]
    right = [row["exercise"] for row in details if row["outcome"] == "right"]
    assert words_of(foot) == ["right", "", *(str(right.count(name)) for name in names)]


def test_the_page_shows_who_had_a_wrong_idea_and_what_the_first_was_told(school):
    folder, _ = school
    had = {}
    for row in rows(folder / "first" / "grades_details.csv"):
        for idea in filter(None, row["wrong ideas"].split("; ")):
            had.setdefault((row["exercise"], idea.replace("`", "")), []).append(row)
    shown = tables_of(folder / "first" / "grades.html")["ideas"][1:]
    assert len(shown) == len(had)
    for count, exercise, idea, told, who in map(words_of, shown):
        first, *others = had[exercise, idea]
        assert count == f"{1 + len(others)} of {CLASS}"
        assert told == first["message"].split("\n")[0].replace("`", "")
        assert who == ", ".join(row["student"] for row in [first, *others])


def graded(folder, files, **options):
    """name of the student -> Graded, for a class of these files."""
    classes.write(folder, files)
    students, _ = hand_ins.find(folder)
    names, found = grading.grade(students, **options)
    return {one.student.name: one for one in found}


@pytest.mark.parametrize("seed", [1, 20261128])
def test_all_solutions_are_right_under_several_seeds(tmp_path, seed, capsys):
    started = time.monotonic()
    files = {"ada/08_exercises.ipynb": classes.notebook(classes.solved())}
    ada = graded(tmp_path, files, seed=seed, jobs=1)["ada"]
    assert ada.results.keys() == handed_answers.graded().keys()
    assert {name: one for name, one in ada.results.items() if one.outcome != "right"} == {}
    seconds = time.monotonic() - started
    with capsys.disabled():
        print(f" {len(ada.results)} answers in {seconds:.1f} s", end="")
    assert seconds < 60, "thirty of these have to take five minutes at most"


HOSTILE = {  # what stands in the cell -> words of the message
    "while True:\n    pass": "still running after 2 seconds",
    "def count_parameters(sizes):\n    while True:\n        try:\n            while True:\n"
    "                pass\n        except BaseException:\n            pass": "still running",
    "import numpy as np\nheld = np.ones(3 * 10**8)": "MemoryError",
    "import os\nwhile True:\n    os.fork()": "must not start or end other processes",
    "import subprocess\nsubprocess.run(['ls'])": "must not start or end other processes",
    "import os, signal\nos.kill(os.getppid(), 9)": "must not start or end other processes",
    "import ctypes, os\nctypes.CDLL(None).kill(os.getppid(), 9)": "ended the process",
    "import ctypes\nctypes.string_at(0)": "ended Python",
    "while True:\n    print('x' * 10**6)": "still running",
    "import os\nos._exit(0)": "ended Python",
    "import sys\nsys.exit(3)": "An answer must not end Python",
    "import pathlib\npathlib.Path('../x.txt').write_text('x')": "must not write files",
    "import shutil\nshutil.rmtree('..')": "must not change files",
    "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:9')": "not use the network",
    "def count_parameters(sizes) return 1": "SyntaxError",
    "input('x')": "EOFError",
    "x = 1": "does not define `count_parameters`",
}  # fmt: skip


@POSIX
@pytest.mark.skipif(sys.platform == "darwin", reason="this system gives no limit of memory")
def test_a_hostile_answer_stops_only_itself(tmp_path):
    files = {}
    for number, source in enumerate(HOSTILE):
        answers = {ALONE: source, BESIDE: classes.solved()[BESIDE]}
        files[f"{number:02}/08_exercises.ipynb"] = classes.notebook(answers)
    found = graded(tmp_path / "class", files, seconds=2.0, jobs=2)
    for number, (source, words) in enumerate(HOSTILE.items()):
        results = found[f"{number:02}"].results
        assert words in results[ALONE].message, source
        assert results[BESIDE].outcome == "right", source
    assert [path.name for path in tmp_path.iterdir()] == ["class"]


@POSIX
def test_what_an_answer_does_to_python_ends_with_it(tmp_path):
    right = classes.solved()[ALONE]
    nasty = {
        "chdir": f"import os\nos.chdir('/')\n{right}",
        "thread": "import threading\n\ndef go():\n    while True:\n        print('here')\n\n"
        f"for k in range(3):\n    threading.Thread(target=go).start()\n{right}",
        "patch": f"import numpy as np\nnp.array = np.asarray = None\n{right}",
    }
    files = {
        f"{name}/08.ipynb": classes.notebook(
            {ALONE: source, "03-bits": classes.solved()["03-bits"]}
        )
        for name, source in nasty.items()
    }
    found = graded(tmp_path, files, only=[ALONE, "03-bits"], jobs=1)
    assert found["chdir"].right == found["thread"].right == 2
    assert found["patch"].results["03-bits"].outcome == "right"


def test_what_an_answer_takes_from_its_notebook(tmp_path):
    cells = [
        classes.new_code_cell("from course.lesson08 import questions"),
        classes.new_code_cell("raise RuntimeError('this is not needed')"),
        classes.new_code_cell("import numpy as np\nbroken = 1 / 0"),
        classes.new_code_cell("%time\ndef lines(n, m):\n    return np.prod([n, m])"),
        classes.answer(ALONE, "def count_parameters(sizes):\n    return int(sum("
                       "lines(n, m) + m for n, m in zip(sizes, sizes[1:])))"),
        classes.check(ALONE),
    ]  # fmt: skip
    found = graded(tmp_path, {"ada/08.ipynb": classes.of_cells(cells)}, jobs=1)
    assert found["ada"].results[ALONE].outcome == "right", found["ada"].results


def test_answers_that_draw_without_a_seed_draw_the_same(tmp_path):
    source = (
        "import random\nimport numpy as np\n\n\ndef count_parameters(sizes):\n"
        "    return random.random() + np.random.default_rng().random() + np.random.rand()"
    )
    files = {f"{name}/08.ipynb": classes.notebook({ALONE: source}) for name in "ab"}
    found = graded(tmp_path, files, jobs=2)
    assert found["a"].results == found["b"].results


def test_answers_for_the_cases_of_the_page_alone_are_wrong(tmp_path):
    page = "[[784, 10], [784, 30, 10], [2, 3, 1], [1, 1], [5, 4, 4, 3, 2], [3, 3, 3, 3]]"
    source = (
        "from course.lesson08.checks.parameters_and_bits import SIZES\n"
        f"right = {{tuple(one): sum(n * m + m for n, m in zip(one, one[1:])) for one in {page}}}\n"
        "right |= {tuple(one): sum(n * m + m for n, m in zip(one, one[1:])) for one, in SIZES}\n\n"
        "def count_parameters(sizes):\n    return right.get(tuple(sizes), 0)"
    )
    found = graded(tmp_path, {"ada/08.ipynb": classes.notebook({ALONE: source})}, jobs=1)
    assert found["ada"].results[ALONE].outcome == "wrong"


def command(capsys, *arguments):
    cli.main(["grade", *map(str, arguments)])
    return capsys.readouterr().out


def test_a_progress_file_proves_nothing(tmp_path, capsys):
    question, other = grading.questions()[:2]
    states = {ALONE: "done", question: "done", other: "tried"}
    kept = {f"_{name.replace('-', '_')}": state for name, state in states.items()}
    starter = handed_answers.graded()[ALONE].starter
    files = {
        "Зоя/08_exercises.ipynb": classes.notebook({ALONE: starter}),
        "Зоя/my_progress.json": classes.progress(**kept),
        "bob/": b"",
        "cy/08_exercises.ipynb": b"{",
        "notes.txt": b"",
    }
    classes.write(tmp_path / "class", files)
    out = command(capsys, tmp_path / "class", "--output", tmp_path / "out", "--points", "10")
    assert "Зоя  0 of 1 right; without an answer: all." in out
    assert "not graded: questions with a short answer, done" in out
    assert "  Зоя: 1\n" in out
    assert "bob: no notebook in the hand-in" in out
    assert "cy/08_exercises.ipynb: not graded. The file is no notebook" in out
    assert "notes.txt: left out" in out
    page = (tmp_path / "out" / "grades.html").read_text(encoding="utf-8")
    assert all(words in page for words in ("Зоя", "notes.txt", "bob", "can be edited"))
    assert [row["Student"] for row in rows(tmp_path / "out" / "grades_canvas.csv")] == [
        "    Points Possible",
        "bob",
        "cy",
        "Зоя",
    ]


def test_a_terminal_of_another_alphabet(tmp_path):
    starter = handed_answers.graded()[ALONE].starter
    classes.write(tmp_path, {"Зоя/08_exercises.ipynb": classes.notebook({ALONE: starter})})
    run = subprocess.run(
        [sys.executable, "-m", "course", "grade", str(tmp_path)],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert run.returncode == 0, run.stderr
    assert rb"\u0417\u043e\u044f  0 of 1 right" in run.stdout


def test_the_forms_of_moodle_and_canvas(tmp_path, capsys):
    book = classes.notebook({ALONE: classes.solved()[ALONE], BESIDE: "answer = 3"})
    files = {
        "Lovelace Ada_12345_assignsubmission_file_/08_exercises.ipynb": book,
        "libo_LATE_4712_90003_08_exercises.ipynb": book,
        "=cy/08_exercises.ipynb": book,
    }
    classes.write(tmp_path / "class", files)
    command(
        capsys, tmp_path / "class", "--output", tmp_path, "--points", 5, "--assignment", "Week 3"
    )
    assert (tmp_path / "grades_moodle.csv").read_text() == (
        "Identifier,Full name,Grade,Maximum Grade,Last modified (grade),Feedback comments\n"
        ",'=cy,2.5,5,-,1 of 2 right; not yet right: 03-from-shapes.\n"
        ",libo,2.5,5,-,1 of 2 right; not yet right: 03-from-shapes.\n"
        "Participant 12345,Lovelace Ada,2.5,5,-,1 of 2 right; not yet right: 03-from-shapes.\n"
    )
    assert (tmp_path / "grades_canvas.csv").read_text() == (
        "Student,ID,SIS User ID,SIS Login ID,Section,Week 3\n"
        "    Points Possible,,,,,5\n"
        "'=cy,,,,,2.5\n"
        "libo,4712,,,,2.5\n"
        "Lovelace Ada,,,,,2.5\n"
    )


def test_only_some_exercises(tmp_path, capsys):
    book = classes.notebook({ALONE: classes.solved()[ALONE], BESIDE: "answer = 3"})
    classes.write(tmp_path, {"ada/08.ipynb": book})
    assert "ada  1 of 1 right." in command(capsys, tmp_path, "--only", ALONE)
    assert "1 of 4 right; not yet right: 03-from-shapes;" in command(
        capsys, tmp_path, "--only", "03"
    )


def test_the_exercises_of_lessons():
    assert {"03-bits", "03-from-shapes"} <= grade.chosen(["03"])
    assert {"03-bits", "01-scaling"} <= grade.chosen(["08"]), "it asks what earlier lessons teach"
    assert grade.chosen(["03-bits", "02"]) == {"03-bits", "02-steep", "02-differ"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no"], "There is no folder"),
        (["."], "There are no hand-ins"),
        ([".", "--only", "03-bitz"], "There is no exercise '03-bitz'"),
        ([".", "--seed", "-1"], "--seed is -1"),
        ([".", "--jobs", "0"], "--jobs is 0"),
        ([".", "--seconds", "nan"], "--seconds is nan"),
        (["file"], "file is a file: expected the folder of a class"),
        ([".", "--output", "file"], "is a file"),
        ([".", "--output", "file/grades"], "cannot be written"),
        ([".", "--output", "old"], "holds grades already"),
    ],
)
def test_what_does_not_fit_is_said_before_anything_runs(tmp_path, monkeypatch, arguments, words):
    classes.write(tmp_path, {"file": b"", "old/grades.html": b"", "empty/": b""})
    monkeypatch.chdir(tmp_path)
    arguments = ["empty" if one == "." else one for one in arguments]
    (tmp_path / "empty").mkdir(exist_ok=True)
    with pytest.raises(SystemExit) as stopped:
        cli.main(["grade", *arguments])
    assert words in str(stopped.value)


def test_a_folder_that_only_reads_is_told_before_anything_runs(tmp_path, monkeypatch):
    classes.write(tmp_path, {"class/ada/08.ipynb": classes.notebook({ALONE: "x = 1"})})
    monkeypatch.setattr(grading, "grade", None)
    monkeypatch.setattr(os, "access", lambda place, *rest: Path(place) != tmp_path)
    with pytest.raises(SystemExit, match="cannot be written. Name another folder"):
        cli.main(["grade", str(tmp_path / "class"), "--output", str(tmp_path / "new" / "deep")])


def test_ideas_that_have_no_name_are_one_if_they_differ_by_numbers_only():
    one = exercises.get(ALONE)
    first = ideas.of(one, "wrong", "The result for `sizes = [784, 10]` is 7840: too small.")
    other = ideas.of(one, "wrong", "The result for `sizes = [2, 3, 1]` is -1.5e3: too small.")
    assert first == other
    assert ideas.of(one, "right", "") == ideas.of(one, "not attempted", "x") == ()
    assert ideas.of(one, "wrong", f"Look. {one.says['biases-only']}") == ("biases only",)
