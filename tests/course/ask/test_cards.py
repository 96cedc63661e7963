"""Cards for Anki: one line a card that a reader of such files reads, and HTML without Markdown."""

import csv
import html.parser
import re

import pytest

from course import __main__ as command
from course import exercises, paths
from course.ask import Choice, cards, record

BACK = [one for one in exercises.all() if one.comes_back]
VOID = {"br"}
PICK = Choice(
    "99-pick",
    'A "quoted" title',
    question="Is $x < 1$ & `a < b` **so**, *as* said?\n\n$$\\sum_x x\n= 1$$\n\n"
    "| **0** | 1 |\n|---|---|\n| 2 | 3 |",
    options={"`x`": "No.", "2*3*4 <b>": "Yes."},
    right="2*3*4 <b>",
    solution="1. First\n2. Then\n   more\n\n```\na = 1\nb = a < 2\n```",
)


def rows(text):
    """(headers, rows) as an importer sees them."""
    lines = text.splitlines()
    headers = [line for line in lines if line.startswith("#")]
    return headers, list(csv.reader(lines[len(headers) :], delimiter="\t"))


class Balance(html.parser.HTMLParser):
    """Raises if a tag is not closed where it should be."""

    def __init__(self):
        super().__init__()
        self.opened = []

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag):
        assert self.opened.pop() == tag


def test_the_headers_and_one_line_a_card():
    headers, found = rows(cards.text(BACK))
    assert headers == [
        "#separator:tab", "#html:true", "#deck:Neural networks", "#guid column:1",
        "#tags column:4",
    ]  # fmt: skip
    assert [row[0] for row in found] == [f"nnlib-{one.name}" for one in BACK]
    assert all(len(row) == 4 for row in found)
    assert [row[3] for row in found] == [f"nnlib lesson{one.lesson}" for one in BACK]


@pytest.mark.parametrize("one", BACK, ids=lambda one: one.name)
def test_every_card_is_whole_html_without_markdown(one):
    _, [(_, front, back, _)] = rows(cards.text([one]))
    assert one.title.split("`")[0].split("$")[0] in front.replace("&gt;", ">")
    for side in (front, back):
        balance = Balance()
        balance.feed(side)
        assert balance.opened == []
        bare = re.sub(r"<code>.*?</code>|<pre>.*?</pre>|\\\(.*?\\\)|\\\[.*?\\\]", "", side)
        assert not re.search(r"\*\*|\$|`|\|--|\0|\n|\t", bare), bare
        assert side.count(r"\(") == side.count(r"\)")
    if one.answered_by == "option":
        assert front.count("<b>") >= 1 + len(one.letters)
        assert "What is right: " in back


def test_forms_of_a_card():
    _, [(name, front, back, tags)] = rows(cards.text([PICK]))
    assert (name, tags) == ("nnlib-99-pick", "nnlib lesson99")
    assert front == (
        '<p><b>A "quoted" title</b></p>'
        r"<p>Is \(x &lt; 1\) &amp; <code>a &lt; b</code> <b>so</b>, <i>as</i> said?</p>"
        r"<p>\[\sum_x x = 1\]</p>"
        "<table><tr><td><b>0</b></td><td>1</td></tr><tr><td>2</td><td>3</td></tr></table>"
        "<ul><li><b>a</b>: <code>x</code></li><li><b>b</b>: 2*3*4 &lt;b&gt;</li></ul>"
    )
    assert back == (
        "<p>What is right: <i>2*3*4 &lt;b&gt;</i>.</p><ol><li>First</li><li>Then more</li></ol>"
        "<p><pre>a = 1<br>b = a &lt; 2</pre></p>"
    )


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("NNLIB_PROGRESS", str(tmp_path / "p.json"))
    monkeypatch.setenv(paths.NAMED, str(tmp_path))
    return tmp_path


def said_at_end(arguments):
    with pytest.raises(SystemExit) as caught:
        command.main(["cards", *arguments])
    return str(caught.value)


def test_the_command_writes_the_file_and_says_where(folder, capsys):
    command.main(["cards"])
    path = folder / "anki_cards.txt"
    assert capsys.readouterr().out == f"{len(BACK)} cards are in {path}. In Anki: File, Import.\n"
    assert path.read_text(encoding="utf-8") == cards.text(BACK)


def test_before_there_is_a_copy_of_the_lessons_it_makes_the_folder(folder, monkeypatch):
    monkeypatch.setenv(paths.NAMED, str(folder / "my" / "lessons"))
    command.main(["cards"])
    written = (folder / "my" / "lessons" / "anki_cards.txt").read_text(encoding="utf-8")
    assert written == cards.text(BACK)


def test_by_lesson_and_only_what_is_due(folder, capsys):
    file = str(folder / "some.txt")
    command.main(["cards", file, "--lesson", "03", "--lesson", "05"])
    _, found = rows((folder / "some.txt").read_text(encoding="utf-8"))
    assert {row[3] for row in found} == {"nnlib lesson03", "nnlib lesson05"}
    command.main(["cards", file, "--due"])
    assert "No question is to be written" in capsys.readouterr().out
    entry = '{"state": "done", "tries": 1, "when": "2020-01-01 10:00"}'
    (folder / "p.json").write_text(f'{{"exercises": {{"03-lines": {entry}}}}}')
    command.main(["cards", file, "--due", "--force"])
    assert len(rows((folder / "some.txt").read_text(encoding="utf-8"))[1]) == 1
    assert record.load(folder / "p.json").keys() == {"03-lines"}


def test_what_does_not_go_is_told_in_words(folder):
    file = folder / "there.txt"
    file.write_text("mine")
    assert said_at_end([str(file)]) == f"{file} exists. Give another name, or add --force."
    assert file.read_text() == "mine"
    assert said_at_end(["--lesson", "3"]).startswith("There is no lesson 3. Type one of 00, 01,")
    assert "does not exist. Make it first." in said_at_end([str(folder / "no" / "x.txt")])
    assert "exists" in said_at_end([str(folder)])
    (folder / "file").write_text("in the way")
    assert said_at_end([str(folder / "file" / "x.txt")])
