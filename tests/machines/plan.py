"""Which runs there are, what they depend on, and what is known of them already."""

import ast
import hashlib
import json
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

from course.paths import ROOT
from nnlib import storage
from tools.store_notebooks import lessons

KEPT = ROOT / "build" / "machines"
KERNEL = Path(__file__).parent / "kernel"
TESTS = "tests"  # the subject of runs of the tests that train
# The architectures that OpenBLAS may call what was asked for: it has one code for two of them.
ARCHITECTURES = {
    "SkylakeX": {"SkylakeX"},
    "Haswell": {"Haswell"},
    "Zen": {"Zen", "Haswell"},
    "Sandybridge": {"Sandybridge"},
    "Nehalem": {"Nehalem"},
    "Prescott": {"Prescott", "Katmai"},
}
SHAKEN = "Haswell"  # shaken starts run under the kernel of most computers
SETS = ("full", "small")
# What a change has to pass beside the suite, whose notebooks run under Haswell with one thread:
# (kernel, set, threads, shake). One of the two starts shaken as well, which takes no run more.
CUT = [("Sandybridge", "full", 2, 1), ("Nehalem", "small", 1, 0)]
CUT_NOTEBOOKS = ("05", "06", "07", "08", "09", "10", "11")


@dataclass(frozen=True)
class Run:
    """One run of a notebook, or of the tests that train, on one machine.

    subject: the notebook's name without its ending, or "tests".  data: "full" or "small".
    kernel: what OPENBLAS_CORETYPE is set to.  shake: number of the shaken start, 0 for none.
    """

    subject: str
    data: str
    kernel: str
    threads: int
    shake: int = 0

    def __str__(self):
        threads = f"{self.threads} thread" + "s" * (self.threads > 1)
        shaken = f", shake {self.shake}" * bool(self.shake)
        return f"{self.subject}, {self.data} set, {self.kernel}, {threads}{shaken}"

    @property
    def path(self):
        """Where the result is kept."""
        name = f"{self.subject}-{self.data}-{self.kernel}-{self.threads}-{self.shake:02}"
        return KEPT / f"{name}.json"

    def result(self):
        """What is kept of this run, whatever it was made with; None if nothing is."""
        try:
            return json.loads(self.path.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return None

    def keep(self, result):
        """Write the result, whole or not at all."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with storage.replacing(self.path) as file:
            file.write(json.dumps(asdict(self) | result, indent=1).encode())


def runs(subjects, kernels, threads, sets, shakes):
    """All runs of the subjects: on every kernel, then shaken ones of the notebooks."""
    plain = [
        Run(subject, data, kernel, count)
        for subject in subjects
        for data in sets
        for kernel in kernels
        for count in threads
    ]
    shaken = [
        Run(subject, data, SHAKEN, 1, shake)
        for subject in subjects
        for data in sets
        for shake in range(1, shakes + 1)
        if subject != TESTS
    ]
    return plain + shaken


def cut(sets):
    """The runs for every change; without the full set all are on the small one."""
    return [
        Run(path.stem, data if data in sets else "small", kernel, threads, shake)
        for kernel, data, threads, shake in CUT
        for path in lessons(CUT_NOTEBOOKS)
    ]


def fingerprint(subject):
    """What a result of the subject depends on, as two short texts: itself, and all code below it.

    Of a notebook count the sources and stored outputs of its code cells, pictures aside; of code
    nnlib, the live figures, what measures, and the lesson itself, without comments and docstrings.
    """
    return {
        "itself": _of_tests() if subject == TESTS else _of_notebook(subject),
        "code": _of_code(subject),
    }


def _of_notebook(subject):
    path = ROOT / "notebooks" / f"{subject}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    parts = [_cell(cell) for cell in cells if cell["cell_type"] == "code"]
    return _short(json.dumps(parts))


def _cell(cell):
    """Source, tags and outputs of a code cell, without its pictures."""
    for output in cell["outputs"]:
        output.get("data", {}).pop("text/html", None)
    return [cell["source"], cell["metadata"].get("tags"), cell["outputs"]]


def _of_tests():
    files = sorted(ROOT.glob("tests/**/*.py"))
    return _short(*(_without_words(path) for path in files))


def _of_code(subject):
    lesson = "lesson*" if subject == TESTS else f"lesson{subject[:2]}"
    folders = ["nnlib", *(f"course/{name}" for name in ("live", "measured", lesson))]
    code = [path for name in folders for path in sorted(ROOT.glob(f"{name}/**/*.py"))]
    code += sorted(KERNEL.glob("*.py"))
    kept = [*sorted(ROOT.glob("data/*.csv")), *sorted(ROOT.glob("data/*.npz"))]
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in kept]
    patterns = (ROOT / "tests" / "nbval.cfg").read_text(encoding="utf-8")
    texts = [*map(_without_words, code), *hashes, patterns]
    return _short(metadata.version("numpy"), *texts)


def _without_words(path):
    """A Python file as a text that does not change with comments, layout and docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            body[:1] = [] if isinstance(body[0].value, ast.Constant) else body[:1]
    return ast.dump(tree)


def _short(*texts):
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
