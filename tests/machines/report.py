"""What the results say: red runs, and of each assertion how far it is from failing.

An assertion is on a trained network if what it compares varies over the machines and shakes. Its
margin is the mean distance to its limit, in standard deviations over these runs; under 3 it holds
by luck. What differs between two runs of the same code on the same machine (Haswell and Zen are one
in many builds of OpenBLAS) varies with the clock, not with the training: it is listed, and not
judged. A value that is no number and varies has no margin; it is judged as if that were 0.
"""

import statistics
from collections import defaultdict
from dataclasses import dataclass

LEAST = 3  # standard deviations
ROUNDING = 1e-9  # relative; what varies less is the same on every machine
PASSES = 20  # of a loop around an assertion; of more only the closest pass is told


@dataclass
class Row:
    """One comparison on one data set, over its runs.

    place: notebook, data set, number of the code cell from 0 as pytest counts, line in it.
    group: the same for the sides of an `or`.  n: number of runs.  value, limit: means of the side
    that varies and of the other.  judged: whether a margin under LEAST is a fault.
    """

    place: str
    text: str
    group: tuple
    n: int
    value: object
    limit: object
    deviation: float
    margin: float
    judged: bool = True


def rows(results):
    """The rows of all comparisons that vary, smallest margin first."""
    found = [row(place, entries) for place, entries in gathered(results).items()]
    return sorted(excused(each for each in found if each), key=lambda row: row.margin)


def gathered(results):
    """Of each comparison, by its place, the pairs (result, measure)."""
    found = defaultdict(list)
    for result in results:
        for key, measures in by_comparison(result).items():
            for number, each in enumerate(measures):
                found[(*key, number)].append((result, each))
    return found


def by_comparison(result):
    """The measures of one run by place; one a pass, or the closest one if there are many."""
    found = defaultdict(list)
    for each in result["comparisons"]:
        place = (each["cell"], each["line"], each["assertion"], each["comparison"])
        found[(result["subject"], result["data"], *place)].append(each)
    return {key: few(measures) for key, measures in found.items()}


def few(measures):
    if len(measures) <= PASSES or any(each["distance"] is None for each in measures):
        return measures[:PASSES]
    return [min(measures, key=lambda each: each["distance"])]


def row(place, entries):
    """The row of one comparison; None if it does not vary."""
    subject, data, cell, line, _, number, turn = place
    measures = [measure for _, measure in entries]
    first = measures[0]
    where = f"{subject[:2]} {data} cell {cell} line {line}" + f" pass {turn + 1}" * bool(turn)
    alternatives = (*place[:5], turn, first["group"] or f"only {number}")
    head = (where, f"{first['text']}" + " (not)" * first["op"].startswith("not "), alternatives)
    if any(each["distance"] is None for each in measures):
        return row_of_words(head, first["op"], measures, entries)
    return row_of_numbers(head, measures, entries)


def row_of_words(head, op, measures, entries):
    """Values that are no numbers; where they must be equal, a difference is a red run already."""
    kinds = {(str(each["left"]), str(each["right"])) for each in measures}
    if len(kinds) == 1 or op == "==":
        return None
    value, limit = f"{len(kinds)} different", measures[0]["right"]
    return Row(*head, len(measures), value, limit, 0.0, 0.0, not by_the_clock(entries))


def row_of_numbers(head, measures, entries):
    """Value, limit and margin of numbers."""
    sides = [[each[side] for each in measures] for side in ("left", "right")]
    distances = [each["distance"] for each in measures]
    size = max(max(map(abs, side)) for side in sides)
    if spread(distances) <= ROUNDING * size:
        return None
    value, limit = sides if spread(sides[0]) > ROUNDING * size else reversed(sides)
    margin = statistics.fmean(distances) / spread(distances)
    means = statistics.fmean(value), statistics.fmean(limit)
    judged = not by_the_clock(entries)
    return Row(*head, len(measures), *means, spread(value), margin, judged)


def spread(values):
    """Standard deviation of a sample; 0 for one value."""
    return statistics.stdev(values) if len(values) > 1 else 0.0


def by_the_clock(entries):
    """Whether two runs of the same code on the same machine differ."""
    seen = {}
    for result, measure in entries:
        machine = (str(result["machines"]), result["threads"], result["shake"])
        sides = measure["left"], measure["right"]
        if seen.setdefault(machine, sides) != sides:
            return True
    return False


def excused(found):
    """Of the sides of an `or` the one with the most margin; the others need none."""
    best = {}
    for each in found:
        known = best.setdefault(each.group, each)
        best[each.group] = max(known, each, key=lambda row: row.margin)
    return list(best.values())


def faults(found):
    """The rows that hold by luck."""
    return [each for each in found if each.judged and each.margin < LEAST]


def table(found):
    """The rows as text, one line each."""
    heading = f"{'margin':>8} {'runs':>4} {'value':>12} {'limit':>12} {'std':>10}  where"
    return "\n".join([heading, *map(line, found)])


def line(row):
    """One line of the table, marked if the row is a fault."""
    mark = "" if not row.judged else "  UNDER 3" if row.margin < LEAST else ""
    mark = mark or "  (clock)" * (not row.judged)
    numbers = f"{row.margin:8.3g} {row.n:4} {shown(row.value):>12} {shown(row.limit):>12}"
    return f"{numbers} {row.deviation:10.3g}  {row.place}: {row.text[:90]}{mark}"


def shown(value):
    return f"{value:.5g}" if isinstance(value, float) else str(value)[:12]


def is_red(result):
    return bool(result["red"] or result["error"])


def said(result):
    """One line on how a run went."""
    if result["error"]:
        return f"ERROR {result['error'].splitlines()[-1]}"
    if result["red"]:
        return "RED " + "; ".join(f"{name}: {text}" for name, text in result["red"].items())
    return "green"
