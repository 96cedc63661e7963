"""The reading site: all lessons as pages that answer without a kernel and without a network."""

import importlib.util
import tomllib

from course.paths import ROOT
from nnlib import commands

NEEDED = ("myst_nb", "sphinx_book_theme", "sphinx-mathjax-offline")


def require(*modules):
    """Raise LookupError that says what to type if one of these modules is not installed."""
    if all(importlib.util.find_spec(name) for name in modules):
        return
    with (ROOT / "pyproject.toml").open("rb") as file:
        group = tomllib.load(file)["dependency-groups"]["site"]
    line = commands.install(" ".join(f'"{one}"' for one in group))
    raise LookupError(f"This takes libraries that no lesson needs. Install them first:\n{line}")
