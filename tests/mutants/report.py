"""What the tests noticed: a table by area, one by kind, and the survivors as small diffs."""

from collections import Counter
from dataclasses import dataclass

from tests.mutants import choice
from tests.mutants.mutant import Mutant, read

LEAST = 0.95  # of the planted faults


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant. by: the test that noticed it, None if none did."""

    mutant: Mutant
    by: str | None
    seconds: float


def table(root, verdicts):
    """Two tables: planted and caught by area and by kind."""
    areas = choice.files(root)
    by_area = counted([(areas[each.mutant.path], each) for each in verdicts])
    by_kind = counted([(each.mutant.kind, each) for each in verdicts])
    return f"{rows('area', by_area)}\n\n{rows('kind', by_kind)}"


def counted(pairs):
    planted = Counter(name for name, _ in pairs)
    caught = Counter(name for name, verdict in pairs if verdict.by)
    return [(name, planted[name], caught[name]) for name in sorted(planted)]


def rows(title, counts):
    head = f"{title:<28}{'planted':>8}{'caught':>8}"
    return "\n".join([head, *(f"{name:<28}{n:>8}{caught:>8}" for name, n, caught in counts)])


def shown(root, mutant):
    """A mutant as the lines that differ."""
    found = [f"{mutant.path}  ({mutant.kind})"]
    for place, was, now in mutant.changes(read(root / mutant.path)):
        found += [f"  {place.lstrip(':')}", f"  - {was.strip()}", f"  + {now.strip()}"]
    return "\n".join(found)
