"""The labs of lesson 11 in JupyterLab: each answers a key, and fits."""

import pytest

from tests.browser.conftest import page_of_cells, wait_for

NAME = "deep_learning.ipynb"
FIRST = """from course.lesson11 import *
from course.measured import habits
from nnlib import mnist
from nnlib.network import Network

data = mnist.load("mini")
net = Network([784, 30, 10], init="scaled", rng=0)
net.SGD(data.train, 2, 10, 3.0, on_epoch=None)
conv = habits.network_class("convolution ReLU")([784, 2304, 20, 10], init="scaled", rng=0)"""
LABS = {  # the cell, the first words of its sentence, and after one key on its first slider
    "FaceLab": ("FaceLab()", "A face: the network finds 5 of the 5 parts", "15 questions are open"),
    "NeuronsLab": (
        "NeuronsLab(net, data)",
        "Neuron 0 of the first hidden",
        "Neuron 1 of the first",
    ),
    "DepthLab": ("DepthLab(data)", "the first of 3 hidden layers", "the first of 4 hidden layers"),
    "HabitsLab": ("HabitsLab(data)", "With no habit", "eta 10, seed 0"),
    "MapsLab": ("MapsLab(conv, data)", "The digit is a", "Window"),
}


@pytest.fixture(scope="module")
def page(server, browser):
    """JupyterLab on a notebook with one cell for each lab, all of them run."""
    sources = [FIRST, *(source for source, _, _ in LABS.values())]
    with page_of_cells(server, browser, NAME, sources) as page:
        page.locator("#jp-main-statusbar", has_text="| Idle").wait_for()
        page.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
        page.get_by_text("Run All Cells", exact=True).first.click()
        yield page


def cell(page, lab):
    return page.locator(".jp-CodeCell", has_text=LABS[lab][0])


def sentence(page, lab):
    return cell(page, lab).locator(".widget-html [role=status]")


@pytest.mark.parametrize("lab", LABS)
def test_a_key_on_a_slider_changes_picture_and_sentence(page, lab):
    _, first, after = LABS[lab]
    picture = cell(page, lab).locator(".jp-OutputArea-output img")
    picture.wait_for()
    wait_for(lambda: first in sentence(page, lab).inner_text(), 60, f"{lab} has not begun")
    said, shown = sentence(page, lab).inner_text(), picture.get_attribute("src")
    cell(page, lab).locator(".noUi-handle").first.focus()
    page.keyboard.press("ArrowRight")
    wait_for(lambda: sentence(page, lab).inner_text() != said, 60, f"{lab} says the same")
    wait_for(lambda: after in sentence(page, lab).inner_text(), 60, f"{lab} has not said {after!r}")
    wait_for(lambda: picture.get_attribute("src") != shown, 20, f"{lab} shows the same")


@pytest.mark.parametrize("lab", LABS)
@pytest.mark.parametrize("width", [1366, 1024])
def test_nothing_sticks_out_and_the_lab_fits_the_screen(page, lab, width):
    page.set_viewport_size({"width": width, "height": 768})
    output = cell(page, lab).locator(".jp-OutputArea-output:has(.noUi-handle)")
    output.wait_for()
    page.wait_for_timeout(300)
    assert output.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    assert output.bounding_box()["height"] < 640
