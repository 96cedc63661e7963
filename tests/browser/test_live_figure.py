"""Lesson 07 as a student sees it: JupyterLab in Chromium, run, slider moved by keyboard."""

import pytest

from tests.browser.conftest import wait_for

LESSON = "07_training_mnist.ipynb"
# The output of the cell of the training lab, and the picture in it.
LAB = '.jp-CodeCell:has-text("TrainingLab(data)") .jp-OutputArea-output:has(.noUi-handle)'
LAB_IMAGE = f"{LAB} img"


def run_cells_until_the_lab(page):
    """Click into the cell of the lab, run all above and the cell itself."""
    page.locator(".jp-Toolbar-kernelName", has_text="ipykernel").first.wait_for()
    lab_cell = page.locator(".jp-CodeCell", has_text="TrainingLab(data)").last
    reach(page, lab_cell)
    lab_cell.locator(".jp-Editor").click()
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
    page.get_by_text("Run All Above Selected Cell", exact=True).click()
    page.keyboard.press("Escape")
    lab_cell.locator(".jp-Editor").click()
    page.keyboard.press("Shift+Enter")


def reach(page, locator):
    """Scroll down until the element exists: JupyterLab builds only the cells in view."""
    panel = page.locator(".jp-WindowedPanel-outer")
    for _ in range(60):
        if locator.count():
            locator.scroll_into_view_if_needed()
            return
        panel.evaluate("panel => panel.scrollBy(0, 600)")
        page.wait_for_timeout(150)
    pytest.fail("the element was never on the page")


def test_slider_moved_by_keyboard_changes_the_picture(open_lesson):
    page = open_lesson(LESSON)
    run_cells_until_the_lab(page)
    page.wait_for_selector(LAB_IMAGE, timeout=600_000, state="attached")
    image, status = page.locator(LAB_IMAGE).first, page.locator(f'{LAB} [role="status"]').first
    handle = page.locator(f"{LAB} .noUi-handle").first
    before, said = image.get_attribute("src"), status.inner_text()
    assert "eta 3," in said
    handle.focus()
    page.keyboard.press("ArrowRight")
    wait_for(lambda: "eta 5," in status.inner_text(), 30, "the sentence did not follow the slider")
    assert image.get_attribute("src") != before
    assert image.evaluate("image => image.complete && image.naturalWidth") > 1000
    assert "accuracy" in status.inner_text()
