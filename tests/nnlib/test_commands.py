"""Every command that a message tells is typed here as it stands, far from the course's folder."""

import ast
import gzip
import os
import re
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from course.measured import baselines, ledger
from nnlib import commands, mnist
from nnlib.mnist import _book_pickle as book_pickle
from tests.nnlib.mnist.worlds import TEST_LABELS, small_world

COMMAND = commands.run("nnlib.mnist")


def shell(line, folder, **variables):
    """What a new shell in the folder prints when the line is typed, and its exit code."""
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INDEX": "1"}
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    run = subprocess.run(
        line,
        shell=True,
        cwd=folder,
        env=environment | quiet | variables,
        capture_output=True,
        text=True,
    )
    return run.stdout + run.stderr, run.returncode


def cells(folder, *sources):
    """The outputs of cells that are run one after the other in a kernel started in the folder."""
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in sources]
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=120, resources=resources, kernel_name="python3").execute()
    return [cell.outputs for cell in notebook.cells]


def text_of(outputs):
    assert {output.output_type for output in outputs} == {"stream"}
    return "".join(output.text for output in outputs)


# Which messages tell the command.


@pytest.fixture
def world(tmp_path, monkeypatch):
    return small_world(tmp_path / "data", monkeypatch)


def test_every_message_about_data_ends_in_the_command_in_use(world, tmp_path, monkeypatch):
    messages = [told(ConnectionError, mnist.load, "full")]
    monkeypatch.setenv("NNLIB_OFFLINE", "1")
    messages.append(told(FileNotFoundError, mnist.load, "full"))
    world.fill(world.folder)
    (world.folder / f"{TEST_LABELS}.gz").write_bytes(b"damaged")
    messages.append(told(ValueError, mnist.load))
    for value in ("/nowhere", str(tmp_path)):
        monkeypatch.setenv("NNLIB_DATA", value)
        (world.folder / f"{TEST_LABELS}.gz").unlink(missing_ok=True)
        messages.append(told(FileNotFoundError, mnist.load))
    path = tmp_path / "mnist.pkl"
    path.write_bytes(gzip.compress(b"damaged"))
    messages.append(told(ValueError, book_pickle.read, path, (50, 10, 10)))
    assert [message.partition(" run: ")[2] for message in messages] == [COMMAND] * 6


def told(error, function, *arguments):
    with pytest.raises(error) as found:
        function(*arguments)
    return str(found.value)


def test_messages_about_tables_name_the_python_in_use(tmp_path):
    message = told(FileNotFoundError, baselines.load, tmp_path / "none.csv")
    assert message.endswith(commands.run("course.measured.baselines"))
    table = ledger.read()
    message = told(ValueError, ledger.runs, table[:0], ledger.ENTRIES[0])
    assert message.endswith(commands.run("course.measured.ledger"))


# In a terminal.


def test_the_command_works_from_another_folder(tmp_path):
    said, code = shell(COMMAND, tmp_path, NNLIB_DATA="/nowhere")
    assert "expected a folder" in said
    assert f"run: {COMMAND}" in said
    assert "mini set" in said
    assert code == 1


def test_the_command_succeeds_with_the_full_set(full, tmp_path):
    said, code = shell(COMMAND, tmp_path)
    assert "complete and verified" in said
    assert code == 0


@pytest.mark.parametrize("module", ["course.measured.ledger", "course"])
def test_commands_with_options_work_from_another_folder(tmp_path, module):
    said, code = shell(f"{commands.run(module)} --help", tmp_path)
    assert "usage: " in said
    assert code == 0


def test_the_command_for_baselines_works_from_another_folder(tmp_path):
    said, code = shell(commands.run("course.measured.baselines"), tmp_path, NNLIB_DATA="/nowhere")
    assert "expected a folder" in said
    assert code == 1


def test_the_command_to_install_works(tmp_path):
    said, code = shell(commands.install('"numpy>=2.0,<3"'), tmp_path)
    assert "Requirement already satisfied: numpy" in said
    assert code == 0


def test_a_path_with_spaces_and_quotes_is_quoted(tmp_path, monkeypatch):
    if commands.WINDOWS:
        pytest.skip("a script stands in for the interpreter here")
    folder = tmp_path / "Ada's \u03b7 files"
    folder.mkdir()
    python = folder / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    said, code = shell(commands.run("course") + " --help", tmp_path)
    assert code == 0, said


def test_where_nnlib_is_not_installed_the_command_goes_to_its_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(commands.site, "getsitepackages", lambda: [str(tmp_path)])
    monkeypatch.setattr(commands.site, "getusersitepackages", lambda: str(tmp_path))
    line = commands.run("course")
    assert line.startswith("cd ")
    said, code = shell(f"{line} --help", tmp_path)
    assert code == 0, said


@pytest.mark.parametrize(
    ("python", "notebook", "line"),
    [
        (r"C:\course\.venv\python.exe", False, r"C:\course\.venv\python.exe -m nnlib.mnist"),
        (r"C:\my files\python.exe", False, r'& "C:\my files\python.exe" -m nnlib.mnist'),
        (r"C:\my files\python.exe", True, r'!"C:\my files\python.exe" -m nnlib.mnist'),
        (r"C:\R&D\python.exe", False, r'& "C:\R&D\python.exe" -m nnlib.mnist'),
    ],
)
def test_on_windows_it_is_a_line_for_powershell_or_a_cell(monkeypatch, python, notebook, line):
    monkeypatch.setattr(commands, "WINDOWS", True)
    monkeypatch.setattr(commands, "in_notebook", lambda: notebook)
    monkeypatch.setattr(sys, "executable", python)
    assert commands.run("nnlib.mnist") == line


# In a notebook.


def test_in_a_notebook_the_command_works_as_a_cell(tmp_path):
    told_in_cell = (
        "import os\nfrom course import environment\nfrom nnlib import mnist, commands\n"
        "os.environ['NNLIB_DATA'] = '/nowhere'\n"
        "try:\n    mnist.load()\nexcept FileNotFoundError as error:\n    print(error)"
    )
    install = "print(commands.install('\"numpy>=2.0,<3\"'))"
    first, second = cells(tmp_path, told_in_cell, install)
    line, pip = text_of(first).partition(" run: ")[2].strip(), text_of(second).strip()
    assert line == f"!{COMMAND}"
    quiet = "import os\nos.environ |= {'PIP_NO_INDEX': '1', 'PIP_DISABLE_PIP_VERSION_CHECK': '1'}"
    nowhere = "import os; os.environ['NNLIB_DATA'] = '/nowhere'"
    python = f"{line.removesuffix(' -m nnlib.mnist')} -c 'import sys; print(sys.prefix)'"
    *_, mended, installed, prefix = cells(tmp_path, quiet, nowhere, line, pip, python)
    assert f"run: {line}" in text_of(mended)
    assert "already satisfied: numpy" in text_of(installed)
    assert text_of(prefix).strip() == sys.prefix


def test_success_in_a_notebook_prints_and_leaves_no_traceback(full, tmp_path):
    (outputs,) = cells(tmp_path, f"!{COMMAND}")
    assert "complete and verified" in text_of(outputs)


def test_the_check_of_the_environment_offers_a_line_for_a_cell(tmp_path):
    source = (
        "from course import environment\n"
        "environment.check([('numpy is missing.', '\"numpy>=2.0,<3\"')])"
    )
    (outputs,) = cells(tmp_path, source)
    assert text_of(outputs).splitlines()[-1] == '%pip install "numpy>=2.0,<3"'


def texts(path):
    """All strings of a module besides its docstrings and the usage of a command."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    keywords = [node for node in ast.walk(tree) if isinstance(node, ast.keyword)]
    usage = [node.value for node in keywords if node.arg in ("prog", "usage")]
    lone = usage + [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [node.value for node in constants if node not in lone and isinstance(node.value, str)]


def test_no_message_of_the_package_names_a_bare_python():
    paths = [path for name in ("nnlib", "course") for path in (commands.ROOT / name).rglob("*.py")]
    told = [text for path in paths for text in texts(path)]
    bare = [text for text in told if re.search(r"\bpython3? -m \w|\bpip install \w", text)]
    heads = [text.splitlines()[0] for text in bare]
    tables = (
        "baselines",
        "codes",
        "depth",
        "hidden",
        "reader",
        "starts",
    )  # they say at their head what made them, which is no advice
    assert sorted(heads) == [f"python -m course.measured.{table}" for table in tables]
