"""One question of each kind in JupyterLab, answered wrong and right, by mouse and by keys."""

import json
import urllib.request

import pytest

from course.ask.view import COLORS
from tests.browser.conftest import axe_faults, page_of_cells, wait_for

NAME = "questions.ipynb"
PROGRESS = "questions_progress.json"
DUE = {"state": "done", "tries": 1, "when": "2026-01-01", "box": 1, "due": "2026-01-02"}
CELLS = {
    "first": f"""import os
from pathlib import Path

from course.lesson03 import questions

os.environ["NNLIB_PROGRESS"] = str(Path("{PROGRESS}").absolute())""",
    "choice": "questions.another_task",
    "number": "questions.nine_or_not",
    "kept choice": "questions.four_shapes",
    "kept guess": "questions.outputs",
    "exercise": "questions.from_shapes",
    "answer": "answer = ...",
    "check": "questions.from_shapes.check(answer)",
    "outcome": "questions.outputs.outcome()",
    "due": "from course.lesson04 import questions as later\n\nlater.due",
}
SHAPES = "answer = ([8, 5, 4], [(5, 1), (4, 1)])"
GREEN, RED, GRAY = (COLORS[one] for one in ("right", "wrong", "not attempted"))
EDGE = """status => {
    const [, ...parts] = getComputedStyle(status).borderLeftColor.match(/(\\d+), (\\d+), (\\d+)/);
    const digits = parts.map(part => Number(part).toString(16).padStart(2, "0"));
    return "#" + digits.join("").toUpperCase();
}"""


@pytest.fixture(scope="module")
def page(server, browser):
    """JupyterLab on a notebook of these questions, the first cell run."""
    entries = {"03-inputs": DUE, "03-reading-order": DUE | {"when": "2026-01-03"}}
    put(server, PROGRESS, json.dumps({"exercises": entries, "guesses": {}}))
    with page_of_cells(server, browser, NAME, CELLS.values()) as page:
        page.locator("#jp-main-statusbar", has_text="| Idle").wait_for()
        run(page, "first")
        yield page


def put(server, name, text):
    """Write a file of the student's folder."""
    content = {"type": "file", "format": "text", "content": text}
    request = urllib.request.Request(
        f"{server}/api/contents/{name}?token=test",
        data=json.dumps(content).encode(),
        headers={"Content-Type": "application/json"},
        method="PUT",
    )
    assert urllib.request.urlopen(request, timeout=20).status in (200, 201)


def kept(server, part="exercises"):
    """What the progress file keeps."""
    address = f"{server}/api/contents/{PROGRESS}?token=test&content=1"
    with urllib.request.urlopen(address, timeout=20) as answer:
        return json.loads(json.load(answer)["content"])[part]


def cell(page, name):
    return page.locator(".jp-CodeCell").nth(list(CELLS).index(name))


def run(page, name):
    """Run a cell, and wait until it has run."""
    cell(page, name).locator(".cm-line").first.click()
    page.keyboard.press("Control+Enter")
    prompt = cell(page, name).locator(".jp-InputPrompt")
    wait_for(lambda: prompt.inner_text().strip("[]: ").isdigit(), 60, f"{name} does not run")


@pytest.fixture
def ask(page):
    """A function that shows a question anew and returns its cell."""

    def asked(name):
        page.evaluate("document.querySelectorAll('.widget-vbox').forEach(one => one.dataset.old=1)")
        cell(page, name).locator(".cm-line").first.click()
        page.keyboard.press("Control+Enter")
        output = cell(page, name).locator(".jp-Cell-outputArea")
        output.locator(".widget-vbox:not([data-old])").first.wait_for()
        return output

    return asked


def button(asked, words):
    return asked.locator("button", has_text=words)


def says(asked, words, color=None):
    """Wait until the panel says these words; its edge has the color, if one is given."""
    status = asked.locator("[role=status]").last
    wait_for(
        lambda: status.count() and words in status.inner_text(), 60, f"it does not say {words!r}"
    )
    assert color is None or status.evaluate(EDGE) == color
    return status.inner_text()


def test_a_choice_by_mouse_and_by_keys(page, server, ask):
    asked = ask("choice")
    button(asked, "Check").click()
    says(asked, "Choose an option first.", GRAY)
    asked.get_by_label("4,096 inputs and 9 outputs").click()
    button(asked, "Check").click()
    says(asked, "Not yet. Nobody asks for the other digits.", RED)
    assert kept(server)["03-another-task"]["state"] == "tried"
    button(asked, "Hint").click()
    says(asked, "One input for each pixel. And how many numbers", GRAY)
    asked.get_by_label("activation is above 0.5").first.focus()
    page.keyboard.press("Space")
    button(asked, "Check").focus()
    page.keyboard.press("Enter")
    says(asked, "Right. One input for each pixel, and one number is enough", GREEN)
    assert (
        kept(server)["03-another-task"] | {"state": "done", "tries": 2}
        == kept(server)["03-another-task"]
    )
    button(asked, "Solution").click()
    solution = asked.locator(".jp-RenderedMarkdown", has_text="64·64 = 4,096 inputs")
    solution.first.wait_for()


def test_a_number_by_enter_and_by_mouse(page, server, ask):
    asked = ask("number")
    field = asked.locator("input[type=text]")
    field.fill("204850")
    page.keyboard.press("Enter")
    says(asked, "Not yet. Some are missing. Count weights and biases", RED)
    assert kept(server)["03-nine-or-not"]["state"] == "tried"
    field.fill("204,901")
    button(asked, "Check").click()
    says(asked, "Right. Nearly all of them belong to the hidden layer.", GREEN)
    assert kept(server)["03-nine-or-not"]["state"] == "done"


def test_a_guess_is_kept_without_a_word_on_it_and_is_there_after_a_reload(page, server, ask):
    asked = ask("kept choice")
    asked.locator("input[type=radio]").last.click()
    button(asked, "Keep my guess").click()
    says(asked, "Your guess is kept", GRAY)
    asked = ask("kept guess")
    asked.locator("textarea").fill("ten, one for each digit")
    button(asked, "Keep my guess").focus()
    page.keyboard.press("Enter")
    says(asked, "Your guess is kept", GRAY)
    assert kept(server, "guesses")["03-outputs"] == "ten, one for each digit"
    write(page, "answer", SHAPES)
    page.keyboard.press("Control+s")
    wait_for(lambda: "(4, 1)" in saved(server), 60, "the notebook was not saved")
    page.reload()
    page.locator(".jp-Toolbar-kernelName", has_text="ipykernel").first.wait_for()
    page.locator("#jp-main-statusbar", has_text="| Idle").wait_for()
    assert cell(page, "answer").locator(".cm-content").inner_text().strip() == SHAPES
    run(page, "outcome")
    words = cell(page, "outcome").locator(".jp-RenderedMarkdown").last.inner_text()
    assert "You guessed" in words
    assert "ten, one for each digit" in words


def saved(server):
    with urllib.request.urlopen(f"{server}/api/contents/{NAME}?token=test", timeout=20) as answer:
        return json.load(answer)["content"]["cells"][list(CELLS).index("answer")]["source"]


def write(page, name, source):
    """Write a cell anew."""
    cell(page, name).locator(".cm-line").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(source)


def test_an_exercise_is_checked_in_the_cell_below_its_answer(page, server, ask):
    asked = ask("exercise")
    button(asked, "Hint").click()
    says(asked, "", GRAY)
    tried = [
        ("answer = ...", "Not attempted yet."),
        ("answer = ([8, 5, 4], [(4, 1), (5, 1)])", "Not yet."),
        (SHAPES, "Right."),
    ]
    for source, words in tried:
        write(page, "answer", source)
        run(page, "answer")
        run(page, "check")
        said = cell(page, "check").locator(".jp-RenderedMarkdown").last
        wait_for(lambda said=said, words=words: words in said.inner_text(), 60, f"no {words!r}")
    entry = kept(server)["03-from-shapes"]
    assert (entry["state"], entry["tries"]) == ("done", 2)


def test_what_is_due_is_answered_and_skipped(page, server, ask):
    asked = ask("due")
    assert "1 of 2, from lesson 03" in asked.inner_text()
    assert "How many inputs?" in asked.inner_text()  # the one that waits longest
    asked.locator("input[type=text]").fill("-5")
    page.keyboard.press("Enter")
    assert "It comes back tomorrow." in says(asked, "Not yet.", RED)
    assert kept(server)["03-inputs"]["box"] == 1
    button(asked, "Next").click()
    wait_for(lambda: "2 of 2, from lesson 03" in asked.inner_text(), 60, "Next does not lead on")
    before = kept(server)["03-reading-order"]
    button(asked, "Skip").focus()
    page.keyboard.press("Enter")
    says(asked, "You knew 0 of 2. What you skipped comes back next time.")
    assert kept(server)["03-reading-order"] == before


def test_axe_finds_no_fault_in_questions(page, ask):
    for name in ("choice", "number", "kept choice", "kept guess", "exercise"):
        ask(name)
    assert axe_faults(page, ".jp-OutputArea-output") == []
