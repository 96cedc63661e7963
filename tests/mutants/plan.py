"""Which mutants are planted: a seeded sample that is fair to areas and kinds."""

import random
import subprocess
from collections import defaultdict
from itertools import chain

from tests.mutants import choice


def sample(root, paths, n, seed, kinds=()):
    """n mutants of the files, in turn from each area, and there in turn from each kind.

    Files have very unlike numbers of mutants, and so have kinds: a plain draw would be nearly all
    numbers in prose.
    """
    draw = random.Random(seed)
    turns = [in_turn(groups, draw) for groups in grouped(root, paths, kinds).values()]
    found = []
    for mutant in round_robin(turns):
        if len(found) == n:
            break
        if choice.is_fault(root, mutant):
            found.append(mutant)
    return found


def grouped(root, paths, kinds):
    """The mutants by area and kind."""
    groups = defaultdict(lambda: defaultdict(list))
    areas = choice.files(root)
    for path in paths:
        for mutant in choice.mutants(root, path):
            if not kinds or any(kind in mutant.kind for kind in kinds):
                groups[areas[path]][mutant.kind].append(mutant)
    return groups


def in_turn(groups, draw):
    """The mutants of an area, one of each kind, then the next one of each; both in chance order."""
    kinds = sorted(groups)
    draw.shuffle(kinds)
    return round_robin([iter(draw.sample(groups[kind], len(groups[kind]))) for kind in kinds])


def round_robin(turns):
    """One from each in turn until all are at their end."""
    turns = list(turns)
    while turns:
        for each in list(turns):
            try:
                yield next(each)
            except StopIteration:
                turns.remove(each)


def changed(root, revision):
    """The paths that differ from a revision of git, new ones too; none outside a repository."""
    commands = (["diff", "--name-only", revision], ["ls-files", "--others", "--exclude-standard"])
    said = [
        subprocess.run(["git", "-C", root, *words], capture_output=True, text=True)
        for words in commands
    ]
    names = chain.from_iterable(each.stdout.splitlines() for each in said if not each.returncode)
    return sorted(set(names))
