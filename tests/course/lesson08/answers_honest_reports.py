"""Answers for the exercises of lesson 08."""

import statistics

import numpy as np

from tests.course.answers import Cases

NAN = float("nan")


def with_a_loop(finals, lost):
    kept = []
    for k in range(len(finals)):
        if len(lost[k]) == 0:
            kept.append(finals[k])
    median = statistics.median(kept) if kept else NAN
    return [
        statistics.median(finals),
        min(finals),
        max(finals),
        len(finals) - len(kept),
        median,
    ]


def with_arrays(finals, lost):
    finals, kept = np.array(finals, np.float32), np.array(lost) == ""
    middle = np.median(finals[kept]) if kept.any() else np.nan
    return np.array([np.median(finals), finals.min(), finals.max(), (~kept).sum(), middle])


def by_quantile(finals, lost):
    chosen = [f for f, words in zip(finals, lost) if not words.split()]
    kept = np.quantile(chosen, 0.5) if chosen else np.float64("nan")
    numbers = (np.quantile(finals, 0.5), *np.quantile(finals, [0, 1]))
    return (*numbers, sum(bool(words) for words in lost), kept)


def changed(place, new):
    """The right report with another number in one place: new(finals, lost)."""

    def report(finals, lost):
        numbers = with_a_loop(finals, lost)
        numbers[place] = new(finals, lost)
        return numbers

    return report


def kept_only(finals, lost):
    kept = [f for f, words in zip(finals, lost) if not words] or [NAN]
    middle = statistics.median(kept)
    return middle, min(kept), max(kept), len([w for w in lost if w]), middle


def means(finals, lost):
    kept = [f for f, words in zip(finals, lost) if not words]
    numbers = with_a_loop(finals, lost)
    return [np.mean(finals), *numbers[1:4], np.mean(kept) if kept else NAN]


def upper_middle(finals, lost):
    kept = sorted(f for f, words in zip(finals, lost) if not words)
    numbers = with_a_loop(finals, lost)
    middle = kept[len(kept) // 2] if kept else NAN
    return [sorted(finals)[len(finals) // 2], *numbers[1:4], middle]


def sorts_in_place(finals, lost):
    report = with_a_loop(finals, lost)
    finals.sort()
    return report


def zero_if_none_kept(finals, lost):
    numbers = with_a_loop(finals, lost)
    return numbers if numbers[3] < len(finals) else [*numbers[:4], 0.0]


def none_if_none_kept(finals, lost):
    numbers = with_a_loop(finals, lost)
    return numbers if numbers[3] < len(finals) else [*numbers[:4], None]


def divides_by_kept(finals, lost):
    sum(finals) / sum(words == "" for words in lost)
    return with_a_loop(finals, lost)


def with_max(etas, seeds, validate, test):
    def median(eta):
        return statistics.median([validate(eta, seed) for seed in seeds])

    best = max(etas, key=median)
    return best, test(best)


def with_float32(etas, seeds, validate, test):
    etas = np.array(etas, np.float32)
    table = np.array([[validate(eta, seed) for seed in seeds] for eta in etas])
    eta = etas[np.median(table, axis=1).argmax()]
    return [eta, test(eta)]


def step_by_step(etas, seeds, validate, test):
    best, highest = None, -1
    for eta in etas:
        runs = sorted(validate(eta, seed) for seed in seeds)
        n = len(runs)
        middle = runs[n // 2] if n % 2 else (runs[n // 2 - 1] + runs[n // 2]) / 2
        if middle > highest:
            best, highest = eta, middle
    accuracy = test(best)
    return (best, accuracy)


def chosen_by(summary):
    def choose(etas, seeds, validate, test):
        best = max(etas, key=lambda eta: summary([validate(eta, seed) for seed in seeds]))
        return best, test(best)

    return choose


def chooses_by_test(etas, seeds, validate, test):
    best = max(etas, key=test)
    return best, test(best)


def peeks_but_does_not_use_it(etas, seeds, validate, test):
    print_out = [test(eta) for eta in etas]
    eta, _ = with_max(etas, seeds, validate, test)
    return eta, print_out[etas.index(eta)]


def tests_twice(etas, seeds, validate, test):
    eta, _ = with_max(etas, seeds, validate, test)
    return eta, test(eta)


def tests_first(etas, seeds, validate, test):
    accuracy = test(etas[0])
    medians = [np.median([validate(eta, seed) for seed in seeds]) for eta in etas]
    return etas[int(np.argmax(medians))], accuracy


def never_tests(etas, seeds, validate, test):
    medians = [np.median([validate(eta, seed) for seed in seeds]) for eta in etas]
    return etas[int(np.argmax(medians))], max(medians)


def reports_validation(etas, seeds, validate, test):
    eta, _ = with_max(etas, seeds, validate, test)
    return eta, statistics.median([validate(eta, seed) for seed in seeds])


def last_of_equals(etas, seeds, validate, test):
    return with_max(etas[::-1], seeds, validate, test)


def swapped(*arguments):
    return with_max(*arguments)[::-1]


def only_eta(*arguments):
    return with_max(*arguments)[0]


def another_eta(etas, seeds, validate, test):
    np.median([[validate(eta, seed) for seed in seeds] for eta in etas])
    return etas[-1], test(etas[-1])


def forgets_to_return(*arguments):
    with_max(*arguments)


def wrong_arguments(etas, seeds, validate, test):
    return max(etas, key=lambda eta: validate(seeds[0], eta)), 0


def not_yet(*arguments):
    raise NotImplementedError


class Report:
    def __call__(self, finals, lost):
        return tuple(with_a_loop(finals, lost))

    def as_column(self, finals, lost):
        return np.array(with_a_loop(finals, lost))[:, None]


def by_sorting(finals, lost):
    def middle(values):
        ordered, n = sorted(values), len(values)
        return (ordered[(n - 1) // 2] + ordered[n // 2]) / 2 if n else NAN

    kept = [final for final, words in zip(finals, lost) if words == ""]
    return middle(finals), sorted(finals)[0], sorted(finals)[-1], n_lost(lost), middle(kept)


def n_lost(lost):
    return np.count_nonzero([bool(words) for words in lost])


def low_medians(finals, lost):
    kept = [final for final, words in zip(finals, lost) if not words]
    numbers = with_a_loop(finals, lost)
    middle = statistics.median_low(kept) if kept else NAN
    return [statistics.median_low(finals), *numbers[1:4], middle]


def unsorted(finals, lost):
    n = len(finals)
    return (finals[(n - 1) // 2] + finals[n // 2]) / 2


class Chooser:
    def __call__(self, etas, seeds, validate, test):
        runs = {(eta, seed): validate(eta=eta, seed=seed) for seed in seeds for eta in etas}
        medians = {eta: statistics.median(runs[eta, seed] for seed in seeds) for eta in etas}
        eta = max(medians, key=medians.get)
        return np.array([eta, test(eta)])

    def twice(self, etas, seeds, validate, test):
        """Trains each network twice; only the test images are scarce."""
        self(etas, seeds, validate, lambda eta: 0)
        return self(etas, seeds, validate, test)


def keeps_the_sorted(etas, seeds, validate, test):
    medians = np.median([[validate(eta, seed) for seed in seeds] for eta in etas], axis=1)
    eta = etas[int(np.argsort(-medians, kind="stable")[0])]
    return eta, [test(eta)]


def hides_its_peeks(etas, seeds, validate, test):
    try:
        known = {eta: test(eta) for eta in reversed(etas)}
    except Exception:
        known = {}
    eta, _ = with_max(etas, seeds, validate, known.get)
    return eta, known[eta]


def tests_in_between(etas, seeds, validate, test):
    eta = max(etas, key=lambda one: validate(one, seeds[0]))
    accuracy = test(eta)
    return chosen_by(np.median)(etas, seeds, validate, lambda _: accuracy)


def in_another_order(order):
    return lambda etas, *rest: with_max(sorted(etas, reverse=order), *rest)


CASES = {
    "07-no-hidden-layer": Cases(
        right=[Report(), Report().as_column, by_sorting, with_a_loop, with_arrays, by_quantile],
        wrong=[
            (low_medians, "not the lower one"),
            (changed(0, unsorted), "as it was given"),
            (changed(3, lambda finals, lost: 100 * n_lost(lost) / len(lost)), "is a percentage"),
            (changed(0, lambda finals, lost: statistics.median(set(finals))), "two of them equal"),
            (changed(0, lambda finals, lost: (min(finals) + max(finals)) / 2), "too small"),
            (changed(0, lambda finals, lost: round(statistics.median(finals), 1)), "rounded?"),
            (changed(1, lambda finals, lost: max(finals)), "`lowest`"),
            (changed(3, lambda finals, lost: sum(final < 85 for final in finals)), "`losers`"),
            (changed(3, lambda finals, lost: sum(len(words) > 1 for words in lost)), "`losers`"),
            (
                changed(4, lambda finals, lost: -1 if all(lost) else by_sorting(finals, lost)[4]),
                "expected NaN",
            ),
            (lambda finals, lost: with_a_loop(finals, lost)[::-1], "in reverse order"),
            (
                lambda finals, lost: [f"{one} %" for one in with_a_loop(finals, lost)],
                "without quotes",
            ),
            (Report, "The answer is a class"),
            (means, "These are means"),
            (kept_only, "leave out the runs that lost digits"),
            (upper_middle, "Take the mean of both."),
            (changed(0, lambda finals, lost: max(finals)), "is the best run"),
            (changed(3, lambda finals, lost: len("".join(lost).replace(" ", ""))), "counts digits"),
            (changed(3, lambda finals, lost: sum(not w for w in lost)), "kept all digits. The"),
            (changed(4, lambda finals, lost: statistics.median(finals)), "still in it"),
            (changed(2, lambda finals, lost: min(finals)), "`highest` in the result for three"),
            (changed(3, lambda finals, lost: [0]), "`losers` in the result for six runs"),
            (zero_if_none_kept, "`kept` in the result for four runs that all lost digits"),
            (none_if_none_kept, "`kept` in the result for four runs that all lost digits is None"),
            (sorts_in_place, "changes what it is given"),
            (lambda finals, lost: with_a_loop(finals, lost)[:4], "returns 4 things: expected 5"),
            (lambda finals, lost: np.median(finals), "expected 5 things, (median, lowest"),
            (lambda finals, lost: print(end=""), "`return`"),
            ([91.8, 91.6, 92.0, 0, 91.8], "expected a function"),
        ],
        raises=(divides_by_kept, "For four runs that all lost digits, your function raised"),
        blank=[not_yet, lambda finals, lost: ..., lambda finals, lost: [..., 1, 2, 3, 4]],
    ),
    "07-choose-eta": Cases(
        right=[Chooser(), Chooser().twice, keeps_the_sorted, with_max, with_float32, step_by_step],
        wrong=[
            (chosen_by(statistics.median_low), "not the lower one"),
            (in_another_order(False), "not the smallest"),
            (in_another_order(True), "not the largest"),
            (chosen_by(lambda runs: round(statistics.median(runs))), "This rounds the medians"),
            (hides_its_peeks, "A peek"),
            (tests_in_between, "The test comes last"),
            (
                chosen_by(lambda runs: sorted(runs)[len(runs) // 4]),
                "not the one with the highest median",
            ),
            (chosen_by(sum), "by the mean over the seeds"),
            (chosen_by(lambda runs: -np.std(runs)), "not the one with the highest median"),
            (lambda *table: (*with_max(*table), 1), "returns 3 things"),
            (
                lambda etas, *rest: (etas.index((best := with_max(etas, *rest))[0]), best[1]),
                "`eta` in",
            ),
            (lambda etas, seeds, validate, test: (etas[0], test(etas[0])), "The test comes last"),
            (Chooser, "The answer is a class"),
            (chooses_by_test, "A peek: `test` was called for 3 of 3 etas"),
            (peeks_but_does_not_use_it, "A peek"),
            (tests_twice, "called 2 times with the same eta"),
            (tests_first, "before `validate` had been called for every eta"),
            (never_tests, "never called"),
            (reports_validation, "the one on the validation images"),
            (chosen_by(max), "best single run"),
            (chosen_by(np.mean), "by the mean over the seeds"),
            (chosen_by(min), "the worst seed"),
            (chosen_by(lambda runs: runs[0]), "first seed only"),
            (chosen_by(lambda runs: -np.median(runs)), "lowest median"),
            (last_of_equals, "comes first in `etas` is asked for."),
            (swapped, "changed places"),
            (another_eta, "not the one with the highest median"),
            (only_eta, "expected 2 things, (eta, accuracy)"),
            (
                chosen_by(lambda runs: sorted(runs)[len(runs) // 2]),
                "The median is the mean of both.",
            ),
            (lambda *table: tuple(map(str, with_max(*table))), "is text"),
            (forgets_to_return, "`return`"),
            ((3.0, 94.2), "expected a function"),
        ],
        raises=(wrong_arguments, "which is not in etas and seeds"),
        blank=[not_yet, lambda *table: ..., lambda etas, seeds, validate, test: None],
    ),
}
