"""Every command that a document tells is run here, or it is said what runs it instead.

A command that is new in a document fails until it has a row in PROOFS.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest

from course.paths import ROOT
from tests.told_commands import DOCUMENTS, Told, told


@dataclass(frozen=True)
class Run:
    """Run now, in a copy of the project, with `quick` arguments that make it short.

    says: a part of what it prints.  words: what stands for a word of the command, such as FOLDER.
    before: a function of the copy's folder that has to be called first.  needs: a module without
    which the test is skipped.
    """

    says: str
    quick: str = ""
    words: dict = field(default_factory=dict)
    before: object = None
    needs: str = "numpy"


@dataclass(frozen=True)
class ByTest:
    """Run by another test, `path::name`."""

    name: str


@dataclass(frozen=True)
class BuildServer:
    """Run on every change, on a fresh machine: .ci/run itself, and what it holds."""


@dataclass(frozen=True)
class PartOfAll:
    """A part of what `pytest` runs: the files that it names are there."""


@dataclass(frozen=True)
class ByHand:
    """Run by a person: who, when, and why no test runs it."""

    note: str


@dataclass(frozen=True)
class NotTried:
    """Needs what nobody of us has; the document says that it was not tried."""


def short_lesson(copy):
    """Cut lesson 07 of the copy off after its first cells: all of it takes minutes."""
    path = copy / "notebooks" / "07_training_mnist.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = notebook.cells[:6]
    nbformat.write(notebook, path)


def students(copy):
    """The folder of a class of one."""
    folder = copy / "build" / "FOLDER" / "Ada"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "my_progress.json").write_text("{}")
    shutil.copy(copy / "notebooks" / "03_architecture.ipynb", folder)


NO_RUN = "--report --kernels Nehalem --threads 1 --sets small --shakes 0 || true"
HERE = {"FOLDER": "build/FOLDER"}
MEASURED = "tests/course/measured/test_"
MINUTES = "The maintainers, for the rows of {}, which have the date: it takes {}."
HUB = "tests/classroom/test_hub.py::test_"
INSTALLED = (
    "The maintainers, 2026-11-28: it installs the hub that tests/classroom/test_hub.py runs."
)
PROOFS = {
    # README: students and teachers
    "python -m course": Run("Your own copy of the lessons is made", "--version"),
    "python -m course update": Run("Your lessons are in"),
    "python -m course cards": Run("In Anki: File, Import."),
    "python -m course report FOLDER": Run("Ada", words=HERE, before=students),
    "python -m course solve FOLDER": Run("answer cells changed", words={"FOLDER": "build/solved"}),
    "python -m course clear FOLDER": ByTest("tests/course/teach/test_command.py::test_clear"),
    "python -m course grade FOLDER": Run("Ada", "--only 03", words=HERE, before=students),
    "python -m course slides 05": Run("slides are in", "--no-labs", needs="sphinx_revealjs"),
    "python -m course site": ByTest(
        "tests/course/site/test_build.py::test_the_command_says_where_to_open_it"
    ),
    # README: set up and test
    "pip install --no-compile -e . -c constraints.txt": ByHand(
        "The maintainers, 2026-11-28, with the two others of its line, in a new folder on Linux "
        "with Python 3.11: it downloads much, as the line for the tests does on each change."
    ),
    "python -m venv .venv": BuildServer(),
    "pip install -r requirements.txt -c constraints.txt": BuildServer(),
    "python -m pytest": BuildServer(),
    "pytest": BuildServer(),
    # CONTRIBUTING
    ".ci/run": BuildServer(),
    "pip install -e . --group ci -c constraints.txt": ByHand(
        "The maintainers, 2026-11-28, with --dry-run; .ci/run takes the same group and constraints."
    ),
    "source .venv/bin/activate": Run("", "&& deactivate", before=lambda copy: venv(copy)),
    "uv sync --all-groups --all-extras": Run("Would", "--dry-run --frozen --offline", needs="uv"),
    "uv lock": ByTest("tests/tools/test_setup.py::test_the_lock_fits_pyproject"),
    "uv export --frozen --all-extras --all-groups --no-hashes --no-emit-project --no-annotate"
    " -o constraints.txt": ByTest(
        "tests/tools/test_setup.py::test_constraints_are_those_of_the_lock"
    ),
    "python -m tools.check_pins": ByTest(
        "tests/tools/test_pins.py::test_every_pin_fits_everywhere"
    ),
    "pytest -n 0 notebooks/07_training_mnist.ipynb": PartOfAll(),
    "pytest -n 0 tests/notebooks -k 07": PartOfAll(),
    "pytest --shuffle 7": Run("tests collected", "--collect-only -q tests/nnlib/test_neurons.py"),
    **dict.fromkeys(
        ["python -m tools.versions lowest", "python -m tools.versions newest"],
        ByTest(
            "tests/tools/test_versions.py::test_each_end_has_its_environment_and_pytest_its_exit_code"
        ),
    ),
    "pytest -n 0 tests/nnlib/test_network.py": Run("tests collected", "--collect-only -q"),
    "ruff check .": Run("All checks passed", needs="ruff"),
    "ruff format --check .": Run("already formatted", needs="ruff"),
    "python -m tools.store_notebooks 07": Run(
        "07_training_mnist.ipynb: stored", before=short_lesson
    ),
    'python -m tests.notebooks.evidence 07 --because "The band holds on both sets now."': Run(
        "assertions in"
    ),
    "python -m tools.arithmetic": Run('"arithmetic": '),
    "python -m tests.told.claims 07 --write": Run("07_training_mnist"),
    "python -m benchmarks.accuracy": Run("median", "--data mini --seeds 1"),
    "python -m benchmarks.sweeping": Run("median ratio", "--data mini --rounds 1 --epochs 1"),
    "python -m benchmarks.threads": ByHand(
        "The maintainers, 2026-11-28, with --rounds 1 --hidden 30: it needs the full set."
    ),
    "python -m benchmarks.training": ByHand(
        "The maintainers, 2026-11-28, with --rounds 1 --hidden 30: it needs the full set."
    ),
    "python -m benchmarks.labs": ByHand(
        "The maintainers, 2026-11-28, with the names of two labs: it needs Chromium and minutes."
    ),
    "python -m benchmarks.classroom": ByHand(
        "The maintainers, 2026-11-28, for the table of a class: it takes twelve minutes of an idle "
        "machine. What it is made of is tested in tests/classroom/."
    ),
    # A copy has no runs that it could report, which ends the command with 1.
    "python -m tests.machines": Run("assertions vary", f"--notebooks 01 --no-tests {NO_RUN}"),
    "python -m tests.machines --notebooks 07 --no-tests": Run("assertions vary", NO_RUN),
    "python -m tests.faults --interruptions 300": Run("0 left a fault", "--interruptions 12"),
    "python -m tests.mutants --sample 40 --seed 1": Run(
        "course/lesson04/checks.py  (sign)",
        "--list --files course/lesson04/checks.py --kinds sign",
    ),
    "python -m tests.mutants --changed HEAD~1": Run("nothing to plant"),  # a copy has no history
    "python -m tests.course.live.store_looks lesson01": ByTest(
        "tests/course/live/test_looks.py::test_the_command_stores_anew_and_tells_what_changed"
    ),
    "python -m tools.pictures": ByTest(
        "tests/tools/test_pictures.py::test_the_command_writes_what_was_drawn"
    ),
    # docs/classroom.md
    "pip install -e . -c constraints.txt": ByHand(
        "The maintainers, 2026-11-28, with the lines around it, in a new folder on Linux: it "
        "downloads what the line for the tests does on each change."
    ),
    "python -m compileall -q course nnlib": Run("", "&& ls course/__pycache__"),
    "python -m course --no-browser": ByTest("tests/browser/conftest.py::server"),
    "pip install -e . -r deploy/hub/requirements.txt -c constraints.txt": ByHand(INSTALLED),
    "npm install -g configurable-http-proxy": ByHand(INSTALLED),
    "jupyterhub --config deploy/hub/trial_config.py": ByTest(
        f"{HUB}lessons_and_progress_outlive_the_server"
    ),
    "jupyterhub --config deploy/hub/jupyterhub_config.py": ByTest(
        f"{HUB}lessons_and_progress_outlive_the_server"  # the trial hub loads this file
    ),
    "cd ~/course_files": ByTest(f"{HUB}a_link_pulls_the_course_and_what_a_student_wrote_stays"),
    **dict.fromkeys(
        [
            "sudo git clone ADDRESS-OF-THE-REPOSITORY /srv/course",
            "cd /srv/course",
            "sudo -E /opt/tljh/user/bin/pip install -e . -c constraints.txt",
            "sudo /opt/tljh/user/bin/python -m nnlib.mnist",
            "sudo /opt/tljh/user/bin/python -m compileall -q course nnlib",
            "sudo tee /opt/tljh/config/jupyterhub_config.d/course.py",
            "sudo tljh-config set limits.memory 1G",
            "sudo tljh-config reload",
            "git clone https://ADDRESS-OF-THE-REPOSITORY course-folder",
            "cd course-folder",
        ],
        NotTried(),
    ),
    # course/README
    "python -m tests.course.told 03": Run("questions are listed"),
    # data/README
    "python -m nnlib.mnist": ByTest(
        "tests/nnlib/test_commands.py::test_the_command_succeeds_with_the_full_set"
    ),
    "python -m tools.small_set": ByTest(
        "tests/nnlib/mnist/test_mnist.py::test_the_command_makes_the_small_set_again"
    ),
    "export NNLIB_DATA=~/mnist": Run("/mnist", "&& echo $NNLIB_DATA"),
    "python -m course.measured.ledger": ByTest(
        f"{MEASURED}ledger.py::test_the_command_does_only_what_is_missing_and_prints_every_entry"
    ),
    "python -m course.measured.depth": ByTest(
        f"{MEASURED}depth.py::test_the_command_writes_the_table_and_prints_a_summary_of_each_set"
    ),
    "python -m course.measured.hidden": ByTest(
        f"{MEASURED}hidden.py::test_the_command_writes_the_table_and_prints_each_row"
    ),
    "python -m course.measured.codes": ByTest(
        f"{MEASURED}codes.py::test_the_command_writes_the_table_and_prints_each_row"
    ),
    "python -m course.measured.starts": ByTest(
        f"{MEASURED}starts.py::test_the_command_writes_the_table"
    ),
    "python -m course.measured.baselines": ByHand(
        MINUTES.format("data/baselines.csv", "most of an hour of one core")
    ),
    "python -m course.measured.reader": ByHand(
        MINUTES.format("data/reader.csv", "a quarter of an hour")
    ),
    "python -m course.measured.other_writers": Run("1,797 digits are in", needs="sklearn"),
}
# What PowerShell says in another way than bash.
POWERSHELL = {r'$env:NNLIB_DATA = "$HOME\mnist"': "export NNLIB_DATA=~/mnist"}

ALL = [one for document in DOCUMENTS for one in told(document)]
RUN_HERE = sorted(text for text, proof in PROOFS.items() if isinstance(proof, Run))


def venv(copy):
    """An environment without packages in the copy."""
    command = [sys.executable, "-m", "venv", "--without-pip", copy / ".venv"]
    subprocess.run(command, check=True)


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the project in which a command may write what it likes."""
    folder = tmp_path_factory.mktemp("project") / "course"
    left = shutil.ignore_patterns(".git", ".*_cache", ".hypothesis", "__pycache__", "*.egg-info")
    own = {".venv", ".hub", "build", "my_lessons", "trial_hub"}
    shutil.copytree(ROOT, folder, ignore=lambda *found: left(*found) | own)
    return folder


def typed(text, copy):
    """What is printed when a line is typed in bash in the copy; fails if it ends with an error."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    private = {"PATH": path, "PYTHONPATH": str(copy), "NNLIB_DATA": "", "NNLIB_MY_LESSONS": ""}
    environment = os.environ | private
    del environment["NNLIB_MY_LESSONS"]
    run = subprocess.run(
        ["bash", "-c", text],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, f"{text}\n{run.stdout}\n{run.stderr}"
    return run.stdout + run.stderr


@pytest.mark.parametrize("text", RUN_HERE)
def test_a_command_does_what_it_is_told_for(copy, text):
    proof = PROOFS[text]
    if os.name == "nt":
        pytest.skip("the commands are typed in bash here")
    pytest.importorskip(proof.needs, reason=f"{text} needs {proof.needs}")
    for left in ("my_lessons", "build"):  # by the command before
        shutil.rmtree(copy / left, ignore_errors=True)
    shutil.copytree(ROOT / "notebooks", copy / "notebooks", dirs_exist_ok=True)
    if proof.before:
        proof.before(copy)
    line = re.sub("|".join(proof.words) or "$^", lambda found: proof.words[found[0]], text)
    assert proof.says in typed(f"{line} {proof.quick}".strip(), copy)


def is_proven(one):
    """Whether a command has a row; a sentence may name it without its last words."""
    text = POWERSHELL.get(one.typed, one.plain)
    return text in PROOFS or any(known.startswith(f"{text} ") for known in PROOFS)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_that_is_told_is_proven(document):
    new = [one for one in told(document) if not is_proven(one)]
    assert new == [], "\n".join(
        f"{one.document}, line {one.line}, tells {one.plain!r}. Give it a row in PROOFS of "
        f"{Path(__file__).name}: Run with short arguments, ByTest, or ByHand."
        for one in new
    )


def test_nothing_is_proven_that_no_document_tells():
    assert PROOFS.keys() - {POWERSHELL.get(one.typed, one.plain) for one in ALL} == set()
    assert POWERSHELL.keys() <= {one.typed for one in ALL}


@pytest.mark.parametrize("document", [one for one in DOCUMENTS if (ROOT / one).exists()])
def test_powershell_types_what_bash_types(document):
    bash = [one.plain for one in told(document) if one.shell == "bash"]
    windows = [one for one in told(document) if one.shell == "powershell"]
    assert [one for one in windows if POWERSHELL.get(one.typed, one.plain) not in bash] == []
    assert not [one.typed for one in windows if re.search(r"&&|/bin/|python3", one.typed)]


def test_the_tests_that_stand_for_a_command_exist():
    for proof in PROOFS.values():
        if isinstance(proof, ByTest):
            path, _, name = proof.name.partition("::")
            tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
            assert name in [getattr(node, "name", "") for node in tree.body], proof.name


def test_the_build_server_runs_the_test_command_of_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"<!-- test command -->.* README\.md .*\n(.*\n)*eval", script)
    marked = (ROOT / "README.md").read_text(encoding="utf-8").split("<!-- test command -->")[1]
    line = re.search(r"```bash\n(.+)\n```", marked)[1]
    pieces = {Told("", 0, piece).plain for piece in line.split(" && ")}
    mine = {text for text, proof in PROOFS.items() if isinstance(proof, BuildServer)}
    assert mine == pieces | {"pytest", ".ci/run"}  # the first is the same as python -m pytest


def test_what_is_a_part_of_all_tests_names_files_that_are_there():
    for text, proof in PROOFS.items():
        if isinstance(proof, PartOfAll):
            files = [word for word in text.split()[1:] if "/" in word]
            assert files
            assert all((ROOT / name).exists() for name in files), text


def test_what_is_run_by_hand_says_who_and_why():
    for proof in PROOFS.values():
        assert not isinstance(proof, ByHand) or len(proof.note.split()) >= 8


def test_what_was_not_tried_is_told_so():
    untried = {text for text, proof in PROOFS.items() if isinstance(proof, NotTried)}
    for document in {one.document for one in ALL if one.plain in untried}:
        assert "not tried" in (ROOT / document).read_text(encoding="utf-8"), document


def test_every_group_and_extra_that_is_told_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    known = {
        "group": project["dependency-groups"],
        "extra": project["project"]["optional-dependencies"],
    }
    named = [found for one in ALL for found in re.findall(r"--(group|extra)[ =](\S+)", one.typed)]
    assert named
    assert [name for kind, name in named if name not in known[kind]] == []


DOCUMENT = r"""Type `python -m course update`, not `python`.

```bash
python3 -m a && .venv/bin/pip install b  # why
```

```powershell
py -m a; if ($?) { .venv\Scripts\pip install b }
```

    uv run python -m d   two spaces
    x = 1

```python
import e
```
"""


def test_every_kind_of_command_is_found_in_a_document(tmp_path, monkeypatch):
    (tmp_path / "A.md").write_text(DOCUMENT)
    monkeypatch.setattr("tests.told_commands.ROOT", tmp_path)
    assert [(one.plain, one.shell) for one in told("A.md")] == [
        ("python -m course update", "bash"),
        ("python -m a", "bash"),
        ("pip install b", "bash"),
        ("python -m a", "powershell"),
        ("pip install b", "powershell"),
        ("python -m d", "bash"),
    ]
