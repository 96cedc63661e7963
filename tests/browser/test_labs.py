"""Every lab of every lesson in JupyterLab: it fits, answers keys, mouse and touch, and says so."""

import statistics

import pytest

from tests.browser.conftest import axe_faults, wait_for
from tests.browser.labs import (
    COUNT,
    LABS,
    PLAYED,
    QUICK,
    TRAINS,
    at_the_end,
    digest,
    output,
    page_of_labs,
    picture,
    pressed,
    sentence,
    there_and_back,
)

SLOWEST = 0.45  # seconds from a key to its picture: five times what is wanted, for a busy machine
PRESSES = 3
# How many keys were sent to the parts of a lab, and how many of them its notebook heard.
HEARD = """output => {
    const notebook = output.closest(".jp-Notebook"), lab = output.querySelector(".nn-lab");
    const parts = lab.querySelectorAll("[tabindex], button, input, select");
    let heard = 0;
    const count = () => { heard += 1 };
    notebook.addEventListener("keydown", count);
    const key = () => new KeyboardEvent("keydown", {key: "d", bubbles: true});
    for (const one of parts) one.dispatchEvent(key());
    notebook.removeEventListener("keydown", count);
    return [parts.length, heard];
}"""
BUTTONS = {  # in an order that ends where it began
    "BackpropLab": ["Take the step"],
    "BlameLab": ["Take the step"],
    "FogLab": ["Step", "Lift the fog", "Start again"],
    "IdleLab": ["All on"],
    "LearnLab": ["Learn"],
    "LedgerLab": ["Next seed"],
    "PollLab": ["Ask again"],
    "RuleLab": ["Train a network"],
    "WatchLab": ["Next mistake"],
}


@pytest.fixture(scope="module")
def page(server, browser):
    """JupyterLab on all labs; it takes mouse and fingers."""
    with page_of_labs(server, browser, has_touch=True) as page:
        yield page


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
    there, back = there_and_back(lab)
    said, shown = sentence(lab), digest(lab)
    pressed(page, lab, there)
    wait_for(lambda: digest(lab) != shown, 60, f"{name} shows the same")
    pressed(page, lab, back)
    wait_for(lambda: sentence(lab) == said, 60, f"{name} does not say again what it said")
    wait_for(lambda: digest(lab) == shown, 60, f"{name} shows another picture")


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
    page.keyboard.press(there_and_back(lab)[0])
    wait_for(lambda: sentence(lab) != said, 60, f"{name} says the same")


def test_a_picture_follows_its_key_at_once(page, capsys):
    medians = {}
    for name in QUICK:
        lab = output(page, name)
        seconds = [pressed(page, lab, key) for key in there_and_back(lab) * (1 + PRESSES)]
        medians[name] = statistics.median(seconds[2:])
    with capsys.disabled():
        print("\nmedian milliseconds from a key to its picture:")
        for name, seconds in sorted(medians.items(), key=lambda pair: -pair[1]):
            print(f"    {name:16} {1000 * seconds:5.0f}")
    assert max(medians.values()) < SLOWEST, medians


LONG_ENOUGH = 4000  # milliseconds in which pictures are counted
SLOWEST_PLAY = 50  # pictures a second times milliseconds of a picture: one in twenty on time


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
        milliseconds = max(10 * every, LONG_ENOUGH)
        shown = picture(lab).evaluate(COUNT, milliseconds)
        found[name] = shown / (milliseconds / 1000)
        if play.locator(".fa-pause").count():  # it has not come to its end
            play.click()
        assert comes_to_rest(picture(lab), 2 * every), f"{name} does not stop"
    with capsys.disabled():
        print("\npictures a second while it plays:")
        for name, rate in found.items():
            print(f"    {name:16} {rate:4.1f} of {1000 / PLAYED[name]:.1f}")
    slow = {name: rate for name, rate in found.items() if rate < SLOWEST_PLAY / PLAYED[name]}
    assert not slow


def test_play_at_the_end_starts_over(page):
    lab = output(page, "ReadingLab")
    lab.locator(".noUi-handle").first.focus()
    page.keyboard.press("End")
    wait_for(lambda: at_the_end(lab), 10, "the slider is not at its end")
    lab.locator(".course-play button").first.click()
    wait_for(lambda: not at_the_end(lab), 120, "it does not start over")
    wait_for(lambda: lab.locator(".course-play .fa-play").count(), 120, "it does not end")
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


def test_every_lab_is_told_in_words_and_axe_finds_no_fault(page):
    for name in LABS:
        lab = output(page, name)
        assert picture(lab).get_attribute("alt") == sentence(lab) != "", name
    assert axe_faults(page, ".jp-OutputArea-output") == []


def test_no_key_in_any_lab_reaches_the_notebook(page):
    heard = {name: output(page, name).evaluate(HEARD) for name in LABS}
    assert {name: numbers[1] for name, numbers in heard.items() if numbers[1]} == {}
    assert min(sent for sent, _ in heard.values()) > 0


def track(lab):
    """(left, right, height) of the track of the first slider, on the page."""
    slider = lab.locator(".noUi-target").first
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    return box["x"], box["x"] + box["width"], box["y"] + box["height"] / 2


def drag(page, start, end, y):
    page.mouse.move(start, y)
    page.mouse.down()
    page.mouse.move((start + end) / 2, y, steps=2)
    page.mouse.move(end, y, steps=2)
    page.mouse.up()


def click(page, _, end, y):
    page.mouse.click(end, y)


def tap(page, _, end, y):
    page.touchscreen.tap(end, y)


def swipe(page, start, end, y):
    session = page.context.new_cdp_session(page)
    for kind, x in (("touchStart", start), ("touchMove", (start + end) / 2), ("touchMove", end)):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


def value_of(lab):
    return float(lab.locator(".noUi-handle").first.get_attribute("aria-valuenow"))


def to_the_other_side(page, lab, move):
    """Move the first slider to the end of its track that is farther away."""
    left, right, y = track(lab)
    box = lab.locator(".noUi-handle").first.bounding_box()
    start = box["x"] + box["width"] / 2
    move(page, start, left + 2 if start > (left + right) / 2 else right - 2, y)


@pytest.mark.parametrize("name", QUICK)
def test_mouse_and_finger_move_the_slider_and_picture_and_words_follow(page, name):
    lab = output(page, name)
    for move in (drag, click, tap, swipe):
        assert comes_to_rest(picture(lab), 500)
        said, shown, value = sentence(lab), digest(lab), value_of(lab)
        to_the_other_side(page, lab, move)
        what = f"{name}: {move.__name__}"
        wait_for(lambda was=value: value_of(lab) != was, 60, f"{what} does not move the slider")
        wait_for(lambda was=shown: digest(lab) != was, 60, f"{what} shows the same")
        wait_for(lambda was=said: sentence(lab) != was, 60, f"{what} says the same")
        wait_for(
            lambda: picture(lab).get_attribute("alt") == sentence(lab), 10, f"{what}: other words"
        )


def named_buttons(lab):
    """The buttons with words, but for those of a pad."""
    return lab.locator(".nn-lab button.widget-button").all_inner_texts()


def button(lab, words):
    """By its words: an icon is a letter of the name that a browser gives it."""
    return lab.locator("button.widget-button", has_text=words)


def by_mouse(_, button):
    button.click()


def by_keys(page, button):
    button.focus()
    page.keyboard.press("Space")


def test_every_button_is_pressed_here_or_in_a_test_of_its_own(page):
    found = {name: named_buttons(output(page, name)) for name in LABS}
    stops = dict.fromkeys([*TRAINS, "WardLab"], ["Stop"]) | {
        "TrainingLab": ["Train on everything", "Stop"]
    }
    written = {"CollectLab": ["Keep", "Undo the last keep"]}  # test_handwriting.py
    progress = {"ExercisesLab": ["Look again"]}  # tests/course/lesson08
    wanted = BUTTONS | stops | written | progress
    assert {name: words for name, words in found.items() if words} == wanted


@pytest.mark.parametrize("press", [by_mouse, by_keys])
@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_changes_what_is_shown(page, name, press):
    lab = output(page, name)
    if name == "IdleLab":  # all are on at first
        said = sentence(lab)
        lab.locator(".widget-toggle-button").last.click()
        wait_for(lambda: sentence(lab) != said, 20, "the neuron is not off")
    for words in BUTTONS[name]:
        shown = digest(lab)
        press(page, button(lab, words))
        wait_for(lambda was=shown: digest(lab) != was, 60, f"{words} shows the same")
        alt = picture(lab).get_attribute
        wait_for(lambda alt=alt: alt("alt") == sentence(lab), 10, f"{words}: other words")


def test_stop_ends_a_long_training(page):
    lab = output(page, "TrainingLab")
    stop, everything = button(lab, "Stop"), button(lab, "Train on everything")
    epochs = lab.get_by_role("slider", name="epochs")
    epochs.focus()
    page.keyboard.press("End")
    most = int(float(epochs.get_attribute("aria-valuemax")))
    wait_for(lambda: f"{most} epochs" in sentence(lab), 60, "the short run does not end")
    everything.click()
    wait_for(everything.is_disabled, 20, "the long run does not begin")
    stop.click()
    wait_for(everything.is_enabled, 60, "it does not stop")
    assert f"{most} epochs" not in sentence(lab)
