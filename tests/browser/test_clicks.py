"""Lesson 04 as a student sees it: a click on the map of a live figure drops a ball there."""

from tests.browser.conftest import wait_for
from tests.browser.test_live_figure import reach

LAB = '.jp-CodeCell:has-text("DescentLab()") .jp-OutputArea-output:has(.nn-clickable)'
MIDDLE_OF_THE_MAP = 0.24, 0.485  # shares of the picture, from its upper left corner


def run_until_the_lab(page):
    """Run all cells above the lab, and its own."""
    page.locator(".jp-Toolbar-kernelName", has_text="ipykernel").first.wait_for()
    cell = page.locator(".jp-CodeCell .jp-Editor", has_text="DescentLab()").last
    reach(page, cell)
    cell.click()
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
    page.get_by_text("Run All Above Selected Cell", exact=True).click()
    page.keyboard.press("Escape")
    cell.click()
    page.keyboard.press("Shift+Enter")


def test_a_click_on_the_map_drops_a_ball(open_lesson):
    page = open_lesson("04_gradient_descent.ipynb")
    run_until_the_lab(page)
    page.wait_for_selector(f"{LAB} img", timeout=600_000, state="attached")
    image, status = page.locator(f"{LAB} img").first, page.locator(f'{LAB} [role="status"]').first
    wait_for(lambda: "start (-0.80, 0.60)" in status.inner_text(), 30, "there is no sentence")
    image.scroll_into_view_if_needed()
    before, box = image.get_attribute("src"), image.bounding_box()
    right, down = MIDDLE_OF_THE_MAP
    page.mouse.click(box["x"] + right * box["width"], box["y"] + down * box["height"])
    wait_for(lambda: "start (0.00, 0.00)" in status.inner_text(), 30, "the ball did not drop")
    assert image.get_attribute("src") != before
