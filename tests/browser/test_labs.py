"""Every lab of every lesson in JupyterLab: it fits, answers a key, and comes back as it was."""

import importlib
import statistics

import pytest

from course.paths import ROOT
from tests.browser.conftest import page_of_cells, wait_for

NAME = "labs.ipynb"
FIRST = """import importlib

import numpy as np

from course import exercises
from course.measured import habits
from nnlib import mnist
from nnlib.network import Network

data = mnist.load("mini")
net = Network([784, 30, 10], init="scaled", rng=0)
net.SGD(data.train, 2, 10, 3.0, on_epoch=None)
conv = habits.network_class("convolution ReLU")([784, 2304, 20, 10], init="scaled", rng=0)
steps = np.random.default_rng(0).random((9, 10, len(data.validation.labels)))
piles = {"the first 100": data.validation, "ten": data.validation.first(10)}


def lab(lesson, name, *inputs):
    return getattr(importlib.import_module(f"course.lesson{lesson}"), name)(*inputs)"""
INPUTS = {  # what a lab is given, where it does not begin with its own
    "ExercisesLab": ", exercises.all()",
    "WatchLab": ", net, piles",
    "NeuronsLab": ", net, data",
    "MapsLab": ", conv, data",
    "TurnLab": ", net, data.test",
    "FeedforwardLab": ", net, data.test",
    "ReadingLab": ", steps, data.validation.images, data.validation.labels",
    "BlameLab": ", net, data.train",
    "IdleLab": ', {"gaussian": net, "scaled": net}, data.validation',
}
TRAINS = {"BatchLab", "DepthLab", "HabitsLab", "SaturationLab", "TrainingLab"}
WITHOUT_SLIDER = {
    "CollectLab",
    "DecisionLab",
    "HalfAdderLab",
    "IdleLab",
    "NumberLab",
    "StepsLab",
    "WardLab",
}
LESSONS = sorted(path.name for path in (ROOT / "course").glob("lesson??"))
LABS = {
    name: f'lab("{lesson[-2:]}", "{name}"{INPUTS.get(name, "")})'
    for lesson in LESSONS
    for name in importlib.import_module(f"course.{lesson}").__all__
    if name.endswith("Lab")
}
QUICK = sorted(LABS.keys() - TRAINS - WITHOUT_SLIDER)
PLAYED = {  # labs with Play, and the milliseconds of a picture
    "BlameLab": 1000,
    "BackpropLab": 1000,
    "DescentLab": 125,
    "FateLab": 125,
    "FeedforwardLab": 125,
    "LearnLab": 400,
    "ReadingLab": 125,
    "SlopeLab": 125,
    "WatchLab": 400,
}
SLOWEST = 0.45  # seconds from a key to its picture: five times what is wanted, for a busy machine
PRESSES = 3
# Seconds from a key on the slider in focus to the new picture, as the page itself sees them.
WATCH = """image => { window.pictured = new Promise(done => {
    let since;
    addEventListener("keydown", () => { since = performance.now() }, {capture: true, once: true});
    const seen = new MutationObserver(() => image.decode().then(() => {
        seen.disconnect();
        done((performance.now() - since) / 1000);
    }));
    seen.observe(image, {attributes: true, attributeFilter: ["src"]});
}) }"""
# How many new pictures come in so many milliseconds.
COUNT = """(image, milliseconds) => new Promise(done => {
    let count = 0;
    const seen = new MutationObserver(changes => { count += changes.length });
    seen.observe(image, {attributes: true, attributeFilter: ["src"]});
    setTimeout(() => { seen.disconnect(); done(count) }, milliseconds);
})"""
BYTES = """async image => {
    const bytes = await (await fetch(image.src)).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(digest).join(" ");
}"""


@pytest.fixture(scope="module")
def page(server, browser):
    """JupyterLab on a notebook with one cell for each lab, all of them run."""
    with page_of_cells(server, browser, NAME, [FIRST, *LABS.values()]) as page:
        page.locator("#jp-main-statusbar", has_text="| Idle").wait_for()
        page.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
        page.get_by_text("Run All Cells", exact=True).first.click()
        for name in LABS:
            output(page, name)
        yield page


def output(page, name):
    """The output that holds the lab, once it is there."""
    cell = page.locator(".jp-CodeCell", has_text=f'"{name}"')
    found = cell.locator(".jp-OutputArea-output:has([role=status])").last
    found.wait_for(timeout=120_000)
    return found


def sentence(lab):
    return lab.locator("[role=status]").last.inner_text()


def picture(lab):
    return lab.locator("img").last


def at_the_end(lab):
    """Whether the first slider can go no further."""
    handle = lab.locator(".noUi-handle").first
    return handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")


def pressed(page, lab, key):
    """Press a key on the first slider; seconds until the picture is another."""
    lab.locator(".noUi-handle").first.focus()
    picture(lab).evaluate(WATCH)
    page.keyboard.press(key)
    return page.evaluate("() => window.pictured")


@pytest.mark.parametrize("width", [1024, 1366])
def test_every_lab_fits_the_page(page, width):
    labs = {name: output(page, name) for name in LABS}
    page.set_viewport_size({"width": width, "height": 768})
    page.wait_for_timeout(1000)
    sticks_out = "element => element.scrollWidth > element.clientWidth + 1"
    assert not [name for name, lab in labs.items() if lab.evaluate(sticks_out)]
    visible = page.locator(".jp-WindowedPanel-outer").first.bounding_box()["height"]
    heights = {name: lab.bounding_box()["height"] for name, lab in labs.items()}
    assert width < 1366 or not {name for name, height in heights.items() if height >= visible}


@pytest.mark.parametrize("name", QUICK)
def test_a_key_and_the_key_back(page, name):
    lab = output(page, name)
    there, back = ("ArrowLeft", "ArrowRight") if at_the_end(lab) else ("ArrowRight", "ArrowLeft")
    said, shown = sentence(lab), picture(lab).evaluate(BYTES)
    pressed(page, lab, there)
    wait_for(lambda: picture(lab).evaluate(BYTES) != shown, 10, f"{name} shows the same")
    pressed(page, lab, back)
    wait_for(lambda: sentence(lab) == said, 10, f"{name} does not say again what it said")
    wait_for(lambda: picture(lab).evaluate(BYTES) == shown, 10, f"{name} shows another picture")


def test_keys_on_a_slider_do_not_reach_the_notebook(page):
    cells = page.locator(".jp-Cell").count()
    output(page, "NeuronLab").locator(".noUi-handle").first.focus()
    for key in ("a", "b", "x", "d", "d", "m", "0", "0", "j", "z", "Enter", "Escape"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.locator(".jp-Cell").count() == page.locator(".jp-CodeCell").count() == cells
    assert page.locator(".jp-Dialog").count() == 0
    assert output(page, "NeuronLab").locator(".noUi-handle:focus").count() == 1


@pytest.mark.parametrize("name", sorted(LABS.keys() & TRAINS))
def test_a_key_trains_anew(page, name):
    lab = output(page, name)
    said = sentence(lab)
    lab.locator(".noUi-handle").first.focus()
    page.keyboard.press("ArrowLeft" if at_the_end(lab) else "ArrowRight")
    wait_for(lambda: sentence(lab) != said, 60, f"{name} says the same")


def test_a_picture_follows_its_key_at_once(page, capsys):
    medians = {}
    for name in QUICK:
        lab = output(page, name)
        keys = ["ArrowRight", "ArrowLeft"] * PRESSES
        pressed(page, lab, "ArrowLeft" if at_the_end(lab) else "ArrowRight")
        medians[name] = statistics.median(pressed(page, lab, key) for key in keys)
    with capsys.disabled():
        print("\nmedian milliseconds from a key to its picture:")
        for name, seconds in sorted(medians.items(), key=lambda pair: -pair[1]):
            print(f"    {name:16} {1000 * seconds:5.0f}")
    assert max(medians.values()) < SLOWEST, medians


def comes_to_rest(image, milliseconds):
    """Whether no picture comes for so long, once those are drawn that were on their way."""
    return any(image.evaluate(COUNT, milliseconds) == 0 for _ in range(3))


def test_play_plays_and_stops(page, capsys):
    found = {}
    for name, every in PLAYED.items():
        lab = output(page, name)
        play, stop = (lab.locator(".course-play button").nth(n) for n in (0, 1))
        stop.click()  # back to the first picture
        page.wait_for_timeout(500)
        play.click()
        shown = picture(lab).evaluate(COUNT, 10 * every)
        found[name] = shown / (10 * every / 1000)
        if play.locator(".fa-pause").count():  # it has not come to its end
            play.click()
        assert comes_to_rest(picture(lab), 2 * every), f"{name} does not stop"
    with capsys.disabled():
        print("\npictures a second while it plays:")
        for name, rate in found.items():
            print(f"    {name:16} {rate:4.1f} of {1000 / PLAYED[name]:.1f}")
    slow = {name: rate for name, rate in found.items() if rate < 0.2 * 1000 / PLAYED[name]}
    assert not slow


def test_play_at_the_end_starts_over(page):
    lab = output(page, "ReadingLab")
    lab.locator(".noUi-handle").first.focus()
    page.keyboard.press("End")
    wait_for(lambda: at_the_end(lab), 10, "the slider is not at its end")
    lab.locator(".course-play button").first.click()
    wait_for(lambda: "After 2 steps" in sentence(lab), 20, "it does not start over")
    wait_for(lambda: lab.locator(".course-play .fa-play").count(), 20, "it does not end")
    assert at_the_end(lab)


def test_who_wants_less_motion_is_offered_none(page):
    play = output(page, "WatchLab").locator(".course-play")
    assert play.is_visible()
    page.emulate_media(reduced_motion="reduce")
    try:
        assert not play.is_visible()
    finally:
        page.emulate_media(reduced_motion="no-preference")


def test_every_lab_with_play_is_played(page):
    with_play = [name for name in LABS if output(page, name).locator(".course-play").count()]
    assert sorted(with_play) == sorted(PLAYED)
