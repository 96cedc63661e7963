"""The decks in Chromium: nothing is cut off, large letters, keys, notes, print, no request."""

import json
from pathlib import Path

import nbformat
import pytest

from course.paths import ROOT

reason = "the group `site` is not installed"
pytest.importorskip("sphinx_revealjs", reason=reason)
pytest.importorskip("myst_nb", reason=reason)

from course.lesson01 import DecisionLab  # noqa: E402  what slides need may be missing
from course.live import frozen  # noqa: E402
from course.teach import slides  # noqa: E402
from course.teach.slides import deck, outline  # noqa: E402

LESSONS = sorted(path.name[:2] for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
EVERY_SLIDE = """() => Array.from(document.querySelectorAll(".slides section > section"), slide => {
    const {h, v} = deckOfCourse.getIndices(slide);
    deckOfCourse.slide(h, v);
    const sheet = slide.querySelector(".sheet"), room = sheet.getBoundingClientRect();
    const inside = Array.from(sheet.querySelectorAll("*")).filter(one =>
        !one.closest("mjx-assistive-mml") && !one.closest("pre *") && !one.closest("svg *"));
    const outside = inside.filter(one => {
        const box = one.getBoundingClientRect();
        return box.width && box.height && (box.right > room.right + 1 || box.left < room.left - 1
            || box.bottom > room.bottom - 8 || box.top < room.top);
    });
    const small = inside.filter(one => {
        const nodes = Array.from(one.childNodes);
        const written = nodes.some(node => node.nodeType === 3 && node.data.trim());
        const least = one.closest("pre, .data, code") ? 22 : 28;
        return written && parseFloat(getComputedStyle(one).fontSize) < least;
    });
    const formulas = Array.from(sheet.querySelectorAll(".body mjx-container > svg"));
    const tiny = formulas.filter(one => one.clientWidth * 1000 < 28 * one.viewBox.baseVal.width);
    const text = Array.from(sheet.querySelectorAll(".body :is(p, li)"), one => {
        const copy = one.cloneNode(true);
        copy.querySelectorAll("mjx-container").forEach(formula => formula.replaceWith("x"));
        return copy.textContent.trim();
    });
    return {
        title: sheet.querySelector("h2").innerText,
        kind: sheet.className,
        shown: room.width === innerWidth && room.height === innerHeight,
        outside: outside.map(one => one.outerHTML.slice(0, 80)),
        small: small.concat(tiny).map(one => one.outerHTML.slice(0, 80)),
        words: text.join(" ").split(/\\s+/).length,
        hasTable: sheet.querySelector("table") !== null,
    };
})"""

KINDS = """() => Object.fromEntries(
    Array.from(document.querySelectorAll(".slides section > section"), slide => {
        const {h, v} = deckOfCourse.getIndices(slide);
        const code = slide.querySelector(".body pre") ? " code" : "";
        const table = slide.querySelector(".body table") ? " table" : "";
        return [slide.firstElementChild.classList[1] + code + table, [h, v]];
    }))"""


@pytest.fixture(scope="module")
def decks(tmp_path_factory):
    """A function that returns the path of the deck of a lesson, its labs as pictures."""
    folder, made = tmp_path_factory.mktemp("decks"), {}

    def deck_of(number):
        if number not in made:
            made[number] = folder / f"{number}.html"
            slides.write(number, made[number], labs=False)
        return made[number]

    return deck_of


@pytest.fixture(scope="module")
def deck_with_lab(tmp_path_factory):
    """The deck of lesson 01 with its first lab frozen at seven thresholds."""
    folder = tmp_path_factory.mktemp("lab")
    settings = [{"threshold": value} for value in range(7)]
    made = frozen.freeze(DecisionLab(), folder, "01-1", settings=settings)
    notebook = nbformat.read(slides.lessons()["01"], as_version=4)
    cell = next(cell for cell in notebook.cells if "DecisionLab()" in cell.source)
    cell.outputs[0].data = {"text/html": made.html, "text/plain": made.text}
    path = folder / "deck.html"
    text = deck.page("01", outline.stacks(notebook, "01"), [made.pack])
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, decks):
    """A function that opens the deck of a lesson, or a file; the page has requests and errors."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})

    def page(which, ending=""):
        path = which if isinstance(which, Path) else decks(which)
        page = context.new_page()
        page.requests, page.errors = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(path.as_uri() + ending)
        page.wait_for_selector(".reveal.ready", timeout=60_000)
        return page

    yield page
    context.close()


def indices(page):
    return page.evaluate("deckOfCourse.getIndices()")


@pytest.mark.parametrize("number", LESSONS)
def test_nothing_is_cut_off_and_letters_are_large(opened, number):
    page = opened(number)
    found = page.evaluate(EVERY_SLIDE)
    assert len(found) > 40
    assert all(one["shown"] for one in found)
    cut = [(one["title"], one["outside"][:2]) for one in found if one["outside"]]
    assert not cut, json.dumps(cut, indent=1)
    small = [(one["title"], one["small"][:2]) for one in found if one["small"]]
    assert not small, json.dumps(small, indent=1)
    full = [one for one in found if one["words"] > 60 and not one["hasTable"]]
    assert {one["kind"].split()[1] for one in full} <= {"question"}
    others = [url for url in page.requests if not url.startswith("data:")]
    assert (len(others), page.errors) == (1, [])


def test_keys_typed_on_a_control_stay_there_and_escape_leaves_it(opened):
    page = opened("01")
    page.evaluate("""() => {
        const slider = document.createElement("input");
        Object.assign(slider, {type: "range", min: 0, max: 10, value: 5});
        document.querySelector("section.present .body").append(slider);
        slider.focus();
    }""")
    begun = indices(page)
    for key in ("ArrowRight", "PageUp", "Space", "s", "f"):
        page.keyboard.press(key)
    assert indices(page) == begun
    assert page.evaluate("document.activeElement.value") != "5"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.body")
    page.keyboard.press("Space")
    assert indices(page) != begun
    assert not page.evaluate("deckOfCourse.isOverview()")


def test_the_space_bar_leads_through_all_slides_also_the_second_time(opened):
    page = opened("00")
    page.evaluate(EVERY_SLIDE)
    page.evaluate("deckOfCourse.slide(0, 1)")  # at the very first slide all stacks are reset
    seen = []
    for _ in range(20):
        seen.append(page.evaluate("deckOfCourse.getSlidePastCount()"))
        page.keyboard.press("Space")
    assert seen == list(range(1, 21))


def test_a_control_is_left_with_its_slide(opened):
    page = opened("01")
    page.evaluate("""() => {
        const box = document.createElement("input");
        document.querySelector("section.present .body").append(box);
        box.focus();
        deckOfCourse.next();
    }""")
    begun = indices(page)
    page.keyboard.press("Space")
    assert indices(page) != begun


def test_a_lab_answers_on_its_slide(opened, deck_with_lab):
    page = opened(deck_with_lab)
    found = page.evaluate(EVERY_SLIDE)
    assert not [one for one in found if one["outside"] or one["small"]]
    at = next(n for n, one in enumerate(found) if "lab" in one["kind"].split())
    page.evaluate("deckOfCourse.slide(0, 0)")
    for _ in range(at):
        page.keyboard.press("Space")
    begun, slider = indices(page), page.get_by_label("threshold")
    said = page.locator(".present [role=status]")
    before = said.inner_text()
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(
        "before => document.querySelector('.present [role=status]').innerText !== before",
        arg=before,
    )
    assert "the threshold 4" in said.inner_text()
    assert indices(page) == begun
    assert page.locator(".present canvas").is_visible()
    assert not page.errors
    page.keyboard.press("Escape")
    page.keyboard.press("Space")
    assert indices(page) != begun
    assert [url for url in page.requests if not url.startswith(("data:", "blob:"))] == [
        deck_with_lab.as_uri()
    ]


def test_notes_open_from_the_disk(opened):
    page = opened("05")
    page.evaluate("deckOfCourse.slide(1, 0)")
    with page.context.expect_page() as opening:
        page.keyboard.press("s")
    notes = opening.value.locator(".speaker-controls-notes .value")
    notes.wait_for()
    opening.value.wait_for_function(
        "document.querySelector('.speaker-controls-notes .value').innerText.includes('23,860')"
    )
    assert "Must you read all 60,000 images" in notes.inner_text()


def test_every_slide_is_a_page_in_print(opened):
    page = opened("00", "?print-pdf")
    page.wait_for_selector("html.print-pdf .pdf-page")
    count = page.evaluate("document.querySelectorAll('.slides section > .sheet').length")
    assert page.evaluate("document.querySelectorAll('.pdf-page').length") == count
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == count


def test_axe_finds_no_serious_fault(opened):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe").Axe()
    page = opened("03")
    kinds = page.evaluate(KINDS)
    assert {"cover", "text code", "question", "answer", "picture"} <= set(kinds)
    for kind, (h, v) in kinds.items():
        page.evaluate(f"deckOfCourse.slide({h}, {v})")
        found = axe.run(page).response["violations"]
        assert not [one["id"] for one in found if one["impact"] in ("serious", "critical")], kind
