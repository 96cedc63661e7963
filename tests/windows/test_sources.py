"""What can be read in the sources: nothing in them works only where it was written."""

import ast
import re

import pytest

from course.paths import ROOT
from tests.windows import emulated

FOLDERS = "nnlib", "course", "tools", "benchmarks", "deploy"
FILES = sorted(path for name in FOLDERS for path in (ROOT / name).rglob("*.py"))
STORED = *FOLDERS, "tests", "notebooks", "docs", "data", "binder", ".github", ".ci"
MODE = re.compile(r"[rwax]b?\+?t?b?$")
PROCESSES = {"run", "Popen", "call", "check_call", "check_output"}
# Who uses what Windows lacks, and what keeps it from being used there.
GUARDED = {
    "benchmarks/classroom.py": "a hub does not run on Windows, docs/classroom.md says so",
    "course/ask/running.py": "run() asks for setitimer first",
    "course/launcher.py": "it asks for geteuid",
    "course/paths.py": "it asks for getuid",
    "course/teach/answer_runner.py": "COPIES is False there",
    "course/teach/grading.py": "it asks for killpg",
    "deploy/hub/trial_config.py": "a hub does not run on Windows",
}


def calls(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def name_of(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def takes_the_systems_encoding(call):
    """Whether text is read or written in the encoding of whoever runs it."""
    named = {one.arg: one.value for one in call.keywords}
    if "encoding" in named or None in named:
        return False
    name = name_of(call)
    if name == "read_text":
        return not call.args
    if name == "write_text":
        return len(call.args) < 2
    if name in PROCESSES:
        return "text" in named or "universal_newlines" in named
    return name in ("open", "fdopen", "NamedTemporaryFile") and opens_text(call, named, name)


def opens_text(call, named, name):
    given = [*call.args, *([named["mode"]] if "mode" in named else [])]
    modes = [one.value for one in given if isinstance(one, ast.Constant)]
    modes = [one for one in modes if isinstance(one, str) and MODE.match(one)]
    if not modes:  # a method may open anything, a picture or a browser
        return isinstance(call.func, ast.Name) and name == "open"
    return "b" not in modes[0]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("open(path)", True),
        ("open(path, 'w')", True),
        ("path.open('a')", True),
        ("path.open(mode='w')", True),
        ("os.fdopen(1, 'w')", True),
        ("path.read_text()", True),
        ("path.write_text(text)", True),
        ("subprocess.run(words, text=True)", True),
        ("open(path, 'rb')", False),
        ("open(path, encoding='utf-8')", False),
        ("path.write_text(text, encoding='utf-8')", False),
        ("Image.open(path)", False),
        ("subprocess.run(words)", False),
    ],
)
def test_the_reader_of_sources_sees_what_it_should(code, found):
    assert takes_the_systems_encoding(ast.parse(code).body[0].value) == found


def test_text_has_an_encoding_wherever_it_is_read_or_written():
    found = [
        f"{path.relative_to(ROOT)}, line {call.lineno}: {ast.unparse(call)}"
        for path in FILES
        for call in calls(path)
        if takes_the_systems_encoding(call)
    ]
    assert found == [], "name the encoding: on Windows it is another one"


def lacking(path):
    """The names of a file that `os` or `signal` do not have on Windows."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known = {"os": emulated.NOT_IN_OS, "signal": emulated.NOT_IN_SIGNAL}
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in known.get(ast.unparse(node.value), ())
    }


def test_what_windows_lacks_is_used_only_where_that_is_asked_first():
    found = {path.relative_to(ROOT).as_posix() for path in FILES if lacking(path)}
    assert found == GUARDED.keys()


def unguarded_imports(path):
    """Modules that Windows lacks, imported outside of `try`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tried = {id(line) for node in ast.walk(tree) if isinstance(node, ast.Try) for line in node.body}
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom)) and id(node) not in tried
        if {getattr(node, "module", None), *(one.name for one in node.names)} & emulated.ABSENT
    ]


def test_no_module_is_imported_that_windows_lacks():
    assert [found for path in FILES for found in unguarded_imports(path)] == []


def test_every_file_can_have_its_name_on_windows():
    """No reserved name, no two that differ in case alone, none near the longest path."""
    paths = [path for name in STORED for path in (ROOT / name).rglob("*")]
    paths = [path.relative_to(ROOT) for path in paths if "__pycache__" not in path.parts]
    assert [path for path in paths if any(map(emulated.RESERVED.search, path.parts))] == []
    assert len({str(path).lower() for path in paths}) == len(set(paths))
    assert max(len(str(path)) for path in paths) <= 120


def test_lines_end_on_every_system_as_they_were_stored():
    rules = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert "* text=auto eol=lf" in rules
