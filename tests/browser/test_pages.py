"""What a student's first look shows, and that every stored picture has its text alternative."""

import re

import nbformat
import pytest
from nbconvert import HTMLExporter

from course.paths import LESSONS
from tests.browser.conftest import ALL_PICTURES, wait_for
from tests.course.pictures import Images, has_picture
from tools.store_notebooks import lessons

FIRST = "00_start_here.ipynb"


def sentences(path):
    """The text alternatives of all stored pictures of a notebook, in order."""
    cells = nbformat.read(path, as_version=4).cells
    datas = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    return [data["text/plain"] for data in datas if has_picture(data)]


def test_the_first_page_shows_no_answers_and_no_pop_up(open_lesson):
    page = open_lesson(FIRST)
    page.locator(".jp-Toolbar-kernelName", has_text="ipykernel").first.wait_for()
    assert page.locator(".jp-OutputArea-output").count() == 0
    page.wait_for_timeout(2000)  # a pop-up would come by now
    assert page.locator(".jp-Dialog, .jp-toast, .Toastify__toast").count() == 0
    assert "assert" not in " ".join(page.locator(".jp-CodeCell .jp-Editor").all_inner_texts())


def test_every_picture_says_in_jupyterlab_what_it_shows(open_lesson):
    """All pictures of all lessons, in one notebook: to open each takes two minutes."""
    page = open_lesson(ALL_PICTURES)
    images, wanted = page.locator(".jp-OutputArea-output img"), []
    for path in lessons():
        wanted += sentences(path)
    wait_for(
        lambda: images.count() == len(wanted) > 60, 40, f"{len(wanted)} pictures are not there"
    )
    assert images.evaluate_all("all => all.map(one => one.alt)") == wanted
    wide = "all => all.every(one => one.naturalWidth >= 400 && one.clientWidth <= 1100)"
    wait_for(lambda: images.evaluate_all(wide), 30, "a picture that is not there, or too wide")


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_every_picture_says_in_a_page_of_nbconvert_what_it_shows(path):
    page, _ = HTMLExporter().from_filename(str(path))
    found = [
        one.get("alt") for one in Images(page).found if one["src"].startswith("data:image/png")
    ]
    assert found == sentences(path)


def test_a_guess_is_kept_and_shown_again(open_lesson):
    """A choice in the browser: *Keep my guess* says nothing on it; the outcome shows it again."""
    name = next(path.name for path in lessons(["03"]))
    page = open_lesson(name)
    page.locator(".jp-Toolbar-kernelName", has_text="ipykernel").first.wait_for()
    source = (LESSONS / name).read_text(encoding="utf-8")
    outcome = re.search(r"questions\.(\w+)\.outcome\(\)", source)[1]
    imports = page.locator(".jp-CodeCell", has_text="from course.lesson03 import").first
    for cell in (imports, cell_of(page, f"questions.{outcome}")):
        cell.locator(".jp-Editor").click()
        page.keyboard.press("Shift+Enter")
    asked = cell_of(page, f"questions.{outcome}")
    answer = asked.locator("input[type=radio], input[type=text], textarea").first
    answer.wait_for(timeout=60_000)
    answer.click() if answer.get_attribute("type") == "radio" else answer.fill("12")
    asked.get_by_text("Keep my guess").click()
    status = asked.locator('[role="status"]').last
    wait_for(lambda: "kept" in status.inner_text(), 20, "the guess was not kept")
    assert not re.search("right|wrong|Not yet", status.inner_text(), re.IGNORECASE)
    shown = cell_of(page, f"questions.{outcome}.outcome()")
    shown.locator(".jp-Editor").click()
    page.keyboard.press("Shift+Enter")
    text = shown.locator(".jp-RenderedMarkdown").last
    wait_for(lambda: "You guessed" in text.inner_text(), 30, "the guess was not shown again")


def cell_of(page, source):
    """The code cell that holds exactly this."""
    for cell in page.locator(".jp-CodeCell").all():
        editor = cell.locator(".jp-Editor")
        if editor.count() and editor.inner_text().strip() == source:
            return cell
    return pytest.fail(f"there is no cell {source!r}")
