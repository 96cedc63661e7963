"""The labs of lesson 10 in JupyterLab: what is written by mouse, by keys or on a photo is read."""

import io
import re
import statistics
from contextlib import suppress

import numpy as np
import pytest
from PIL import Image

from course.lesson10 import written
from course.measured import composed
from nnlib import mnist
from tests.browser.conftest import page_of_cells, wait_for
from tests.course.lesson10 import hands

NAME = "handwriting.ipynb"
LABS = ("StepsLab", "NumberLab", "ClinicLab", "CollectLab")
LIMIT = 5 * 120  # milliseconds from the end of a stroke to the new picture, on a busy machine
KEYS_OF_A_SEVEN = [
    *["Shift+ArrowUp"] * 3,
    *["Shift+ArrowLeft"] * 2,
    "Space",
    *["Shift+ArrowRight"] * 4,
    *["Shift+End"] * 3,
    *["Shift+ArrowDown"] * 3,
    "Space",
]
PASTE = """async bytes => {
    const blob = new Blob([new Uint8Array(bytes)], {type: "image/png"});
    await navigator.clipboard.write([new ClipboardItem({"image/png": blob})]);
}"""
WATCH = """image => {
    window.waits = [];
    let lifted = 0;
    addEventListener("pointerup", () => { lifted = performance.now(); }, true);
    image.addEventListener("load", () => {
        if (lifted) window.waits.push(performance.now() - lifted);
        lifted = 0;
    });
}"""


@pytest.fixture(scope="module")
def page(server, browser):
    """JupyterLab on a notebook with one cell for each lab, all of them run."""
    with page_of_cells(server, browser, NAME, map(source, LABS)) as page:
        page.locator("#jp-main-statusbar", has_text="| Idle").wait_for()
        for lab in LABS:
            cell(page, lab).locator(".cm-line").first.click()
            page.keyboard.press("Control+Enter")
        for lab in LABS:
            picture(page, lab).wait_for()
        yield page


def source(lab):
    return f"from course.lesson10 import {lab}\n{lab}()"


def cell(page, lab):
    return page.locator(".jp-CodeCell", has_text=f"{lab}()")


def paper(page, lab):
    return cell(page, lab).locator(".nn-pad-paper")


def picture(page, lab):
    return cell(page, lab).locator(".jp-OutputArea-output img")


def button(page, lab, name):
    return cell(page, lab).get_by_role("button", name=name, exact=True)


def said(page, lab, wanted):
    """Wait until the sentence of a lab has these words."""
    sentence = cell(page, lab).locator(".widget-html [role=status]")
    wait_for(lambda: wanted in sentence.inner_text(), 30, f"{lab} does not say {wanted!r}")
    return sentence.inner_text()


def write(page, lab, strokes, steps=2):
    """Write by mouse, with so many moves from point to point."""
    paper(page, lab).scroll_into_view_if_needed()
    box = paper(page, lab).bounding_box()
    for stroke in strokes:
        places = [(box["x"] + x, box["y"] + y) for x, y in stroke]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=steps)
        page.mouse.up()


def clear(page, lab):
    button(page, lab, "Clear").click()
    wait_for(lambda: "Empty paper" in status(page, lab), 20, "the paper was not cleared")


def status(page, lab):
    return cell(page, lab).locator(".nn-pad [role=status]").inner_text()


def test_a_digit_by_mouse_is_read_after_each_stroke(page):
    said(page, "StepsLab", "There is no ink on this sheet.")
    before = picture(page, "StepsLab").get_attribute("src")
    write(page, "StepsLab", written.DIGIT_7)
    assert said(page, "StepsLab", "Read as 7 (output ").startswith("Read as 7")
    assert picture(page, "StepsLab").get_attribute("src") != before
    clear(page, "StepsLab")
    said(page, "StepsLab", "There is no ink on this sheet.")


def test_a_digit_by_keys_is_read(page):
    paper(page, "StepsLab").focus()
    for key in KEYS_OF_A_SEVEN:
        page.keyboard.press(key)
    said(page, "StepsLab", "Read as 7")
    box = cell(page, "StepsLab").get_by_label("center", exact=True)
    box.focus()
    page.keyboard.press("Space")
    said(page, "StepsLab", "Left out: center.")
    page.keyboard.press("Space")
    clear(page, "StepsLab")


def test_new_bars_come_soon_after_a_stroke(page, capsys):
    paper(page, "StepsLab").scroll_into_view_if_needed()
    picture(page, "StepsLab").evaluate(WATCH)
    for n in range(1, 13):
        x = 15 + 15 * n
        write(page, "StepsLab", [[(x, 60), (x - 10, 110), (x, 160)]])
        wait_for(lambda n=n: page.evaluate("waits.length") == n, 20, "no new picture")
    waits = page.evaluate("waits")
    with capsys.disabled():
        print(f"\nfrom stroke to bars: median {statistics.median(waits):.0f} ms of {len(waits)}")
    assert statistics.median(waits) < LIMIT
    clear(page, "StepsLab")


def test_a_number_by_mouse_is_read(page):
    write(page, "NumberLab", written.NUMBER_504192)
    assert "trial cuts." in said(page, "NumberLab", "Read as 504192;")
    clear(page, "NumberLab")
    said(page, "NumberLab", "There is no ink on this sheet.")


def test_twenty_numbers_by_mouse_in_other_styles(page, capsys):
    enough, words = hands.enough_right(
        (digits, read_by_mouse(page, strokes, digits)) for digits, strokes, _ in hands.twenty()
    )
    with capsys.disabled():
        print(f"\nby mouse: {words}")
    assert enough


def read_by_mouse(page, strokes, digits):
    """What the lab has read: `digits`, or else what it says when it has been idle for a while."""
    write(page, "NumberLab", [[*stroke[:-1:3], stroke[-1]] for stroke in strokes], steps=1)
    sentence = cell(page, "NumberLab").locator(".widget-html [role=status]")
    for _ in range(2):  # on a busy machine the last stroke may be on its way after three seconds
        with suppress(pytest.fail.Exception):
            wait_for(lambda: f"Read as {digits};" in sentence.inner_text(), 3, "read otherwise")
            break
        page.locator("#jp-main-statusbar", has_text="| Idle").wait_for()
    read = re.match(r"Read as (\d+)", sentence.inner_text())
    clear(page, "NumberLab")
    said(page, "NumberLab", "There is no ink on this sheet.")
    return read[1] if read else ""


def photo():
    """A PNG of a number on gray paper that is darker on the right, and its digits."""
    digits = mnist.load("mini").test.first(5)
    ink = composed.number(digits.images.reshape(-1, 28, 28), np.random.default_rng(3))
    width, height = 6 * ink.shape[1], 6 * ink.shape[0]
    large = np.asarray(Image.fromarray(ink).resize((width, height), Image.Resampling.BICUBIC))
    large = np.pad(np.clip(large, 0, 1), 60)
    light = np.linspace(0.85, 0.55, large.shape[1])
    grain = np.random.default_rng(4).normal(0, 0.01, large.shape)
    gray = np.clip(light * (1 - 0.75 * large) + grain, 0, 1)
    file = io.BytesIO()
    Image.fromarray(np.uint8(255 * gray)).save(file, "PNG")
    return file.getvalue(), "".join(map(str, digits.labels))


def test_a_pasted_photo_of_a_number_is_read(page):
    png, digits = photo()
    page.evaluate(PASTE, list(png))
    paper(page, "NumberLab").focus()
    page.keyboard.press("Control+v")
    said(page, "NumberLab", f"Read as {digits};")
    clear(page, "NumberLab")


def test_the_clinic_follows_its_controls(page):
    said(page, "ClinicLab", "Digits moved 6 pixels to the right and down")
    cell(page, "ClinicLab").get_by_label("fault").select_option("too small")
    said(page, "ClinicLab", "Digits 0.5 times their size")
    cell(page, "ClinicLab").get_by_label("crop", exact=True).check()
    said(page, "ClinicLab", "; without crop ")


def test_a_digit_is_kept_and_taken_out_again(page):
    lab = "CollectLab"
    assert button(page, lab, "Keep").is_disabled()
    write(page, lab, written.DIGIT_7)
    said(page, lab, "Read as 7")
    button(page, lab, "7").click()
    button(page, lab, "Keep").click()
    said(page, lab, "1 kept, 1 of them read right")
    wait_for(lambda: "Empty paper" in status(page, lab), 20, "the pad was not cleared")
    button(page, lab, "Undo the last keep").click()
    said(page, lab, "None is kept yet.")
