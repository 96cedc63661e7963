"""Lessons of the student's copy in JupyterLab, run to their end: no error, all in words, axe.

Two of them in the suite, since each takes about ten seconds of a processor and more. All with

    NNLIB_BROWSER_LESSONS=all pytest -n 0 tests/browser/test_lessons.py
"""

import os

import nbformat
import pytest

from tests.browser.conftest import axe_faults, wait_for
from tools.store_notebooks import lessons

# An error that the lesson shows on purpose, and the warning that the small set is in use.
ERRORS = '[data-mime-type="application/vnd.jupyter.stderr"]'
ON_PURPOSE = ("SmallDataWarning",)
CHOSEN = lessons() if os.environ.get("NNLIB_BROWSER_LESSONS") == "all" else lessons(["01", "03"])
LONGEST = 600  # seconds of a lesson, on a busy machine
IN_WORDS = """images => images.map(image => {
    const lab = image.closest(".nn-lab");
    return [image.alt, lab ? lab.lastElementChild.textContent.trim() : image.alt];
})"""


def run_all(page):
    """Run all cells, and wait until none runs any more."""
    page.locator(".jp-Toolbar-kernelName", has_text="ipykernel").first.wait_for()
    page.locator("#jp-main-statusbar", has_text="| Idle").wait_for()
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
    page.locator(".lm-Menu").get_by_text("Run All Cells", exact=True).click()
    prompts = page.locator(".jp-CodeCell .jp-InputPrompt")
    last = page.locator(".jp-CodeCell .jp-InputPrompt", has_text="]").last
    wait_for(lambda: last.inner_text().strip("[]: ").isdigit(), LONGEST, "it does not end")
    assert not [one for one in prompts.all_inner_texts() if "*" in one]


def on_purpose(path):
    """How many cells of a lesson end in an error that belongs to it."""
    cells = nbformat.read(path, as_version=4).cells
    return sum("raises-exception" in cell.metadata.get("tags", []) for cell in cells)


@pytest.mark.parametrize("path", CHOSEN, ids=lambda path: path.stem)
def test_a_lesson_runs_to_its_end_and_all_it_shows_is_told(open_lesson, path):
    page = open_lesson(path.name)
    run_all(page)
    errors = [
        text
        for text in page.locator(ERRORS).all_inner_texts()
        if not any(words in text for words in ON_PURPOSE)
    ]
    assert len(errors) == on_purpose(path), errors
    told = page.locator(".jp-OutputArea-output img").evaluate_all(IN_WORDS)
    assert told
    assert [(alt, sentence) for alt, sentence in told if not alt or alt != sentence] == []
    assert axe_faults(page, ".jp-OutputArea-output") == []
