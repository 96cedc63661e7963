"""The drawing pad as a student uses it: mouse, keys, fingers, a pen and photos, in JupyterLab."""

import io
import json

import numpy as np
import pytest
from PIL import Image

from tests.browser.conftest import page_of_cells, wait_for

NAME = "pad.ipynb"
PAPER = ".nn-pad-paper"
SOURCES = {
    "new": """
import json, time
import ipywidgets as widgets
from course.live.pad import Pad
calls, told = [], widgets.HTML()
def tell(pad):
    calls.append(1)
    image = pad.image()
    seen = dict(calls=len(calls), strokes=pad.strokes, width=pad.line_width)
    seen |= dict(shape=image.shape, ink=int((255 - image).sum() / 255), photo=len(pad.photo))
    told.value = f"<code>{json.dumps(seen)}</code>"
pad = Pad()
pad.on_stroke(tell)
widgets.VBox([pad, told])""",
    "busy": "time.sleep(4)  # busy",
    "feed": "pad.draw([[[20, 20], [120, 120]], [[120, 20], [20, 120]]])",
    "wipe": "pad.clear()",
    "fed": "small = Pad(224, 224)\nsmall.draw([[[100, 50]], [[20, 20], [120, 120]]])\nsmall",
}
UNDONE = ("Control+z", 1), ("Control+z", 0), ("Control+Shift+z", 1)  # keys, strokes then left
DRAWN = """paper => {
    const pixels = paper.getContext("2d").getImageData(0, 0, paper.width, paper.height).data;
    return pixels.reduce((sum, value, n) => n % 4 ? sum : sum + 1 - value / 255, 0);
}"""


@pytest.fixture(scope="module")
def lab(server, browser):
    """(page, messages): JupyterLab on a notebook of the cells above, and what it sent so far."""
    messages = []

    def listen(page):
        page.on("websocket", lambda line: line.on("framesent", lambda sent: messages.append(sent)))

    sources = [source.strip() for source in SOURCES.values()]
    with page_of_cells(server, browser, NAME, sources, listen) as page:
        yield page, messages


def cell(page, name):
    return page.locator(".jp-CodeCell", has_text=SOURCES[name].strip().splitlines()[0])


def run(page, name):
    """Run one of the cells; it may still run when this returns."""
    cell(page, name).locator(".cm-line").first.click()
    page.keyboard.press("Control+Enter")


@pytest.fixture
def pad(lab):
    """A new pad on the page, in the place of the last."""
    page, messages = lab
    page.evaluate(f"document.querySelectorAll('{PAPER}').forEach(one => one.dataset.old = 1)")
    run(page, "new")
    cell(page, "new").locator(f"{PAPER}:not([data-old])").wait_for()
    wait_for(lambda: paper(page).count() == 1, 20, "the old pad did not go")
    assert status(page) == "Empty paper."
    messages.clear()
    return page


def paper(page, name="new"):
    return cell(page, name).locator(PAPER)


def status(page, name="new"):
    return cell(page, name).locator(".nn-pad [role=status]").inner_text()


def button(page, name):
    return cell(page, "new").get_by_role("button", name=name, exact=True)


def click(page, name):
    button(page, name).click()


def told(page, **wanted):
    """What Python last told, as soon as it is this."""

    def as_wanted():
        found = page.locator(".widget-html code")
        seen = json.loads(found.inner_text()) if found.count() else {}
        return seen if wanted.items() <= seen.items() else None

    return wait_for(as_wanted, 20, f"Python did not tell {wanted}, the pad: {status(page)}")


def updates(messages):
    """How many messages of changes were sent to the pad or another model."""
    sent = [frame if isinstance(frame, bytes) else frame.encode() for frame in messages]
    return sum(b'"comm_msg"' in frame and b'"update"' in frame for frame in sent)


def stroke(page, *points, steps=12):
    box = paper(page).bounding_box()
    places = [(box["x"] + x, box["y"] + y) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=steps)
    page.mouse.up()


def seven(page):
    """A seven of two strokes."""
    stroke(page, (60, 30), (130, 30), (90, 130))
    stroke(page, (80, 85), (125, 80))


def drawn(page, name="new"):
    """How much ink the page shows, in pixels; after two frames, when it has been painted."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return paper(page, name).evaluate(DRAWN)


def png(width=90, height=120, noise=False):
    gray = np.full((height, width), 255, np.uint8)
    gray[height // 4 : height // 2, width // 4 : width // 2] = 0
    if noise:
        gray = np.random.default_rng(0).integers(0, 256, gray.shape, np.uint8)
    file = io.BytesIO()
    Image.fromarray(gray).save(file, "PNG")
    return file.getvalue()


def test_a_digit_by_mouse_is_one_message_a_stroke(pad, lab):
    seven(pad)
    seen = told(pad, calls=2)
    assert updates(lab[1]) == 2
    assert status(pad) == "2 strokes."
    assert len(seen["strokes"][0]) > 20
    assert seen["strokes"][0][0] == pytest.approx([60, 30], abs=1)
    assert seen["strokes"][1][-1] == pytest.approx([125, 80], abs=1)
    assert drawn(pad) == pytest.approx(seen["ink"], rel=0.02)


def test_a_click_is_a_dot(pad):
    stroke(pad, (100, 50))
    seen = told(pad, calls=1)
    assert len(seen["strokes"][0]) == 1
    assert seen["ink"] == pytest.approx(np.pi * 6**2, rel=0.1)
    assert drawn(pad) == pytest.approx(seen["ink"], rel=0.1)


def test_a_digit_by_keys_is_one_message_a_stroke(pad, lab):
    paper(pad).focus()
    for key in ("Shift+ArrowUp", "Space", *["ArrowRight"] * 10, *["End"] * 8, "Space"):
        pad.keyboard.press(key)
        if key == "ArrowRight":
            assert status(pad) == "Pen down."
    assert status(pad) == "Pen up. 1 stroke."
    for key in ("ArrowRight", "Space", "Shift+ArrowRight", "Escape"):
        pad.keyboard.press(key)
    seen = told(pad, calls=2)
    assert updates(lab[1]) == 2
    assert [stroke[0] for stroke in seen["strokes"]] == [[280, 60], [292, 92]]
    assert [stroke[-1] for stroke in seen["strokes"]] == [[288, 92], [312, 92]]
    pad.keyboard.press("e")
    assert status(pad) == "Eraser on. 2 strokes."
    pad.keyboard.press("Space")
    assert len(told(pad, calls=3)["strokes"]) == 1
    pad.keyboard.press("u")
    assert len(told(pad, calls=4)["strokes"]) == 2
    for calls, (key, count) in enumerate(UNDONE, 5):
        pad.keyboard.press(key)
        assert len(told(pad, calls=calls)["strokes"]) == count


def test_a_pen_left_down_is_lifted_when_the_paper_is_left(pad):
    paper(pad).focus()
    for key in ("Space", "Shift+ArrowLeft", "Tab"):
        pad.keyboard.press(key)
    assert told(pad, calls=1)["strokes"] == [[[280, 80], [260, 80]]]


def test_undo_redo_clear_and_eraser(pad, lab):
    seven(pad)
    click(pad, "Undo")
    assert len(told(pad, calls=3)["strokes"]) == 1
    click(pad, "Redo")
    assert len(told(pad, calls=4)["strokes"]) == 2
    click(pad, "Clear")
    assert told(pad, calls=5)["strokes"] == []
    assert drawn(pad) == 0
    click(pad, "Undo")
    assert len(told(pad, calls=6)["strokes"]) == 2
    click(pad, "Eraser")
    stroke(pad, (70, 5), (70, 60))
    assert len(told(pad, calls=7)["strokes"]) == 1
    click(pad, "Eraser")
    for _ in range(4):
        click(pad, "Undo")
    assert told(pad, strokes=[])["calls"] == updates(lab[1])
    click(pad, "Undo")
    assert status(pad) == "Nothing to undo. Empty paper."


def test_the_line_width_is_that_of_all_strokes(pad):
    seven(pad)
    thin = told(pad, calls=2)["ink"]
    cell(pad, "new").get_by_label("Line width").focus()
    pad.keyboard.press("End")
    seen = told(pad, width=40)
    assert seen["ink"] > 2 * thin
    assert drawn(pad) == pytest.approx(seen["ink"], rel=0.02)


def touch(session, kind, *points):
    places = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})


def test_one_finger_draws_and_the_second_is_ignored(pad):
    box = paper(pad).bounding_box()
    x, y = box["x"], box["y"]
    session = pad.context.new_cdp_session(pad)
    touch(session, "touchStart", (x + 50, y + 30))
    touch(session, "touchMove", (x + 50, y + 60))
    touch(session, "touchStart", (x + 50, y + 60), (x + 200, y + 120))
    touch(session, "touchMove", (x + 50, y + 100), (x + 220, y + 130))
    touch(session, "touchEnd")
    (points,) = told(pad, calls=1)["strokes"]
    assert points[0] == pytest.approx([50, 30], abs=1)
    assert points[-1] == pytest.approx([50, 100], abs=1)
    assert paper(pad).evaluate("paper => getComputedStyle(paper).touchAction") == "none"


def test_where_a_pen_has_written_a_palm_does_not(pad):
    box = paper(pad).bounding_box()
    session = pad.context.new_cdp_session(pad)
    pen = {"pointerType": "pen", "button": "left", "buttons": 1, "clickCount": 1}
    for kind, x in (("mousePressed", 40), ("mouseMoved", 90), ("mouseReleased", 90)):
        place = {"type": kind, "x": box["x"] + x, "y": box["y"] + 70}
        session.send("Input.dispatchMouseEvent", place | pen)
    told(pad, calls=1)
    touch(session, "touchStart", (box["x"] + 200, box["y"] + 70))
    touch(session, "touchEnd")
    stroke(pad, (300, 40), (300, 90))
    assert [round(points[0][0]) for points in told(pad, calls=2)["strokes"]] == [40, 300]


def test_a_pasted_photo_arrives_and_is_shown(pad, lab):
    stroke(pad, (10, 10))
    told(pad, calls=1)
    copy = """async bytes => {
        const blob = new Blob([new Uint8Array(bytes)], {type: "image/png"});
        await navigator.clipboard.write([new ClipboardItem({"image/png": blob})]);
    }"""
    pad.evaluate(copy, list(png()))
    paper(pad).focus()
    pad.keyboard.press("Control+v")
    assert told(pad, calls=2)["shape"] == [120, 90]
    assert status(pad) == "Photo, 90 × 120."
    assert updates(lab[1]) == 2
    assert drawn(pad) == pytest.approx(30 * 22 * (160 / 120) ** 2, rel=0.05)
    stroke(pad, (50, 50))
    assert status(pad) == "Take the photo off with Undo or Clear to draw."
    click(pad, "Undo")
    assert told(pad, calls=3)["photo"] == 0
    assert status(pad) == "1 stroke."


def test_a_photo_is_dropped_on_the_paper(pad):
    drop = """(paper, bytes) => {
        const files = new DataTransfer();
        files.items.add(new File([new Uint8Array(bytes)], "seven.png", {type: "image/png"}));
        const event = new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true});
        return paper.dispatchEvent(event);
    }"""
    assert not paper(pad).evaluate(drop, list(png(40, 30)))  # the browser does not open the file
    assert told(pad, calls=1)["shape"] == [30, 40]


def choose(page, name, kind, content):
    file = {"name": name, "mimeType": kind, "buffer": content}
    cell(page, "new").locator(".nn-pad input[type=file]").set_input_files(file)


def test_a_large_photo_is_made_small_enough_for_one_message(pad, lab):
    photo = png(4100, 3000, noise=True)
    assert len(photo) > 10 * 2**20
    choose(pad, "noise.png", "image/png", photo)
    seen = told(pad, calls=1)
    assert seen["shape"] == [732, 1000]
    assert 0 < seen["photo"] < 10 * 2**20
    assert updates(lab[1]) == 1


def test_what_is_no_photo_is_refused_with_words(pad, lab):
    choose(pad, "notes.txt", "text/plain", b"seven")
    wait_for(lambda: "notes.txt is not an image" in status(pad), 20, status(pad))
    choose(pad, "torn.png", "image/png", png()[:40])
    wait_for(lambda: "torn.png cannot be opened here" in status(pad), 20, status(pad))
    choose(pad, "huge.png", "image/png", bytes(21 * 2**20))
    wait_for(lambda: "huge.png has 21 MB, the most is 20" in status(pad), 20, status(pad))
    assert updates(lab[1]) == 0


def test_strokes_appear_while_python_is_busy_and_arrive_after_it(pad, lab):
    run(pad, "busy")
    busy = cell(pad, "busy").locator(".jp-InputPrompt")
    wait_for(lambda: "*" in busy.inner_text(), 20, "the cell did not begin")
    amounts = [drawn(pad)]
    for x in (50, 150, 250):
        stroke(pad, (x, 40), (x, 120))
        amounts.append(drawn(pad))
    assert "*" in busy.inner_text()
    assert np.diff(amounts) == pytest.approx(12 * 80 + np.pi * 36, rel=0.05)
    wait_for(lambda: len(told(pad).get("strokes", [])) == 3, 20, "a stroke was lost")
    assert updates(lab[1]) <= 3


def test_python_changes_the_paper_on_the_page(pad):
    run(pad, "feed")
    wait_for(lambda: status(pad) == "2 strokes.", 20, "the strokes were not shown")
    assert drawn(pad) == pytest.approx(told(pad, calls=1)["ink"], rel=0.02)
    click(pad, "Undo")
    assert len(told(pad, calls=2)["strokes"]) == 1
    run(pad, "wipe")
    wait_for(lambda: status(pad) == "Empty paper.", 20, "the paper was not cleared")


def test_keys_do_not_reach_the_notebook(pad):
    cells = pad.locator(".jp-Cell").count()
    pad.keyboard.press("Escape")
    for place in (paper(pad), button(pad, "Undo")):
        place.focus()
        for key in ("a", "b", "x", "d", "d", "m", "0", "0", "Shift+Enter", "j", "z", "Escape"):
            pad.keyboard.press(key)
    pad.wait_for_timeout(300)
    assert pad.locator(".jp-Cell").count() == pad.locator(".jp-CodeCell").count() == cells
    assert pad.locator(".jp-Dialog").count() == 0
    assert paper(pad).count() == 1


def test_everything_has_a_name_and_is_reached_by_tab(pad):
    paper(pad).focus()
    session = pad.context.new_cdp_session(pad)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    found = next(node for node in nodes if node.get("name", {}).get("value") == "Drawing pad")
    assert found["role"]["value"] == "application"
    assert "Space puts the pen down" in found["description"]["value"]
    names = []
    for _ in range(7):
        pad.keyboard.press("Tab")
        names.append(
            pad.evaluate("""() => {
                const here = document.activeElement;
                const ring = getComputedStyle(here).outlineStyle;
                return `${(here.labels?.[0] ?? here).textContent}, ${ring}`;
            }""")
        )
    wanted = ["Undo", "Redo", "Clear", "Eraser", "Photo…", "Line width", "Keys"]
    assert names == [f"{name}, solid" for name in wanted]


def test_the_keys_are_told_on_the_page(pad):
    told_keys = cell(pad, "new").get_by_text("Arrow keys move the cursor")
    assert not told_keys.is_visible()
    click(pad, "Keys")
    assert told_keys.is_visible()
    assert button(pad, "Keys").get_attribute("aria-expanded") == "true"


def test_a_small_pad_that_was_fed_before_it_is_shown(pad):
    run(pad, "fed")
    paper(pad, "fed").wait_for()
    assert status(pad, "fed") == "2 strokes."
    assert drawn(pad, "fed") > 1000
    assert paper(pad, "fed").bounding_box()["width"] == 224
    assert cell(pad, "fed").locator(".nn-pad").bounding_box()["width"] < 330
    cut = "pads => pads.some(pad => pad.scrollWidth > pad.clientWidth)"
    assert not pad.locator(".nn-pad").evaluate_all(cut)
    names = pad.locator(".nn-pad-help").evaluate_all("all => all.map(one => one.id)")
    assert len(set(names)) == len(names) == 2, "each pad has keys of its own to tell"


def test_ink_is_dark_on_white_in_the_dark_theme(pad):
    pad.evaluate("document.body.dataset.jpThemeLight = 'false'")
    seven(pad)
    corner = "paper => [...paper.getContext('2d').getImageData(1, 1, 1, 1).data]"
    assert paper(pad).evaluate(corner) == [255, 255, 255, 255]
    assert drawn(pad) > 500
