"""Faults that are known to make no difference, each with its reason."""

import tomllib
from dataclasses import dataclass

from tests.mutants import choice
from tests.mutants.mutant import Mutant, read

FILE = "tests/mutants/survivors.toml"


@dataclass(frozen=True)
class Known:
    """A survivor. was, now: the line without and with the fault; mutant: None if there is none."""

    path: str
    was: str
    now: str
    reason: str
    mutant: Mutant | None


def load(root):
    """All that are listed, each with the mutant that it means."""
    path = root / FILE
    listed = tomllib.loads(path.read_text(encoding="utf-8")).get("survivor", [])
    keys = {each["path"]: keys_of(root, each["path"]) for each in listed}
    return [Known(**each, mutant=keys[each["path"]].get(pair(each))) for each in listed]


def pair(listed):
    return ((listed["was"], listed["now"]),)


def keys_of(root, path):
    """The mutants of a file by what they change."""
    if not (root / path).exists():
        return {}
    text = read(root / path)
    return {each.key(text): each for each in choice.mutants(root, path)}


def is_known(root, mutant, known):
    """Whether a mutant is one of the list."""
    own = [each for each in known if each.path == mutant.path]
    return bool(own) and mutant.key(read(root / mutant.path)) in [((e.was, e.now),) for e in own]
