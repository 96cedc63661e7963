"""TEACHING.md: its tables add up, what it names is there, its times are those of the lessons."""

import re

import pytest

from course.__main__ import parser
from course.paths import ROOT
from tests.course.test_words import SECOND_WORDS
from tests.notebooks.test_minutes import STATED
from tests.teaching import pages, plans, run_times
from tools.store_notebooks import lessons

TEACHING = ROOT / "TEACHING.md"
DOCUMENTS = [TEACHING, *plans.PLANS]
TEXT = TEACHING.read_text(encoding="utf-8")
PARTS = plans.parts(TEXT)
GLANCE = {row[0][1:3]: row for row in plans.rows(TEXT.partition("\n## ")[0])}
LINK = re.compile(r"\]\(([^)#\s]*)(#[^)\s]*)?\)")
QUICK = "02"  # the lesson whose time is measured
FACTOR = 5  # how much slower or quicker another computer may be


def anchors(path):
    """The anchors that GitHub gives to the headings of a Markdown file."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def minutes(heading):
    """The minutes of the table under a heading, added up."""
    return sum(int(row[0]) for row in plans.rows(PARTS[heading]))


def name(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_link_leads_somewhere(path):
    for target, anchor in LINK.findall(path.read_text(encoding="utf-8")):
        if target.startswith("http"):
            continue
        there = (path.parent / target).resolve() if target else path
        assert there.exists(), target
        assert not anchor or anchor[1:] in anchors(there), target + anchor


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_command_of_the_course_exists(path):
    (commands,) = [part for part in parser()._actions if part.dest == "command"]
    text = path.read_text(encoding="utf-8")
    for command in re.findall(r"`(?:[^`\n]*\s)?-m course ([a-z]\w*)", text):
        assert command in commands.choices


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_no_second_word_for_one_thing(path):
    text = re.sub(r"`[^`]*`", "", path.read_text(encoding="utf-8"))
    found = [word for word in SECOND_WORDS if re.search(rf"\b{word}s?\b", text, re.IGNORECASE)]
    assert [word for word in found if not re.search(rf'["*]{word}s?["*]', text)] == []


def test_every_lesson_is_in_the_first_table_with_its_own_minutes():
    assert list(GLANCE) == [path.name[:2] for path in lessons()]
    for number, row in GLANCE.items():
        first = " ".join(pages.cells(number)[0].source.split())
        assert row[1:4] == [one or "0" for one in STATED.search(first).groups()]


def test_every_lesson_serves_an_outcome():
    served = plans.rows(PARTS["Which lesson serves which outcome"])
    found = {number for row in served for number in re.findall(r"\[(\d\d)\]", row[1])}
    assert found == set(GLANCE)


def test_the_workshop_and_the_lecture_add_up():
    assert minutes("A workshop of half a day") == 4 * 60
    assert minutes("One lecture of 90 minutes") == 90


def test_a_session_of_the_course_holds_its_lessons():
    sessions = plans.rows(PARTS["A course of five weeks"])
    assert [row[0] for row in sessions] == [str(n) for n in range(1, 11)]
    taught = [re.findall(r"\b\d\d\b", row[1]) for row in sessions]
    assert sum(taught, []) == list(GLANCE)
    assert all(sum(int(GLANCE[number][3]) for number in numbers) <= 90 for numbers in taught)


def test_labs_and_questions_that_are_named_are_on_a_page():
    known = "".join(path.read_text(encoding="utf-8") for path in lessons())
    named = re.findall(r"`([A-Z]\w*Lab)`", TEXT)
    assert named
    assert [lab for lab in named if f"{lab}(" not in known] == []


def test_a_lesson_runs_in_about_the_time_that_the_table_says(monkeypatch):
    monkeypatch.setenv("NNLIB_DATA", "")
    (path,) = lessons((QUICK,))
    stated = float(GLANCE[QUICK][5])
    assert stated / FACTOR <= run_times.seconds(path) <= FACTOR * stated
