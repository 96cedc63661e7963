"""Which cells are answers, also where marks were lost, and which of several answers is taken."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from course import paths
from course.ask import exercise
from course.teach import copies, handed_answers
from course.teach.hand_ins import Document
from tests.course.teach import classes

IMPORT = new_code_cell("from course.lesson08 import questions")
SIZES = "def count_parameters(sizes):\n    return {}"


def collected(*notebooks):
    documents = [
        Document(f"{number}.ipynb", number, lambda data=data: data)
        for number, data in enumerate(notebooks)
    ]
    return handed_answers.collect(documents)


def one(*cells, name="03-parameters"):
    """The only answer in a notebook with these cells, and the warnings."""
    answers, warnings = collected(classes.of_cells([IMPORT, *cells]))
    assert list(answers) == [name]
    return answers[name], warnings


def test_every_exercise_of_the_course_is_found_in_its_lessons():
    documents = [
        Document(path.name, 0, path.read_bytes) for path in sorted(paths.LESSONS.glob("*.ipynb"))
    ]
    answers, warnings = handed_answers.collect(documents)
    assert answers.keys() == handed_answers.graded().keys()
    assert not any(type(one) is not exercise.Exercise for one in handed_answers.graded().values())
    assert all(answer.is_blank for answer in answers.values())
    assert not warnings


def test_a_solved_lesson_needs_nothing_but_imports():
    path = paths.LESSONS / "08_exercises.ipynb"
    notebook = nbformat.read(path, as_version=4)
    copies.change(notebook, copies.solve)
    answers, _ = collected(nbformat.writes(notebook).encode())
    for name, answer in answers.items():
        assert answer.source == classes.solved()[name].rstrip()
        assert all("import" in needed for needed in answer.needs)


def test_what_stands_between_the_answer_and_its_check_belongs_to_it():
    answer, warnings = one(
        new_code_cell("import math"),
        classes.answer("03-parameters", "x = 1"),
        new_markdown_cell("my try"),
        new_code_cell(SIZES.format("math.pi")),
        classes.check("03-parameters"),
        new_code_cell("x = 3"),
    )
    assert answer.source == f"x = 1\n\n{SIZES.format('math.pi')}"
    assert answer.needs == ("import math",)
    assert not warnings


@pytest.mark.parametrize(
    ("source", "call", "target"),
    [
        ("def mine(sizes):\n    return 1", "mine", "mine"),
        ("x = 1", "lambda sizes: x", "lambda sizes: x"),
        (SIZES.format(1), "mine", "count_parameters"),
        ("x = 1", "count_parameters", "count_parameters"),
    ],
)
def test_an_answer_under_another_name(source, call, target):
    answer, _ = one(classes.answer("03-parameters", source), classes.check("03-parameters", call))
    assert answer.target == target


def test_an_answer_in_the_cell_that_checks_it():
    starter = handed_answers.graded()["03-parameters"].starter
    check = f"{SIZES.format(2)}\nquestions.parameters.check(count_parameters)"
    answer, _ = one(classes.answer("03-parameters", starter), new_code_cell(check))
    assert answer.source.endswith(SIZES.format(2))
    assert not answer.is_blank


def test_marks_that_were_lost():
    given = json.loads((paths.LESSONS / "08_exercises.ipynb").read_bytes())
    cells = {cell["metadata"].get("exercise"): cell["id"] for cell in given["cells"]}
    by_id = new_code_cell(SIZES.format(1), id=cells["03-parameters"])
    assert "by the id of its cell" in one(by_id)[1][0]
    bare = new_code_cell(SIZES.format(1))
    answer, warnings = one(bare, classes.check("03-parameters"))
    assert answer.source == SIZES.format(1)
    assert "0.ipynb, cell 2: 03-parameters, found by the check below it" in warnings[0]
    no_tag = new_code_cell(SIZES.format(1), metadata={"exercise": "03-parameters"})
    assert not one(no_tag)[1]
    as_text = new_markdown_cell(
        SIZES.format(1), metadata={"tags": ["answer"], "exercise": "03-parameters"}
    )
    assert one(as_text)[0].source == SIZES.format(1)


def test_of_several_answers_the_last_that_is_not_blank():
    starter = handed_answers.graded()["03-parameters"].starter
    books = [
        classes.notebook({"03-parameters": source})
        for source in (SIZES.format(1), SIZES.format(2), starter)
    ]
    answers, warnings = collected(*books)
    assert answers["03-parameters"].source == SIZES.format(2)
    assert warnings == [
        "03-parameters is answered 2 times. Taken: 1.ipynb, cell 2; not taken: 0.ipynb, cell 2."
    ]
    answers, warnings = collected(books[0], books[0])
    assert not warnings, "the same answer twice is one"
    twice = [classes.answer("03-parameters", SIZES.format(k)) for k in (5, 6)]
    answer, warnings = one(*twice, classes.check("03-parameters"))
    assert answer.source == SIZES.format(6)
    assert "answered 2 times" in warnings[0]


@pytest.mark.parametrize("place", ["above", "below"])
def test_an_answer_in_another_cell_is_told(place):
    name = "03-parameters"
    own = [new_code_cell("x = 1"), new_code_cell(SIZES.format(1))]
    task = [classes.answer(name, handed_answers.graded()[name].starter), classes.check(name)]
    answer, warnings = one(*(own + task if place == "above" else task + own))
    assert answer.is_blank
    blank, cell = ("4", "3") if place == "above" else ("2", "5")
    assert warnings == [
        f"0.ipynb, cell {blank}: {name} is as the course gave it, but cell {cell} makes "
        "`count_parameters`. That cell was not graded."
    ]


def test_an_exercise_in_the_copy_of_another_lesson():
    answers, _ = collected(classes.notebook({"03-parameters": SIZES.format(1)}, page="05"))
    assert answers["03-parameters"].source == SIZES.format(1)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b'{"cells": 3}', b'{"cells": [{}], "metadata": {}}', b"\xff\xfe\0",
     b"[" * 100_000, b'{"cells": [{"cell_type": "code", "metadata": [], "source": 1}]}',
     b'{"cells": [{"cell_type": "code", "metadata": {"exercise": ["x"]}, "source": ""}],'
     b' "metadata": {}}'],
)  # fmt: skip
def test_damaged_notebooks_are_told_and_the_others_graded(data):
    answers, warnings = collected(data, classes.notebook({"03-parameters": SIZES.format(1)}))
    assert list(answers) == ["03-parameters"]
    assert all(words.startswith("0.ipynb: not graded. ") for words in warnings)


def test_a_file_that_cannot_be_read_is_told():
    def fail():
        raise PermissionError(13, "Permission denied")

    answers, warnings = handed_answers.collect([Document("ada/08.ipynb", 0, fail)])
    assert not answers
    assert "ada/08.ipynb: not graded. " in warnings[0]
