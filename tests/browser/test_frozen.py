"""Frozen labs on a page that was opened from the disk, beside the live labs."""

import base64
import io
import random
import statistics

import numpy as np
import pytest
from PIL import Image

from course.lesson01 import LearnLab, PerceptronLab
from course.lesson05 import PollLab
from course.live import frozen
from course.live.frozen import choices, freezing, pack
from tests.browser.conftest import wait_for
from tests.browser.labs import FIRST, LABS

TRIED = 3  # settings of each lab, drawn at random from those that it freezes
SLOWEST = 0.25  # seconds of a step: five times what is wanted, for a busy machine
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Frozen labs</title><style>
body {{ margin: 1em; font-family: sans-serif }}
@media (prefers-color-scheme: dark) {{ body {{ color: #ddd; background: #111 }} }}
{style}</style></head><body><main><h1>Frozen labs</h1>{labs}</main>
<script>{script}</script></body></html>"""
TIMED = """([name, key]) => new Promise(done => {
    const lab = document.querySelector(`[data-frozen="${name}"]`), since = performance.now();
    const seen = new MutationObserver(() => requestAnimationFrame(() => {
        seen.disconnect();
        done((performance.now() - since) / 1000);
    }));
    seen.observe(lab, {attributes: true, attributeFilter: ["data-shown"]});
    const slider = lab.querySelector("input[type=range]:enabled");
    slider.value = Number(slider.value) + key;
    slider.dispatchEvent(new Event("input"));
})"""
SHOW = """async ([name, n]) => {
    const lab = document.querySelector(`[data-frozen="${name}"]`);
    await lab.frozenLab.load();
    await lab.frozenLab.show(n);
    const controls = [...lab.querySelectorAll("[data-control]:enabled")];
    return {
        picture: lab.querySelector("canvas").toDataURL().split(",")[1],
        sentence: lab.querySelector("[role=status]").textContent,
        alt: lab.querySelector("img").alt,
        words: controls.filter(one => one.type !== "button").map(one =>
            one.type === "checkbox" ? (one.checked ? "True" : "False")
            : one.tagName === "SELECT" ? one.selectedOptions[0].text
            : one.getAttribute("aria-valuetext")),
    };
}"""


def write_page(folder, fragments):
    style, script = (path.read_text(encoding="utf-8") for path in frozen.assets())
    labs = "".join(fragment.html for fragment in fragments)
    page = folder / "page.html"
    page.write_text(PAGE.format(style=style, script=script, labs=labs), encoding="utf-8")
    return page.as_uri()


@pytest.fixture(scope="module")
def frozen_whole(tmp_path_factory):
    """A page with three labs, and its folder."""
    folder = tmp_path_factory.mktemp("whole")
    learn, line, poll = LearnLab("XOR"), PerceptronLab(target="OR"), PollLab()
    slices = [{"w1": value} for value in range(-5, 6)] + [{"b": value} for value in range(-5, 6)]
    learned = [{"examples": value} for value in range(9)]
    fragments = [
        frozen.freeze(poll, folder, "poll"),
        frozen.freeze(line, folder, "line", slices),
        frozen.freeze(learn, folder, "learn", learned),
    ]
    return write_page(folder, fragments), folder


@pytest.fixture
def open_page(browser):
    """A function that opens an address and returns the page; what it asks for is recorded."""
    pages = []

    def opened(address, **options):
        context = browser.new_context(**{"viewport": {"width": 1366, "height": 768}} | options)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(address)
        pages.append(context)
        return page

    yield opened
    for page in pages:
        page.close()


@pytest.fixture
def page(open_page, frozen_whole):
    return open_page(frozen_whole[0])


def lab(page, name):
    return page.locator(f'[data-frozen="{name}"]')


def control(page, name, which):
    return lab(page, name).locator(f'[data-control="{which}"]')


def says(page, name, words):
    """Wait until the sentence of a lab has these words."""
    sentence = lab(page, name).locator("[role=status]")
    wait_for(lambda: words in sentence.inner_text(), 10, f"{name} does not say {words!r}")


def cuts():
    """For each lab its name, the lab, and settings drawn from those that it freezes."""
    names, drawn = {}, random.Random(0)
    exec(FIRST, names)
    for name, source in LABS.items():
        made = eval(source, names)
        _, *others = choices.settings(made) if made.frozen_controls() else [{}]
        # What takes seconds on this computer takes other seconds the next time.
        others = [one for one in others if one.get("axis") != "seconds"]
        yield name, made, drawn.sample(others, min(TRIED, len(others)))


def pixels(packed):
    return np.asarray(Image.open(io.BytesIO(packed)).convert("RGB")).astype(int)


def alike(one, other):
    """Whether two pictures differ by half a shade at most, but for the edge of a line or two."""
    return np.quantile(abs(pixels(one) - pixels(other)), 0.9995) <= pack.STEP / 2


def test_every_lab_shows_and_says_what_the_live_one_does(open_page, tmp_path):
    fragments, lives = [], {}
    for name, made, settings in cuts():
        before = made.sentence, bytes(made.picture.value)
        fragments.append(frozen.freeze(made, tmp_path, name, settings))
        assert made.sentence == before[0], f"{name} is not left as it was"
        assert alike(bytes(made.picture.value), before[1]), f"{name} is not left as it was"
        lives[name] = [(made.sentence, bytes(made.picture.value), None)]
        for setting in settings:
            if not freezing.move(made, setting):
                continue
            said = [choices.words(one, one.value) for one in made.frozen_controls().values()]
            lives[name].append((made.sentence, bytes(made.picture.value), said))
    page = open_page(write_page(tmp_path, fragments))
    for name, settings in lives.items():
        for n, (sentence, picture, words) in enumerate(settings):
            shown = page.evaluate(SHOW, [name, n])
            assert shown["sentence"] == shown["alt"] == sentence, name
            assert alike(base64.b64decode(shown["picture"]), picture), f"{name}, setting {n}"
            assert words is None or set(shown["words"]) <= set(words), name
    assert len(lives) == len(LABS)
    assert [name for name, settings in lives.items() if len(settings) < 2] == ["CollectLab"]


def test_keys_move_a_slider_and_picture_sentence_and_number_follow(page):
    slider = control(page, "poll", "m")
    slider.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
    says(page, "poll", "40 polls of m = 5:")
    assert slider.get_attribute("aria-valuetext") == "5"
    assert lab(page, "poll").locator("output").first.inner_text() == "5"
    assert lab(page, "poll").locator("img").get_attribute("alt").startswith("40 polls of m = 5:")
    page.keyboard.press("End")
    says(page, "poll", "40 polls of m = 1,000:")


def test_keys_do_not_leave_the_lab(page):
    page.evaluate("() => { window.keys = 0; addEventListener('keydown', () => { keys += 1 }) }")
    control(page, "poll", "m").focus()
    page.keyboard.press("ArrowRight")
    says(page, "poll", "m = 2:")
    assert page.evaluate("() => keys") == 0


def test_a_button_goes_on_and_begins_again(page):
    shown = []
    for presses in range(1, 7):
        control(page, "poll", "asked").click()
        page.wait_for_function(
            "n => document.querySelector('[data-frozen=poll]').dataset.shown % 6 === n % 6",
            arg=presses,
        )
        shown.append(lab(page, "poll").get_attribute("data-shown"))
    assert len(set(shown)) == 6
    assert shown[-1] == "0"


def test_a_setting_that_is_not_kept_goes_to_the_nearest_with_this_value(page):
    moves = ("w1", "5", "5 x1 + 2 x2 - 3"), ("b", "0", "2 x1 + 2 x2 - 5")
    for which, value, words in moves:
        control(page, "line", which).fill(value if which == "b" else "10")
        says(page, "line", f"w·x + b = {words}")
    assert control(page, "line", "w1").get_attribute("aria-valuetext") == "2"
    assert control(page, "line", "w1").input_value() == "7"


def test_what_is_not_kept_stands_still(page):
    assert control(page, "line", "w2").is_disabled()
    assert control(page, "learn", "target").is_disabled()
    assert lab(page, "line").get_by_text("What is gray needs the notebook.").is_visible()


def test_play_plays_to_the_end_and_begins_again(page):
    play = lab(page, "learn").get_by_role("button", name="Play")
    play.click()
    says(page, "learn", "example 4 of pass 2")
    wait_for(lambda: play.count() == 1, 10, "it does not end")
    play.click()
    says(page, "learn", "example 1 of pass 1")
    lab(page, "learn").get_by_role("button", name="Pause").click()
    assert play.get_attribute("aria-pressed") == "false"


def test_who_wants_less_motion_is_offered_none(open_page, frozen_whole):
    page = open_page(frozen_whole[0], reduced_motion="reduce")
    assert not page.get_by_text("Play", exact=True).is_visible()
    assert control(page, "learn", "examples").is_visible()


def test_a_step_is_seen_at_once(page, capsys):
    lab(page, "poll").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    steps = [page.evaluate(TIMED, ["poll", way]) for way in [1] * 9 + [-1] * 9]
    median = statistics.median(steps)
    with capsys.disabled():
        print(f"\na step of a frozen lab: {1000 * median:.0f} ms")
    assert median < SLOWEST


def test_the_first_picture_is_there_before_the_pack(open_page, frozen_whole):
    page = open_page(frozen_whole[0], java_script_enabled=False)
    image = lab(page, "learn").locator("img")
    assert image.evaluate("image => image.complete && image.naturalWidth") == 1880
    assert not [url for url in page.asked if url.endswith(".js")]


def test_packs_are_loaded_when_their_lab_is_near_and_nothing_else_is(open_page, frozen_whole):
    page = open_page(frozen_whole[0], viewport={"width": 1366, "height": 300})
    page.wait_for_timeout(500)
    packs = {url.rpartition("/")[2] for url in page.asked if url.endswith(".js")}
    assert "poll.js" in packs
    assert "learn.js" not in packs
    lab(page, "learn").scroll_into_view_if_needed()
    page.wait_for_function("() => 'learn' in frozenPacks")
    assert not [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))]


def test_a_page_without_its_pack_says_what_is_missing(open_page, frozen_whole, tmp_path):
    alone = tmp_path / "page.html"
    alone.write_bytes((frozen_whole[1] / "page.html").read_bytes())
    page = open_page(alone.as_uri())
    says(page, "poll", "The file poll.js, which holds the other pictures, could not be loaded")
    assert control(page, "poll", "m").is_disabled()


def test_a_printed_page_has_picture_and_sentence_of_the_start(page):
    control(page, "poll", "m").fill("4")
    says(page, "poll", "m = 20:")
    page.emulate_media(media="print")
    poll = lab(page, "poll")
    assert not poll.locator("canvas").is_visible()
    assert not poll.locator("input").is_visible()
    assert not poll.locator("[role=status]").is_visible()
    assert poll.locator("img").is_visible()
    assert "m = 1:" in poll.locator(".frozen-start").inner_text()
    page.emulate_media(media="screen")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_labs_have_no_serious_fault_for_assistive_technology(open_page, frozen_whole, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
    page = open_page(frozen_whole[0], color_scheme=scheme)
    found = axe.Axe().run(page).response["violations"]
    assert not [one for one in found if one["impact"] in ("serious", "critical")]


def test_a_narrow_page_does_not_scroll_sideways(page):
    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    assert lab(page, "line").locator("img").bounding_box()["width"] <= 360
