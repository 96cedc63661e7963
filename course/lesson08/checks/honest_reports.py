"""Reports about many runs: the truths, and what tells wrong answers apart."""

import numpy as np

from course.ask import compare

REPORT = ("median", "lowest", "highest", "losers", "kept")


def honest_report(finals, lost):
    """Median, lowest and highest accuracy of n runs, how many lost a digit, median of the others.

    finals: n >= 1 percents.  lost: n texts such as "" or "2 8".  The last number is NaN if every
    run lost a digit.
    """
    kept = [final for final, digits in zip(finals, lost) if digits == ""]
    middle = float(np.median(kept)) if kept else float("nan")
    losers = len(finals) - len(kept)
    return float(np.median(finals)), min(finals), max(finals), losers, middle


def _mean_report(finals, lost):
    _, low, high, losers, kept = honest_report(finals, lost)
    means = [final for final, digits in zip(finals, lost) if not digits]
    return np.mean(finals), low, high, losers, np.mean(means) if means else kept


def _without_losers(finals, lost):
    """All numbers from the runs that kept their digits, as if there were no others."""
    chosen = [final for final, digits in zip(finals, lost) if not digits] or [float("nan")]
    kept = float(np.median(chosen))
    return kept, min(chosen), max(chosen), sum(map(bool, lost)), kept


def _counting_digits(finals, lost):
    median, low, high, _, kept = honest_report(finals, lost)
    return median, low, high, sum(len(digits.split()) for digits in lost), kept


def _counting_keepers(finals, lost):
    median, low, high, losers, kept = honest_report(finals, lost)
    return median, low, high, len(finals) - losers, kept


def _upper_middle(finals, lost):
    _, low, high, losers, _ = honest_report(finals, lost)
    kept = sorted(final for final, digits in zip(finals, lost) if not digits)
    middle = kept[len(kept) // 2] if kept else float("nan")
    return sorted(finals)[len(finals) // 2], low, high, losers, middle


def _best_as_typical(finals, lost):
    _, low, high, losers, kept = honest_report(finals, lost)
    return high, low, high, losers, kept


def _kept_of_all(finals, lost):
    median, low, high, losers, _ = honest_report(finals, lost)
    return median, low, high, losers, median


REPORTS = {
    "three runs that kept all digits": ([91.75, 88.5, 94.25], ["", "", ""]),
    "six runs, three of which lost digits": (
        [91.7, 75.9, 84.0, 92.1, 83.1, 91.6],
        ["", "8 9", "5", "", "0", ""],
    ),
    "one run": ([91.5], [""]),
    "four runs that all lost digits": (
        [74.9, 67.0, 84.1, 75.9],
        ["2 8", "6 8 9", "0", "8 9"],
    ),
    "four runs, two of them equal": ([91.5, 90.25, 91.5, 70.5], ["", "", "", "0 5"]),
    "three runs, one with a lost digit that is the best": (
        [92.0, 83.5, 88.25],
        ["7", "", ""],
    ),
    "two runs": ([96.0, 84.0], ["", "3"]),
    "eleven runs": (
        np.random.default_rng(9).uniform(60, 97, 11).round(2).tolist(),
        ["", "1", "", "", "4 7 9", "", "2", "", "", "", "0"],
    ),
    "five runs, one of which kept all digits": (
        [74.4, 91.9, 83.7, 66.8, 84.2],
        ["4 9", "", "0", "1 2 3", "8"],
    ),
}


def _drawn_reports(rng):
    """words -> (finals, lost) of random runs, some of which lost digits."""

    def runs(n):
        finals = rng.uniform(60, 97, n).round(2).tolist()
        counts = rng.integers(0, 3, n)
        counts[:2] = 0, 2
        return finals, [" ".join(map(str, sorted(rng.permutation(10)[:k]))) for k in counts]

    return {f"{n} runs": runs(n) for n in (5, 8, 12)}


def _lower_middle(finals, lost):
    _, low, high, losers, _ = honest_report(finals, lost)
    kept = sorted(final for final, digits in zip(finals, lost) if not digits)
    middle = kept[(len(kept) - 1) // 2] if kept else float("nan")
    return sorted(finals)[(len(finals) - 1) // 2], low, high, losers, middle


def _in_the_order_given(finals, lost):
    _, *others = honest_report(finals, lost)
    places = (len(finals) - 1) // 2, len(finals) // 2
    return sum(finals[place] for place in places) / 2, *others


def _share_of_losers(finals, lost):
    median, low, high, losers, kept = honest_report(finals, lost)
    return median, low, high, 100 * losers / len(finals), kept


NO_HIDDEN_LAYER_MISTAKES = {
    "mean-not-median": _mean_report,
    "losers-left-out": _without_losers,
    "counts-digits": _counting_digits,
    "counts-keepers": _counting_keepers,
    "upper-middle": _upper_middle,
    "lower-middle": _lower_middle,
    "not-in-order": _in_the_order_given,
    "share-of-losers": _share_of_losers,
    "best-as-typical": _best_as_typical,
    "kept-of-all": _kept_of_all,
}


def no_hidden_layer(f, says):
    """Compare a report with the true one, among others if all runs, or none, lost a digit."""
    return compare.function(
        f,
        REPORTS,
        honest_report,
        fresh=_drawn_reports,
        same=compare.part_by_part(*REPORT),
        misconceptions=compare.named(NO_HIDDEN_LAYER_MISTAKES, says),
    )


def _median_choice(etas, seeds, validation, test):
    medians = [np.median([validation[eta, seed] for seed in seeds]) for eta in etas]
    best = etas[int(np.argmax(medians))]
    return best, test[best]


def _chosen_by(summary):
    """The same choice by another summary of the seeds than the median."""

    def choice(etas, seeds, validation, test):
        values = [summary([validation[eta, seed] for seed in seeds]) for eta in etas]
        best = etas[int(np.argmax(values))]
        return best, test[best]

    return choice


def _last_of_equals(etas, seeds, validation, test):
    return _median_choice(etas[::-1], seeds, validation, test)


def _reports_validation(etas, seeds, validation, test):
    best, _ = _median_choice(etas, seeds, validation, test)
    return best, np.median([validation[best, seed] for seed in seeds])


def _lowest(etas, seeds, validation, test):
    return _chosen_by(lambda values: -np.median(values))(etas, seeds, validation, test)


def _table(etas, columns, tests):
    """Arguments of a case: etas, seeds, validation accuracies (eta, seed) and test accuracies."""
    validation = {
        (eta, seed): value for eta, row in zip(etas, columns) for seed, value in enumerate(row)
    }
    return etas, list(range(len(columns[0]))), validation, dict(zip(etas, tests))


CHOICES = {
    "three etas and three seeds": _table(
        [0.1, 3.0, 30.0], [[70, 71, 72], [94, 95, 93], [60, 80, 10]], [71.5, 94.2, 40.0]
    ),
    "one lucky seed at a bad eta": _table(
        [0.3, 3.0, 10.0], [[85, 86, 84], [92, 93, 91], [74, 94.5, 82]], [85.5, 92.2, 80.0]
    ),
    "one unlucky seed at a good eta": _table(
        [1.0, 3.0], [[91, 90.5, 91.5], [93, 94, 66]], [90.8, 93.1]
    ),
    "an eta that is better on the test images": _table(
        [3.0, 1.0], [[94, 93.5, 91], [93, 92, 92.5]], [93.0, 93.9]
    ),
    "an even number of seeds": _table([0.5, 5.0], [[90, 60, 92, 93], [94, 93.5, 88, 70]], [89, 88]),
    "two seeds, one of them bad": _table([2.0, 1.0], [[90, 94], [91, 92]], [93.0, 93.5]),
    "medians that differ by little": _table(
        [1.0, 2.0], [[93.6, 90.0, 95.0], [93.9, 93.8, 94.1]], [93.0, 94.0]
    ),
    "two equal medians, the larger eta first": _table(
        [5.0, 0.5], [[93, 90, 96], [93, 94, 60]], [92.0, 93.0]
    ),
    "two etas with the same median": _table(
        [10.0, 2.0, 5.0], [[90, 91, 92], [93, 95, 94], [96, 80, 94]], [90.2, 93.5, 94.4]
    ),
    "one eta and one seed": _table([3.0], [[94.5]], [94.0]),
}


def _drawn_choices(rng):
    """words -> tables as those of `_table`, random; no two medians are equal."""

    def table(etas, seeds):
        columns = rng.permutation(np.arange(600, 960))[: etas * seeds].reshape(etas, seeds) / 10
        tests = rng.permutation(np.arange(600, 960))[:etas] / 10
        names = (rng.permutation(np.arange(1, 40))[:etas] / 4).tolist()
        return _table(names, columns.tolist(), tests.tolist())

    return {f"{etas} etas and {seeds} seeds": table(etas, seeds) for etas, seeds in SIZES}


SIZES = ((3, 3), (2, 5), (6, 7))  # odd counts of seeds: the medians of different numbers differ


def _same_choice(given, expected, name):
    """None if a pair (eta, accuracy) is the expected one, otherwise a message about one of both."""
    message = compare.part_by_part("eta", "accuracy")(given, expected, name)
    try:
        other_eta = not np.isclose(float(given[0]), expected[0], rtol=compare.RTOL)
    except Exception:  # no pair, or no number: the message says so
        return message
    return f"`eta` in {name} is not the one with the highest median." if other_eta else message


def _swapped(*table):
    return _median_choice(*table)[::-1]


CHOOSE_ETA_MISTAKES = {
    "by-best-run": _chosen_by(max),
    "by-mean": _chosen_by(np.mean),
    "first-seed-only": _chosen_by(lambda values: values[0]),
    "by-worst-seed": _chosen_by(min),
    "last-of-equals": _last_of_equals,
    "upper-middle": _chosen_by(lambda values: sorted(values)[len(values) // 2]),
    "lower-middle": _chosen_by(lambda values: sorted(values)[(len(values) - 1) // 2]),
    "largest-of-equals": lambda etas, *rest: _median_choice(sorted(etas)[::-1], *rest),
    "smallest-of-equals": lambda etas, *rest: _median_choice(sorted(etas), *rest),
    "rounded": _chosen_by(lambda values: round(np.median(values))),
    "lowest-median": _lowest,
    "parts-swapped": _swapped,
    "reports-validation": _reports_validation,
}


def choose_eta(f, says):
    """Let f choose on tables in the place of trained networks, and watch when it asks for a test.

    A peek at the test images is told before anything else.
    """
    if no_function := compare.function(f, {}, _median_choice):
        return no_function
    peeks = []
    message = compare.function(
        lambda *table: _watched(f, *table, peeks),
        CHOICES,
        _median_choice,
        fresh=_drawn_choices,
        same=_same_choice,
        misconceptions=compare.named(CHOOSE_ETA_MISTAKES, says),
    )
    return peeks[0] if peeks else message


def _watched(f, etas, seeds, validation, test, peeks):
    """f's result, with functions in place of the tables; the first peek is noted in `peeks`."""
    asked, tested = set(), []

    def validate(eta, seed):
        known = _find((eta, seed), validation, "validate(eta, seed)")
        asked.add(known)
        return float(validation[known])

    def test_once(eta):
        known = _find(eta, test, "test(eta)")
        tested.append((known, asked == set(validation)))
        return float(test[known])

    result = f(list(etas), list(seeds), validate, test_once)
    if result is not None and result is not ...:
        peeks.extend(filter(None, [_peek(tested, len(etas))]))
    return result


def _find(key, table, call):
    """The key of the table that is meant: a float32 0.1 is not exactly 0.1."""
    for known in table:
        if np.allclose(known, key, rtol=1e-6):
            return known
    raise ValueError(f"{call} was called with {key}, which is not in etas and seeds")


def _peek(tested, etas):
    """What is wrong with the way in which the test images were used, or None.

    tested: pairs (eta, whether all validation runs were known by then).
    """
    if not tested:
        return (
            "`test` was never called. The accuracy that you report has to come from images that "
            "had no part in the choice."
        )
    different = {eta for eta, _ in tested}
    if len(different) > 1:
        return (
            f"A peek: `test` was called for {len(different)} of {etas} etas. Whatever you do with "
            "the results, you know them now. Choose first, with `validate` alone."
        )
    if len(tested) > 1:
        return (
            f"`test` was called {len(tested)} times with the same eta. Nothing was chosen by it, "
            "but each call trains again. Call it once and keep the result."
        )
    if not tested[0][1]:
        return (
            "`test` was called before `validate` had been called for every eta and every seed. "
            "The test comes last, when the choice is made."
        )
    return None
