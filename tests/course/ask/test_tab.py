"""No truth can be reached with the Tab key: asked of a real kernel, with jedi and without."""

import pytest
from jupyter_client.manager import start_new_kernel

from course import exercises, lesson03, lesson08
from course.ask import tab
from tools.store_notebooks import lessons

SET = "get_ipython().Completer.use_jedi = {}"
PREDICTION = """
from course.ask import Choice, Guess, Number
options = {"question": "?", "solution": "So.", "prediction": True}
asked = [
    Choice("99-a", "A", options={"x": "No.", "y": "Yes."}, right="y", **options),
    Number("99-b", "B", answer=3, **options),
    Guess("99-c", "C", question="?", outcome="So."),
]
choice, number, words = asked
"""


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    manager, client = start_new_kernel(cwd=str(tmp_path_factory.mktemp("kernel")))
    run(client, PREDICTION)
    run(client, "import course.lesson03")
    run(client, "from course.lesson03 import questions")
    run(client, "from course import lesson08")
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.fixture(params=[True, False], ids=["jedi", "no jedi"])
def listed(request, kernel):
    """A function: the names that the kernel lists for what is typed."""
    run(kernel, SET.format(request.param))

    def names(code):
        message = kernel.complete(code, reply=True, timeout=60)
        return {match.rpartition(".")[2] for match in message["content"]["matches"]}

    return names


def run(client, code):
    reply = client.execute_interactive(code, timeout=60, output_hook=lambda message: None)
    assert reply["content"]["status"] == "ok", reply["content"]


def test_questions_list_themselves_only(listed):
    asked = {"due", *(one.attribute for one in lesson03.questions)}
    assert listed("questions.") == asked
    assert listed("course.lesson03.questions.") == asked
    exercises_too = {"due", *(one.attribute for one in lesson08.questions)}
    assert listed("lesson08.questions.") == exercises_too
    assert listed("questions.due.") == set()


def test_a_question_lists_what_can_be_done_with_it(listed):
    assert listed("lesson08.questions.bits.") == {"check", "hint", "solution"}
    for one in lesson03.questions:
        assert listed(f"questions.{one.attribute}.") == set(_names(one))


@pytest.mark.parametrize("name", ["choice", "number", "words"])
def test_a_prediction_lists_what_can_be_done_with_it(listed, name):
    assert listed(f"{name}.") == {"guess", "hint", "outcome"}


@pytest.mark.parametrize(
    "typed",
    ["from course.lesson03 import ", "course.lesson03.", "print(course.lesson03.",
     "x = 1; from course.lesson03 import ", "from course.lesson03 import ArchitectureLab, "],
)  # fmt: skip
def test_a_lesson_lists_its_face_only(listed, typed):
    assert listed(typed) == set(lesson03.__all__)


def test_what_is_begun_is_completed(listed):
    assert listed("from course.lesson03 import q") == {"questions"}
    assert listed("course.lesson03.Arch") == {"ArchitectureLab"}
    assert listed("questions.from_sh") == {"from_shapes"}


def test_other_completions_are_as_they_were(listed):
    assert "join" in listed("str.joi")
    assert "Exercise" in listed("from course.ask import Ex")


def _names(question):
    """What can be done with a question."""
    if getattr(question, "prediction", False):
        return ["guess", "hint", "outcome"]
    return ["check", "hint", "solution"]


def test_dir_lists_the_same_for_every_question():
    for one in exercises.all():
        assert dir(one) == _names(one)
        assert dir(type(one)) == ["hint"], "IPython lists what a class lists as well"


def test_every_lesson_has_a_face():
    for path in lessons():
        names, begun = tab.face(f"from course.lesson{path.name[:2]} import ")
        assert "questions" in names
        assert all(name == "questions" or name == "figures" or name[0].isupper() for name in names)
        assert begun == ""


@pytest.mark.parametrize(
    "typed",
    ["", "from course.lesson", "import course.lesson03", "lesson03.", "mycourse.lesson03.",
     "a.course.lesson03.", "course.lesson03.a.b"],
)  # fmt: skip
def test_where_the_faces_say_nothing(typed):
    assert tab.face(typed) == ([], "")


def test_outside_of_ipython_nothing_happens(monkeypatch):
    monkeypatch.delitem(tab.sys.modules, "IPython", raising=False)
    tab.show_faces_only()
