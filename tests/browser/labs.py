"""All labs of the course, one cell each, and how a test finds and moves them in JupyterLab."""

import importlib
from contextlib import contextmanager

from course.paths import ROOT
from tests.browser.conftest import page_of_cells

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
# Seconds from a key on the slider in focus to the new picture, as the page itself sees them; the
# limit if none has come until then.
WATCH = """(image, limit) => { window.pictured = new Promise(done => {
    let since;
    const begin = () => {
        since = performance.now();
        setTimeout(() => done(limit), 1000 * limit);
    };
    addEventListener("keydown", begin, {capture: true, once: true});
    const seen = new MutationObserver(() => image.decode().then(() => {
        if (since === undefined) return;  // what an earlier key has brought
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
# The picture's address is gone as soon as the next picture is there: then that one is read.
PIXELS = """async image => {
    for (let tries = 1; ; tries += 1) try {
        const found = await fetch(image.src, {signal: AbortSignal.timeout(5000)});
        const pixels = await createImageBitmap(await found.blob());
        const paper = new OffscreenCanvas(pixels.width, pixels.height).getContext("2d");
        paper.drawImage(pixels, 0, 0);
        const {data} = paper.getImageData(0, 0, pixels.width, pixels.height);
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
        return Array.from(digest).join(" ");
    } catch (error) {
        if (tries === 5) throw error;
    }
}"""


@contextmanager
def page_of_labs(server, browser, names=None, **options):
    """JupyterLab on a notebook with one cell for each lab, all of them run.

    names: of the labs, all unless given.  options: of the browser's context.
    """
    sources = [LABS[name] for name in names or LABS]
    with page_of_cells(server, browser, NAME, [FIRST, *sources], **options) as page:
        page.locator("#jp-main-statusbar", has_text="| Idle").wait_for()
        page.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
        page.get_by_text("Run All Cells", exact=True).first.click()
        for name in names or LABS:
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


def there_and_back(lab):
    """Two keys that move the first slider, wherever it is, and back."""
    keys = "ArrowRight", "ArrowLeft"
    return keys[::-1] if at_the_end(lab) else keys


def pressed(page, lab, key, limit=20):
    """Press a key on the first slider; seconds until the picture is another, at most `limit`.

    None may come: a late picture of the key before is taken for this one's, and what two keys
    that undo each other bring together is the picture that is there.
    """
    lab.locator(".noUi-handle").first.focus()
    picture(lab).evaluate(WATCH, limit)
    page.keyboard.press(key)
    return page.evaluate("() => window.pictured")


def digest(lab):
    """The picture that a lab shows, in short."""
    return picture(lab).evaluate(PIXELS)
