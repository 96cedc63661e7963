"""The reading site in a browser, from the disk: questions answer, and no request leaves."""

import json
import random

import pytest

pytest.importorskip("myst_nb", reason="the group `site` is not installed")

from course import exercises
from course.ask import Choice, Number, Wrong, typed
from course.site import asked, build, markup
from tests.course.ask import test_typed as tables
from tools.store_notebooks import lessons

pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated. Check CHANGES")
PAGES = [f"{path.stem}.html" for path in lessons()] + ["index.html", "glossary.html", "search.html"]
ARCHITECTURE = "03_architecture.html"
MEGABYTES = 1e6
CONTRAST = "color-contrast"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("made") / "site"
    build.build(place, labs=False, say=lambda words: None)
    return place


class Visit:
    """A page from the disk; `left` are the requests that were for another place, all stopped."""

    def __init__(self, browser, folder, name, **context):
        self.context = browser.new_context(
            **{"viewport": {"width": 1366, "height": 768}, **context}
        )
        self.page, self.folder = self.context.new_page(), folder
        self.left, self.files, self.faults = [], set(), []
        self.page.route("**/*", self._let_through)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("requestfailed", lambda request: self.faults.append(request.url))
        self.go(name)

    def _let_through(self, route):
        url = route.request.url
        if url.startswith(("data:", "blob:", self.folder.as_uri())):
            self.files.add(url.partition("?")[0].partition("#")[0])
            return route.continue_()
        self.left.append(url)
        return route.abort()

    def go(self, name):
        self.page.goto(f"{self.folder.as_uri()}/{name}")
        self.page.evaluate("() => window.MathJax?.startup?.promise")

    def question(self, name):
        return self.page.locator(f"#question-{name}")

    def said(self, name):
        return self.question(name).locator(".course-said")

    def outcome(self, name):
        return self.page.locator(f"[data-outcome='{name}']")

    def bytes(self):
        """How much was loaded, in bytes."""
        paths = {url.removeprefix(f"{self.folder.as_uri()}/") for url in self.files}
        return sum((self.folder / path).stat().st_size for path in paths if ":" not in path)


@pytest.fixture
def visit(browser, folder):
    opened = []

    def open_page(name, **context):
        opened.append(Visit(browser, folder, name, **context))
        return opened[-1]

    yield open_page
    for one in opened:
        one.context.close()


def scroll_through(page):
    """Bring every part of the page into view, so that all pictures are asked for."""
    page.evaluate(
        """async () => {
            for (let y = 0; y < document.documentElement.scrollHeight; y += 600) {
                window.scrollTo(0, y);
                await new Promise(requestAnimationFrame);
            }
            await Promise.all([...document.images].map(one => one.decode()));
        }"""
    )


@pytest.mark.parametrize("name", PAGES)
def test_nothing_leaves_nothing_is_missing_and_the_page_is_light(visit, name):
    there = visit(name)
    scroll_through(there.page)
    assert (there.left, there.faults) == ([], [])
    assert there.bytes() < 3 * MEGABYTES
    drawn = "all => all.every(one => one.naturalWidth > 300 && one.alt)"
    assert there.page.locator(".cell_output img").evaluate_all(drawn)
    formulas = there.page.locator(".math")
    assert formulas.count() == there.page.locator(".math > mjx-container").count()
    assert there.page.locator("mjx-merror, [data-mml-node=merror]").count() == 0


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_shows_every_page_without_scrolling_sideways(visit, name):
    there = visit(name, viewport={"width": 360, "height": 740}, has_touch=True)
    scroll_through(there.page)
    assert there.page.evaluate("document.documentElement.scrollWidth") == 360


def heavy_faults(page, context=None, **options):
    """What axe finds serious or critical: (rule, place)."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe installed")
    options = {"resultTypes": ["violations"], **options}
    found = axe.Axe().run(page, context=context, options=options).response["violations"]
    heavy = [one for one in found if one["impact"] in ("serious", "critical")]
    return [(one["id"], node["target"]) for one in heavy for node in one["nodes"]]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_serious_fault_in_light_and_dark(visit, name):
    """Contrast, which takes axe long, of all but code and formulas: see the next test."""
    there = visit(name)
    assert not heavy_faults(there.page, rules={CONTRAST: {"enabled": False}})
    for scheme in ("light", "dark"):
        there.page.emulate_media(color_scheme=scheme)
        there.go(name)
        assert there.page.locator("html").get_attribute("data-theme") == scheme
        assert not heavy_faults(
            there.page, {"exclude": ["pre", "mjx-container"]}, runOnly=[CONTRAST]
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_code_and_formulas_can_be_read(visit, scheme):
    there = visit(ARCHITECTURE, color_scheme=scheme)
    parts = {"include": ["pre", "mjx-container"]}
    assert not heavy_faults(there.page, parts, runOnly=[CONTRAST])


def test_typed_numbers_are_read_as_in_python(visit):
    """All tables of tests/course/ask/test_typed.py, and texts made at random."""
    rng = random.Random(0)
    texts = [text for text, _ in tables.TABLE + tables.SPOKEN + tables.UNCLEAR]
    texts += tables.NOT_ONE + tables.RANGES + tables.BOMBS + tables.REFUSED + ["1" * 201, "½" * 300]
    texts += ["".join(rng.choices("0123456789.,+-*/^() ½²%=√'", k=k % 12 + 1)) for k in range(3000)]
    cases = [(text, "") for text in texts if text != "\ud800"]  # no text for a browser
    cases += [("25 %", "%"), ("3 s", "s"), ("3s", "s"), ("5 ‰", "%"), ("3 s", "%"), ("ten", "%")]
    read = visit("index.html").page.evaluate(
        """cases => cases.map(([text, unit]) => {
            try { return courseNumbers.readings(text, unit); }
            catch (error) { return error.message; }
        })""",
        cases,
    )
    assert sum(isinstance(one, list) for one in read) > 400
    for (text, unit), found in zip(cases, read, strict=True):
        wanted = in_python(text, unit)
        close = wanted if isinstance(wanted, str) else pytest.approx(wanted, rel=1e-13)
        assert found == close, text


def in_python(text, unit):
    try:
        return typed.readings(text, unit)
    except Wrong as wrong:
        return str(wrong)


def answers_to(one):
    """Answers to a Number: what is right and wrong in it, near those, and unreadable ones."""
    around = [one.right_answer, *one.mistakes, *(f * one.right_answer for f in one.factors)]
    step = one.tolerance or 1
    near = [value + part * step for value in around for part in (-2, -0.9, -0.3, 0, 0.3, 0.9, 2)]
    return [f"{value:.10g}" for value in [*near, 0, 1e6, -1e6]] + [
        "about 3",
        "7,500",
        "many",
        "2-5",
    ]


def test_a_question_says_on_the_page_what_it_says_in_python(visit):
    """Every number and every choice of the course: outcome and words, for many answers."""
    asks = [one for one in exercises.all() if isinstance(one, (Number, Choice))]
    assert len(asks) > 150
    rows = [
        (one, answer)
        for one in asks
        for answer in (one.letters if isinstance(one, Choice) else answers_to(one))
    ]
    judged = visit("index.html").page.evaluate(
        "rows => rows.map(([known, answer]) => courseQuestions.judge(known, answer))",
        [(json.loads(json.dumps(asked.known(one))), answer) for one, answer in rows],
    )
    for (one, answer), found in zip(rows, judged, strict=True):
        feedback = one.judge(answer)
        wanted = (feedback.outcome, markup.inline(feedback.message))
        assert (found["outcome"], unescaped(found["html"])) == (wanted[0], unescaped(wanted[1])), (
            one.name,
            answer,
        )


def unescaped(html):
    return html.replace("&#34;", '"').replace("&quot;", '"').replace("&#38;", "&amp;")


def test_a_guess_is_kept_without_a_word_and_told_beside_what_came_out(visit):
    there = visit(ARCHITECTURE)
    assert there.outcome("03-lines").evaluate("one => one.open") is False
    kept = there.outcome("03-lines").locator(".course-kept")
    assert kept.text_content() == "You kept no guess."
    field = there.question("03-lines").locator("input")
    field.fill("6*4")
    field.press("Enter")
    assert there.said("03-lines").inner_text() == "Your guess is kept: 6*4."
    there.outcome("03-lines").locator("summary").click()
    assert "24 + 12 + 3 = 39" in there.outcome("03-lines").inner_text()
    assert kept.inner_text().startswith("You guessed 6*4. It came out otherwise. This is the first")
    there.page.reload()  # it is still there
    assert field.input_value() == "6*4"
    assert kept.text_content().startswith("You guessed 6*4.")
    there.question("03-lines").get_by_role("button", name="Clear").click()
    assert kept.text_content() == "You kept no guess."
    assert there.said("03-lines").inner_text() == ""
    there.page.reload()
    assert field.input_value() == ""


def test_a_choice_a_number_and_a_guess_are_answered_by_keyboard_alone(visit):
    there = visit(ARCHITECTURE)
    press = there.page.keyboard.press
    choice = there.question("03-another-task")
    choice.locator("input").first.focus()
    press("ArrowDown")  # the second one
    press("Enter")
    assert there.said("03-another-task").inner_text().startswith(("Right.", "Not yet."))
    number = there.question("03-nine-or-not")
    number.locator("input").focus()
    there.page.keyboard.type("4096*50 + 50 + 50 + 1")
    press("Enter")
    assert there.said("03-nine-or-not").inner_text().startswith("Right.")
    number.locator("input").focus()
    for _ in range(2):
        press("Tab")  # Check, Hint
    press("Space")
    assert there.said("03-nine-or-not").inner_text().startswith("Hint 1 of ")
    guess = there.question("03-outputs")
    guess.locator("textarea").focus()
    there.page.keyboard.type("<b>four</b>, as bits")
    press("Tab")
    press("Enter")
    words = "Your guess is kept: “<b>four</b>, as bits”."
    assert there.said("03-outputs").inner_text() == words


def test_hints_come_one_after_the_other_and_then_the_solution(visit):
    there = visit(ARCHITECTURE)
    one = next(one for one in exercises.all() if one.name == "03-nine-or-not")
    question, said = there.question(one.name), there.said(one.name)
    for number in range(1, len(one.hints) + 1):
        question.get_by_role("button", name="Hint").click()
        assert said.inner_text().startswith(f"Hint {number} of {len(one.hints)}.")
    question.get_by_role("button", name="Hint").click()
    assert said.inner_text().startswith("There are no more hints")
    question.get_by_role("button", name="Solution").click()
    assert "204,901" in said.inner_text()


def test_nothing_typed_is_said_to_be_nothing(visit):
    there = visit(ARCHITECTURE)
    there.question("03-another-task").get_by_role("button", name="Check").click()
    words = "Not attempted yet. Choose an option first."
    assert there.said("03-another-task").inner_text() == words
    there.question("03-lines").get_by_role("button", name="Keep my guess").click()
    assert there.said("03-lines").inner_text() == "Type it first."


def test_all_answers_can_be_forgotten_at_once(visit):
    there = visit(ARCHITECTURE)
    field = there.question("03-lines").locator("input")
    field.fill("39")
    field.press("Enter")
    there.go("index.html")
    forget = there.page.get_by_role("button", name="Forget all my answers")
    assert "1 of your answers" in there.page.locator(".course-forget").inner_text()
    forget.click()
    assert "No answers are kept" in there.page.locator(".course-forget").inner_text()
    there.go(ARCHITECTURE)
    assert there.question("03-lines").locator("input").input_value() == ""


def test_a_browser_that_keeps_nothing_still_answers(visit):
    there = visit(ARCHITECTURE)
    there.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('forbidden'); }})"
    )
    there.page.reload()
    there.faults.clear()  # the theme's own
    field = there.question("03-nine-or-not").locator("input")
    field.fill("204901")
    field.press("Enter")
    assert there.said("03-nine-or-not").inner_text().startswith("Right.")
    assert not there.faults


def test_the_search_finds_a_word_from_the_disk(visit):
    there = visit("index.html")
    there.go("search.html?q=backpropagation")
    there.page.locator("#search-results li a").first.wait_for()
    found = there.page.locator("#search-results li a").all_inner_texts()
    assert any("Backpropagation" in one for one in found)
    there.page.locator("#search-results li a").first.click()
    assert there.page.url.partition("?")[0].partition("#")[0].endswith(".html")
    assert (there.left, there.faults) == ([], [])


def test_a_figure_folds_its_code_and_the_keyboard_unfolds_it(visit):
    there = visit(ARCHITECTURE)
    fold = there.page.locator("details", has_text="Show the code that draws this").first
    code = fold.locator("pre")
    assert not code.is_visible()
    fold.locator("summary").focus()
    there.page.keyboard.press("Enter")
    assert code.is_visible()


def test_paper_has_the_text_and_the_pictures_and_no_buttons(visit):
    there = visit(ARCHITECTURE)
    there.page.emulate_media(media="print")
    assert not there.page.locator(".course-buttons").first.is_visible()
    assert not there.page.locator(".bd-sidebar-primary").is_visible()
    assert there.page.locator(".cell_output img").first.is_visible()
    assert there.question("03-lines").is_visible()
