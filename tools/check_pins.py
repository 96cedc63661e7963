"""Whether the pins of constraints.txt fit every Python and every system that README promises.

    python -m tools.check_pins

asks the package registry for each of them, and downloads nothing but names and versions. It prints
a line for each; exit code 1 if a pin does not fit, 3 if the registry cannot be reached.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import product
from pathlib import Path

from packaging.utils import canonicalize_name

from course.paths import ROOT

PYTHONS = ["3.11.0", "3.12.0", "3.13.0", "3.14.0", "3.15.0"]  # the first of each: it can do least
SYSTEMS = {
    "Linux x86-64": "x86_64-unknown-linux-gnu",
    "Linux ARM": "aarch64-unknown-linux-gnu",
    "Windows": "x86_64-pc-windows-msvc",
    "Intel Mac": "x86_64-apple-darwin",
    "ARM Mac": "aarch64-apple-darwin",
}
ONE_TRY = {"UV_HTTP_RETRIES": "0"}  # a registry that cannot be reached is said soon
UNREACHABLE = 3


def uv():
    """The path of the program uv, from this environment or another; FileNotFoundError if none."""
    with suppress(ImportError, FileNotFoundError):
        from uv import find_uv_bin  # it is not in what a student installs

        return find_uv_bin()
    if found := shutil.which("uv"):
        return found
    raise FileNotFoundError("uv is not installed; CONTRIBUTING.md says how to install all groups.")


def wanted(project):
    """All requirements of a pyproject.toml, of every extra and every group, one a line."""
    content = tomllib.loads(project.read_text(encoding="utf-8"))
    extras = content["project"].get("optional-dependencies", {})
    groups = content.get("dependency-groups", {})
    lists = [content["project"]["dependencies"], *extras.values(), *groups.values()]
    lines = [line for one in lists for line in one if isinstance(line, str)]  # no "include-group"
    return "\n".join(dict.fromkeys(lines))


def pinned(constraints):
    """The names of the libraries in a constraints.txt, as the registry writes them."""
    names = re.findall(r"^[\w.-]+", constraints.read_text(encoding="utf-8"), re.MULTILINE)
    return {canonicalize_name(name) for name in names}


def resolve(needed, constraints, *options):
    """The names of the libraries that would be installed, as a set.

    needed: requirements, one a line.  options: those of `uv pip compile` that name a Python and
    a system.  What an earlier run has read is believed if it gives a solution; if not, the registry
    is asked.  Raises LookupError with uv's words if there is no solution, ConnectionError if the
    registry cannot be reached, FileNotFoundError without uv.
    """
    command = [uv(), "pip", "compile", "--quiet", "--no-header", "--no-annotate"]
    command += ["--python", sys.executable]  # or uv looks for a Python of that version
    command += ["--only-binary", ":all:", "-c", str(constraints), *options]
    for where in (["--offline"], []):
        run = subprocess.run(
            [*command, *where, "-"],
            input=needed,
            env=os.environ | ONE_TRY,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if run.returncode == 0:
            return set(re.findall(r"^[\w.-]+", run.stdout, re.MULTILINE))
    if "Failed to fetch" in run.stderr:
        raise ConnectionError("The package registry cannot be reached.")
    raise LookupError(run.stderr.strip())


def fault(needed, constraints, python, system):
    """What does not fit for a Python such as "3.11.0" and a system of SYSTEMS; "" if all does."""
    options = "--python-version", python, "--python-platform", SYSTEMS[system]
    try:
        names = resolve(needed, constraints, *options)
    except LookupError as error:
        return str(error)
    return ", ".join(f"{name} has no pin" for name in sorted(names - pinned(constraints)))


def check(needed, constraints):
    """Print a line for each Python and system; how many of them have a fault."""
    with suppress(LookupError):  # one question for all, so that the registry is not asked each time
        resolve(needed, constraints, "--universal", "--python-version", PYTHONS[0])
    pairs, count = list(product(PYTHONS, SYSTEMS)), 0
    with ThreadPoolExecutor(4) as pool:
        faults = pool.map(lambda pair: fault(needed, constraints, *pair), pairs)
        for (python, system), found in zip(pairs, faults):
            print(f"Python {python}, {system}: {found or 'every pin fits'}", flush=True)
            count += bool(found)
    return count


def main():
    """Check the pins of the project, or those of another file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--constraints", type=Path, default=ROOT / "constraints.txt")
    constraints = parser.parse_args().constraints
    try:
        faults = check(wanted(ROOT / "pyproject.toml"), constraints)
    except FileNotFoundError as error:
        sys.exit(str(error))
    except ConnectionError as error:
        print(error)
        sys.exit(UNREACHABLE)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
