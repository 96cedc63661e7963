"""The tests with the lowest versions that pyproject.toml allows, or with the newest.

    python -m tools.versions lowest
    python -m tools.versions newest --python 3.13 -- notebooks tests/nnlib

Each has an environment of its own, build/versions/lowest-3.11, which the next call uses again; what
was installed stands beside it, in lowest-3.11.txt. What follows -- goes to pytest. Without
--python, lowest takes the lowest Python that pyproject.toml allows, and newest the newest that is
on this computer; a path names any other. The exit code is that of pytest.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from course.paths import ROOT
from tools.check_pins import uv, wanted

FOLDER = ROOT / "build" / "versions"
PROJECT = ROOT / "pyproject.toml"
ENDS = {"lowest": ["--resolution", "lowest-direct"], "newest": ["--upgrade"]}
WHEELS = ["--only-binary", ":all:"]  # what a student's pip could take without a compiler


def lowest_python(project=PROJECT):
    """Such as "3.11": where requires-python begins."""
    needs = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["requires-python"]
    return re.search(r">=\s*(\d+\.\d+)", needs)[1]


def newest_python():
    """Such as "3.13": the newest finished Python that uv sees here."""
    listed = json.loads(said("python", "list", "--only-installed", "--output-format", "json"))
    found = [
        Version(one["version"])
        for one in listed
        if (one["implementation"], one["variant"]) == ("cpython", "default")
    ]
    newest = max(version for version in found if not version.is_prerelease)
    return f"{newest.major}.{newest.minor}"


def said(*words):
    """What uv prints."""
    return output(uv(), *words)


def output(*command):
    """What a command prints; CalledProcessError if it fails, after its own words."""
    run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return run.stdout.strip()


def find(python):
    """The path of a Python, and such as "3.11".  python: a version, or a path."""
    path = said("python", "find", "--no-project", str(python))
    return path, output(path, "-c", "import sys; print('%d.%d' % sys.version_info[:2])")


def resolve(end, python, into):
    """Write the exact versions of everything into a file.

    end: "lowest" or "newest".  python: such as "3.11".
    """
    said(
        *("pip", "compile", "--quiet", "--no-annotate", "--no-header", "--all-extras"),
        *(*ENDS[end], *WHEELS, "--python-version", python, "--group", "ci"),
        *("--output-file", str(into), str(PROJECT)),
    )


def install(python, folder, versions):
    """Make the environment in a folder, or what it lacks; the path of its Python.

    Python's own `venv` makes it, as README tells it: uv's would have no pip, which students use.
    """
    output(python, "-m", "venv", str(folder))
    own = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    into = "--quiet", "--python", str(own)
    said("pip", "sync", *into, *WHEELS, str(versions))
    said("pip", "install", *into, "--no-deps", "--editable", str(ROOT))
    return own


def direct(versions, project=PROJECT):
    """Of the versions in a file those that pyproject.toml names, as "numpy==2.0.0", in order."""
    names = {canonicalize_name(Requirement(line).name) for line in wanted(project).splitlines()}
    lines = [line.split(";")[0].strip() for line in versions.read_text("utf-8").splitlines()]
    return [line for line in lines if canonicalize_name(line.split("==")[0]) in names]


def run_tests(python, arguments):
    """Run pytest with a Python; its exit code."""
    path = os.pathsep.join([str(python.parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "VIRTUAL_ENV": str(python.parent.parent)}
    command = [python, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def parsed(words):
    """The settings, and what goes to pytest."""
    cut = words.index("--") if "--" in words else len(words)
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("end", choices=ENDS, help="of what pyproject.toml allows")
    parser.add_argument("--python", help="a version, or the path of a Python")
    return parser.parse_args(words[:cut]), words[cut + 1 :]


def main():
    """Resolve, install, say what was installed, test."""
    options, arguments = parsed(sys.argv[1:])
    try:
        python = options.python or {"lowest": lowest_python, "newest": newest_python}[options.end]()
        path, minor = find(python)
        name = f"{options.end}-{minor}"
        FOLDER.mkdir(parents=True, exist_ok=True)
        versions = FOLDER / f"{name}.txt"
        resolve(options.end, minor, versions)
        own = install(path, FOLDER / name, versions)
    except FileNotFoundError as error:
        sys.exit(str(error))
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error.cmd[0]} ended with {error.returncode}; its words are above.")
    print(f"{name}: {', '.join(direct(versions))}", flush=True)
    sys.exit(run_tests(own, arguments))


if __name__ == "__main__":
    main()
