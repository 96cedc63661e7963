"""The site as files: the index, the glossary, links and pictures, what is never overwritten."""

import base64
import io
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from PIL import Image

pytest.importorskip("myst_nb", reason="the group `site` is not installed")


from course import site
from course.__main__ import main, parser
from course.paths import LESSONS, ROOT
from course.site import build, front, page_pictures
from tests.faults.told import tree
from tools.store_notebooks import lessons

pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated. Check CHANGES")
MEGABYTE = 1e6
LINK = re.compile(r'<a [^>]*href="(\d\d)_[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


class Links(HTMLParser):
    """What the tags of a page name: links, pictures with their texts, scripts, style sheets."""

    def __init__(self, path):
        super().__init__()
        self.links, self.pictures, self.ids = [], [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids.add(found.get("id"))
        if tag == "img":
            self.pictures.append(found)
        self.links += [found[key] for key in ("href", "src") if found.get(key)]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The folder of a whole site, with pictures of the labs."""
    folder = tmp_path_factory.mktemp("made") / "site"
    said = []
    assert build.build(folder, labs=False, say=said.append) == folder / "index.html"
    assert len(said) == len(lessons()) + 1
    return folder


def test_every_lesson_has_a_page_and_the_others_are_there(pages):
    names = {path.stem for path in pages.glob("*.html")}
    assert names == {path.stem for path in lessons()} | {"index", "glossary", "search"}


def test_every_lesson_says_what_its_page_cannot_do(pages):
    for path in lessons():
        text = (pages / f"{path.stem}.html").read_text(encoding="utf-8")
        assert text.index("</h1>") < text.index("On this page questions answer.") < len(text) / 3
    assert "questions answer, and labs move." in build._on_a_page(labs=True)


def test_every_link_leads_to_a_file_and_to_a_place_in_it(pages):
    known = {path.name: Links(path) for path in pages.glob("*.html")}
    for name, page in known.items():
        for link in page.links:
            if re.match(r"https?:|data:", link):
                continue
            path, _, place = link.partition("#")
            path = path.partition("?")[0] or name
            assert (pages / path).is_file(), f"{name}: {link}"
            if place and path in known:
                assert place in known[path].ids, f"{name}: {link}"


def test_a_link_leads_to_the_lesson_whose_number_it_has(pages):
    counted = Counter()
    for path in pages.glob("*.html"):
        for number, words in LINK.findall(path.read_text(encoding="utf-8")):
            named = re.findall(r"\b\d\d\b", re.sub(r"<[^>]+>", "", words))
            assert set(named) <= {number}, f"{path.name}: {words} leads to {number}"
            counted[path.name] += len(named)
    assert counted["glossary.html"] > 60
    assert counted["index.html"] >= len(lessons())


def test_links_between_lessons_are_links_between_pages(pages):
    text = (pages / "03_architecture.html").read_text(encoding="utf-8")
    assert ".ipynb" not in "".join(Links(pages / "03_architecture.html").links)
    assert 'href="02_sigmoid_neuron.html"' in text


def test_every_picture_of_a_lesson_is_there_with_its_text(pages):
    for path in lessons():
        stored = [
            re.search(r'alt="([^"]+)"', output.data["text/html"])[1]
            for cell in nbformat.read(path, as_version=4).cells
            for output in cell.get("outputs", [])
            if "<img" in output.get("data", {}).get("text/html", "")
        ]
        shown = Links(pages / f"{path.stem}.html").pictures
        assert len(shown) == len(stored) > 0
        assert {one["loading"] for one in shown} == {"lazy"}
        assert all(one["alt"] and int(one["height"]) for one in shown)


def one_lab(path, packs):
    """Stands for a lesson with one frozen lab: its pack in the folder, its HTML as an output."""
    (packs / "03-1.js").write_text("window.frozenPacks = {};")
    drawn = io.BytesIO()
    Image.new("RGB", (20, 10), "white").save(drawn, "WEBP", lossless=True)
    data = base64.b64encode(drawn.getvalue()).decode()
    html = (
        '<figure class="frozen-lab" data-frozen="03-1"><img alt="A lab." width="20" height="10" '
        f'src="data:image/webp;base64,{data}"></figure>'
    )
    output = nbformat.v4.new_output("display_data", {"text/html": html, "text/plain": "A lab."})
    title = nbformat.v4.new_markdown_cell("# A lesson")
    cell = nbformat.v4.new_code_cell("lab", outputs=[output])
    python = {"language_info": {"name": "python"}}
    return nbformat.v4.new_notebook(cells=[title, cell], metadata=python)


def test_frozen_labs_come_with_their_packs_script_and_style(monkeypatch, tmp_path):
    row = "| [03 A lesson](03_lesson.ipynb) | 1 | 1 | nothing | see |"
    (tmp_path / "README.md").write_text(f"{row}\n")
    (tmp_path / "03_lesson.ipynb").write_text("{}")
    monkeypatch.setattr(build, "LESSONS", tmp_path)
    monkeypatch.setattr(front, "LESSONS", tmp_path)
    monkeypatch.setattr(front, "glossary", lambda: "# Glossary\n")
    monkeypatch.setattr(build.frozen, "notebook", one_lab)
    page = build.build(tmp_path / "site", say=lambda words: None).with_name("03_lesson.html")
    text = page.read_text(encoding="utf-8")
    for name in ("frozen.js", "frozen.css", "03-1.js"):
        assert (page.parent / "_static" / name).is_file()
    assert "_static/frozen.js" in text
    assert "_static/frozen.css" in text
    assert 'data-frozen="03-1"' in text
    (picture,) = Links(page).pictures
    assert picture["src"].startswith("pictures/03-")
    assert (picture["alt"], picture["height"]) == ("A lab.", "10")


def test_nothing_comes_from_another_host(pages):
    for path in pages.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        loaded = re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="(https?:[^"]+)"', text)
        assert not loaded, f"{path.name}: {loaded}"


def test_the_site_is_light(pages):
    sizes = {path: path.stat().st_size for path in pages.rglob("*") if path.is_file()}
    assert sum(sizes.values()) < 12 * MEGABYTE
    assert not [path for path in sizes if path.suffix == ".map"]


def test_a_site_of_ours_is_replaced_and_anything_else_is_not(pages, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(FileExistsError, match="holds something else. Name a new or an empty"):
        build.build(tmp_path, labs=False)
    with pytest.raises(FileExistsError):
        build.build(tmp_path / "thesis.txt", labs=False)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
    build.refuse_others(pages)
    (tmp_path / "empty").mkdir()
    build.refuse_others(tmp_path / "empty")


def two_sites(folder):
    """An old site and a new one that was made elsewhere."""
    old, new = folder / "public" / "site", folder / "made"
    for place, words in ((old, "old"), (new, "new")):
        (place / "pages").mkdir(parents=True)
        (place / "index.html").write_text(words)
        (place / "pages" / "one.html").write_text(words)
    return old, new


@pytest.mark.parametrize("call", range(3))
def test_a_replacement_that_is_interrupted_leaves_the_old_site_whole(tmp_path, monkeypatch, call):
    folder, made = two_sites(tmp_path)
    calls = iter(range(100))

    def interrupted(then):
        def do(*arguments):
            if next(calls) == call:
                raise KeyboardInterrupt
            return then(*arguments)

        return do

    monkeypatch.setattr(build.shutil, "move", interrupted(build.shutil.move))
    monkeypatch.setattr(Path, "replace", interrupted(Path.replace))
    before = tree(folder)
    with pytest.raises(KeyboardInterrupt):
        build._replace(folder, made)
    assert tree(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["site"]


@pytest.mark.parametrize("there", [True, False])
def test_the_new_site_takes_the_place(tmp_path, there):
    folder, made = two_sites(tmp_path)
    wanted = tree(made)
    if not there:
        build.shutil.rmtree(folder.parent)
    build._replace(folder, made)
    assert tree(folder) == wanted
    assert [path.name for path in folder.parent.iterdir()] == ["site"]


def test_what_sphinx_warns_of_is_an_error(tmp_path):
    for part in ("extra", "labs"):
        (tmp_path / "source" / part).mkdir(parents=True)
    (tmp_path / "source" / "index.md").write_text("# Title\n\n[nowhere](99_nothing.ipynb)\n")
    with pytest.raises(ValueError, match="99_nothing"):
        build.run_sphinx(tmp_path / "source", tmp_path / "made")


def test_the_index_says_of_every_lesson_what_it_takes_and_what_one_can_do_afterwards():
    text = front.index()
    lines = (LESSONS / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| [")]
    assert len(rows) == len(lessons()) == len(front.lessons())
    for link, read, _, need, able in rows:
        minutes = re.match(r"\d+", read)[0]
        assert (
            f"\n{link}\n: Afterwards you can {able}.\n\n  {minutes} minutes. Before it: {need}.\n"
        ) in text


def test_the_glossary_defines_each_word_once_and_the_lesson_has_it():
    listed = re.findall(r"^(\S.*)\n: ", front.glossary(), re.MULTILINE)
    assert len(listed) == len(set(listed)) > 60
    assert listed == sorted(listed, key=str.casefold)
    assert not {"we say", "word"} & set(listed)
    assert {"learning rate, eta, η", "perceptron", "softmax"} <= set(listed)
    files = {path.name[:2]: path for path in lessons()}
    text = Path(front.__file__).with_name("glossary.md").read_text(encoding="utf-8")
    rows = front.WORD.findall(text)[1:]
    for word, number, _ in rows:
        cells = nbformat.read(files[number], as_version=4).cells
        text = " ".join(" ".join(c.source.split()) for c in cells if c.cell_type == "markdown")
        assert re.search(rf"\*{re.escape(word)}s?\*", text, re.IGNORECASE), (number, word)


def test_a_meaning_that_begins_with_a_formula_keeps_its_letter():
    text = front.glossary()
    assert "\n: σ(z); of the last layer: output. *Elsewhere: firing rate.*" in text
    assert "\n: What training makes small. *Elsewhere: loss, " in text


def test_a_picture_becomes_a_smaller_file_with_the_same_pixels(tmp_path):
    notebook = nbformat.read(lessons()[3], as_version=4)
    stored = next(
        output.data["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "<img" in output.get("data", {}).get("text/html", "")
    )
    content = base64.b64decode(page_pictures.PICTURE.search(stored)["data"])
    page_pictures.take_out(notebook, tmp_path, "03")
    path = min(tmp_path.glob("*.webp"), key=lambda one: not stored_in(notebook, one, stored))
    assert path.stat().st_size < len(content)
    with Image.open(path) as after, Image.open(io.BytesIO(content)) as before:
        assert after.convert("RGB").tobytes() == before.convert("RGB").tobytes()


def stored_in(notebook, path, stored):
    """Whether a file is the picture whose output was `stored`, by its text alternative."""
    alt = re.search(r'alt="[^"]+"', stored)[0]
    htmls = (
        output.data["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    )
    return any(alt in html and path.name in html for html in htmls)


def test_the_command_says_where_to_open_it(monkeypatch, tmp_path, capsys):
    asked = {}

    def made(folder, labs, say):
        asked.update(folder=folder, labs=labs)
        say("Making the pages.")
        return tmp_path / "index.html"

    monkeypatch.setattr(build, "build", made)
    main(["site", str(tmp_path), "--no-labs"])
    assert asked == {"folder": str(tmp_path), "labs": False}
    said = capsys.readouterr().out.splitlines()
    assert said == ["Making the pages.", f"Open {(tmp_path / 'index.html').as_uri()} in a browser."]
    main(["site"])
    assert asked == {"folder": build.FOLDER, "labs": True}


def test_without_its_libraries_the_command_says_what_to_type(monkeypatch):
    monkeypatch.setattr(site, "NEEDED", ("no_such_library",))
    with pytest.raises(SystemExit, match=r'pip install "myst-nb.*" .*"sphinx-book-theme'):
        main(["site"])


def test_the_workflow_installs_what_is_tested_and_makes_the_same_pages():
    yaml = pytest.importorskip("yaml")  # myst-nb needs it
    text = (ROOT / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8")
    steps = yaml.safe_load(text)["jobs"]["build"]["steps"]
    lines = [line for step in steps for line in step.get("run", "").splitlines()]
    assert "python -m pip install -e . --group site -c constraints.txt" in lines
    (made,) = [line.removeprefix("python -m course ") for line in lines if " course " in line]
    options = parser().parse_args(made.split())
    (kept,) = [step["with"]["path"] for step in steps if "upload-pages" in step.get("uses", "")]
    assert (options.command, options.folder, options.no_labs) == ("site", kept, False)
