"""Whether this computer has what the lessons need: names what does not fit, and what to type.

Which libraries the lessons need, and from which version on, stands in pyproject.toml.
"""

import platform
import tomllib
from importlib import metadata, util
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

import nnlib
from course.paths import ROOT
from nnlib import commands

FINE = "Everything that the lessons need is installed."


def versions(*names):
    """What a measurement was made with, for example "Python 3.11.7, NumPy 2.4.0, nnlib 0.1.0".

    names: libraries as pip knows them, in any case, or "nnlib"; Python comes first by itself.
    Raises metadata.PackageNotFoundError for a library that is not installed.
    """
    known = {"Python": platform.python_version(), "nnlib": nnlib.__version__}
    named = ("Python", *names)
    return ", ".join(f"{name} {known.get(name) or metadata.version(name)}" for name in named)


def requirements(root=ROOT):
    """(Python versions, libraries with versions) that the lessons need, as packaging's objects.

    root: the folder with pyproject.toml.  A library that is needed only on other kinds of computers
    is left out.  Raises FileNotFoundError if the file is not there.
    """
    needed = _project(root)
    here = [found for found in map(Requirement, needed["dependencies"]) if _is_for_here(found)]
    return SpecifierSet(needed["requires-python"]), here


def problems(python=None, installed=metadata.version, root=ROOT):
    """What is missing or too old: a list of pairs (sentence, what pip should install).

    python: the version to check, this one if not given.  installed: a function that returns the
    version of a library or raises metadata.PackageNotFoundError.  For Python itself, which pip
    cannot install, the second element is None.
    """
    python_range, libraries = requirements(root)
    python = python or platform.python_version()
    found = []
    if not python_range.contains(python, prereleases=True):
        found.append((f"Python {python} is running; the lessons need {python_range}.", None))
    for library in libraries:
        sentence = _problem(library, installed)
        if sentence:
            found.append((sentence, f'"{library.name}{library.specifier}"'))
    return found


def check(found=None):
    """Print that everything is there, or what is not and the command that mends it.

    found: what `problems()` returns; it is called if this is not given.
    """
    found = problems() if found is None else found
    libraries = [library for _, library in found if library]
    print("\n".join(sentence for sentence, _ in found) or FINE)
    if len(libraries) < len(found):
        print("Install a newer Python and set the lessons up with it, as README.md says.")
    if libraries and not _has_pip():
        print(f"To mend it, run this line in a terminal in the folder {ROOT}, then restart:")
        print("uv sync --inexact")
    elif libraries:
        print(f"To mend it, run this line {_place()}:")
        print(commands.install(" ".join(libraries)))


def how_to_add(extra):
    """What to do to install an extra of pyproject.toml, for example "baselines"; ends in a command.

    Raises KeyError if there is no such extra.
    """
    if not _has_pip():
        return f"run in a terminal in the folder {ROOT}: uv sync --inexact --extra {extra}"
    needed = _project(ROOT)["optional-dependencies"][extra]
    return f"run {_place()}: " + commands.install(" ".join(f'"{library}"' for library in needed))


def _has_pip():
    """Whether pip is in this environment; one that uv made has none."""
    return util.find_spec("pip") is not None


def _place():
    """Where `commands.install` is to be typed, and what comes after it."""
    if commands.in_notebook():
        return "in a cell, then choose Kernel > Restart Kernel"
    return "in a terminal"


def _project(root):
    """The part [project] of the pyproject.toml in a folder."""
    path = Path(root) / "pyproject.toml"
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is missing: run the lessons from a copy of the whole project"
        )
    return tomllib.loads(path.read_text(encoding="utf-8"))["project"]


def _is_for_here(library):
    """Whether a dependency is needed on this kind of computer; a marker behind ; may say no."""
    return library.marker is None or library.marker.evaluate()


def _problem(library, installed):
    """A sentence if the library is missing or too old, otherwise None.

    A version newer than those that were tested is no problem until a lesson fails with it.
    """
    try:
        version = installed(library.name)
    except metadata.PackageNotFoundError:
        return f"{library.name} is missing."
    oldest = SpecifierSet(",".join(f"{at}" for at in library.specifier if at.operator == ">="))
    if oldest.contains(version, prereleases=True):
        return None
    return f"{library.name} {version} is installed; the lessons need {oldest}."
