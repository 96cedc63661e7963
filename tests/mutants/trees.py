"""A copy of the course in which a fault is planted and the tests are run."""

import compileall
import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from py_compile import PycInvalidationMode

from tools.store_notebooks import ONE_THREAD

NOT_COPIED = {
    *(".git", ".venv", ".hub", "build", "my_lessons", "trial_hub", "node_modules", "__pycache__"),
    *(".pytest_cache", ".ruff_cache", ".hypothesis", ".ipynb_checkpoints"),
}
SERVER = Path(__file__).with_name("server.py")
OPTIONS = ["-x", "-q", "-n", "0", "--tb=no", "-rfE", "-p", "no:cacheprovider", "--timeout=180"]
RED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)
GREEN, WRONG_CALL, NOTHING_RUN = 0, 4, 5  # exit codes of pytest
TIME = "the time limit"


def copy(root, folder):
    """Copy the course without what is made or installed."""
    shutil.copytree(root, folder, ignore=lambda _, names: NOT_COPIED & set(names))
    return Path(folder)


class Tree:
    """One copy of the course. Only one mutant is in it at a time.

    limit: seconds for the tests of one mutant; an endless loop is noticed by then.
    """

    def __init__(self, root, folder, limit):
        self.folder, self.limit = copy(root, folder), limit
        # Compiled files that hold the hash of their source: two changes within one tick of the
        # clock, of the same length, would otherwise run the code of the first.
        hashed = PycInvalidationMode.CHECKED_HASH
        for name in ("nnlib", "course", "tools"):
            compileall.compile_dir(self.folder / name, quiet=2, invalidation_mode=hashed)
        self._broken = {}
        self._server = subprocess.Popen(
            [sys.executable, str(SERVER)],
            cwd=self.folder,
            env=surroundings(self.folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self):
        """End the process that runs the tests."""
        self._server.stdin.close()
        self._server.wait()
        self._server.stdout.close()

    @contextmanager
    def planted(self, mutant):
        """The fault stands in the copy within this block."""
        path = self.folder / mutant.path
        text = path.read_bytes()
        path.write_text(mutant.planted(text.decode()), encoding="utf-8", newline="")
        try:
            yield
        finally:
            path.write_bytes(text)

    def noticed(self, mutant, stages):
        """The first test that fails with the fault but not without; None if there is none.

        stages: lists of files of tests, run one list after the other.
        """
        for chosen in stages:
            by = self._noticed(mutant, chosen)
            if by:
                return by
        return None

    def _noticed(self, mutant, chosen):
        skipped = [name for name, broken in self._broken.items() if broken]
        chosen = [each for each in chosen if each not in skipped]
        while any(each.endswith((".py", ".ipynb")) for each in chosen):
            with self.planted(mutant):
                red = self.red(chosen, skipped)
            if red in (None, TIME) or not self.broken(red):
                return red
            skipped.append(own(red))
            chosen = [each for each in chosen if each not in skipped]
        return None

    def broken(self, red):
        """Whether a test is red without any fault; of a notebook, any of its cells."""
        name = own(red)
        if name not in self._broken:
            # a file alone is what could not be collected
            whole = "::" in name or name.startswith("notebooks/")
            self._broken[name] = bool(self.red([name] if whole else ["--collect-only", name], []))
            if self._broken[name]:
                print(f"red without a fault, and left out: {name}", flush=True)
        return self._broken[name]

    def red(self, chosen, skipped):
        """The first test that fails, or what stopped it; None if all passed."""
        left_out = [f"--deselect={name}" for name in skipped]
        code, said = self.run([*OPTIONS, *left_out, *chosen])
        if code in (GREEN, NOTHING_RUN):
            return None
        found = RED.search(said)
        if code == WRONG_CALL and not found:
            raise ValueError(said[-1000:])
        return TIME if code is None else found[1] if found else f"{chosen[0]}"

    def run(self, words):
        """(exit code, what was printed) of pytest; the code is None if it took too long."""
        said = self.folder.with_suffix(".said")
        asked = {"words": words, "said": str(said), "limit": self.limit}
        self._server.stdin.write(json.dumps(asked) + "\n")
        self._server.stdin.flush()
        code = json.loads(self._server.stdout.readline())
        return code, said.read_text(encoding="utf-8", errors="replace")


def surroundings(folder):
    """The environment of the tests: the kernels of nbval too import from the copy."""
    kept = {name: os.environ[name] for name in os.environ if name != "PYTEST_ADDOPTS"}
    return kept | dict.fromkeys(ONE_THREAD, "1") | {"PYTHONPATH": str(folder)}


def own(name):
    """What can be run alone: a test, or a whole notebook, whose cells need those above."""
    return name.split("::")[0] if name.startswith("notebooks/") else name
