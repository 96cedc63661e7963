"""Compare an answer with the truth, and say what is wrong with it without saying the truth.

Each comparing function returns None if the answer is right, otherwise the most specific message
there is. Nothing that the student owns is changed.
"""

import copy
import inspect
import numbers as number_types

import numpy as np

from course.ask import variants
from course.ask.blank import LARGEST, has_blank, is_blank, is_huge
from course.ask.feedback import AnswerRaised, NotAttempted, Wrong, as_code, capital, kind_of
from course.ask.running import Calls, TimeUp

RTOL, ATOL = 1e-4, 1e-6  # float32 passes
SIMPLE_FACTORS = {2: "exactly twice", 0.5: "exactly half", 10: "10 times", 0.1: "a tenth of"}


def numbers(value, shape=None, name="the answer"):
    """`value` as a new float64 array.

    shape: the tuple that it must have, or a list of tuples of which it must have one; for a single
    number, (), an array that holds one is read as well. Lists, tuples, ranges, numbers and arrays
    of any type of number are read.
    Raises Wrong if it cannot be read, and NotAttempted if it is blank.
    """
    if is_blank(value):
        raise NotAttempted(f"{capital(name)} is not filled in yet.")
    with np.errstate(all="ignore"):
        array = _as_floats(value, name)
    shapes = shape if isinstance(shape, list) else [shape]
    if () in shapes and array.size == 1:
        return array.reshape(())
    if shape is not None and array.shape not in shapes:
        raise Wrong(_shape_message(array.shape, shapes[0], name))
    return array


def unpack(answer, *names):
    """The parts of an answer that should be a tuple, list or array of so many things, as a list.

    Raises Wrong if it is anything else, and NotAttempted if a part is blank.
    """
    wanted = f"expected {len(names)} things, ({', '.join(names)})"
    if not _has_parts(answer):
        raise Wrong(f"The answer is {kind_of(answer)}: {wanted}.")
    if len(answer) != len(names):
        parts = "1 part" if len(answer) == 1 else f"{len(answer)} parts"
        raise Wrong(f"The answer has {parts}: {wanted}.")
    for part, name in zip(answer, names):
        if is_blank(part):
            raise NotAttempted(f"`{name}` is not filled in yet.")
    return list(answer)


def _has_parts(value):
    return isinstance(value, (tuple, list)) or (isinstance(value, np.ndarray) and value.ndim > 0)


def arrays(
    given, expected, name="the answer", *, rtol=RTOL, atol=ATOL, factors=None, misconceptions=()
):
    """None if two arrays of numbers agree, otherwise what is wrong with `given`.

    expected: array or number.  name: what the sentences call `given`.
    factors: dictionary from a known wrong factor to a sentence about it.
    misconceptions: pairs (array that a known mistake gives, sentence about the mistake).
    NaN counts as equal to NaN. For a single number, an array that holds one is accepted.
    """
    expected = np.asarray(expected, dtype=float)
    try:
        given = numbers(given, None, name)
    except Wrong as wrong:
        return str(wrong)
    if expected.ndim == 0 and given.size == 1:
        given = given.reshape(())
    if given.shape != expected.shape:
        return _shape_message(given.shape, expected.shape, name)

    def same(a, b):
        return np.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True)

    with np.errstate(all="ignore"):
        if same(given, expected):
            return None
        return (
            _not_finite(given, expected, name)
            or _sign(given, expected, same, name)
            or _factor(given, expected, same, factors or {}, name)
            or _transposed(given, expected, same, name)
            or next((words for wrong, words in misconceptions if _agree(given, wrong, same)), None)
            or _first_difference(given, expected, rtol, atol, name)
        )


def parts(given, expected, **options):
    """Compare a tuple or list with the dictionary `expected`: name of a part -> array.

    options: those of `arrays`. The message is about the first part that is wrong.
    """
    try:
        found = unpack(given, *expected)
    except Wrong as wrong:
        return str(wrong)
    messages = (
        arrays(part, truth, f"`{name}`", **options)
        for part, (name, truth) in zip(found, expected.items())
    )
    return next((message for message in messages if message), None)


def named(mistakes, says):
    """Pairs for `misconceptions`, from functions and words that have the same names.

    mistakes: name -> function (or array) with the mistake.  says: name -> sentence about it.
    """
    return [(mistake, says[name]) for name, mistake in mistakes.items()]


def part_by_part(*names):
    """A comparison of results that are tuples or lists of parts with these names.

    For `same` in `compare.function`.
    """
    wanted = f"expected {len(names)} things, ({', '.join(names)})"

    def same(given, expected, name):
        if not _has_parts(given):
            return f"Your function returns {kind_of(given)}: {wanted}."
        if len(given) != len(names):
            return f"Your function returns {len(given)} things: {wanted}."
        message = _first_message(names, given, expected, name)
        if message and _first_message(names, given[::-1], expected, name) is None:
            return f"The parts of {name} stand in reverse order: {wanted}."
        return message

    return same


def _first_message(names, given, expected, name):
    messages = (_part(*three, name) for three in zip(names, given, expected))
    return next((message for message in messages if message), None)


def function(
    f,
    cases,
    truth,
    *,
    fresh=None,
    same=arrays,
    misconceptions=(),
    keeps_inputs=True,
    shortcuts=(),
    instead="",
):
    """None if f agrees with `truth` on every case, otherwise what is wrong in the first that fails.

    cases: dictionary from words ("a gradient of zero") to a tuple of arguments, or a list of
    tuples, whose words are then made from their values. f gets copies.
    truth: function of the same arguments that gives the right result.
    fresh: function of a generator that draws more cases, in the same form, where there is a seed.
    same: compares one result, as `same(given, expected, name)`: None or a message.
    misconceptions: pairs (function that makes a known mistake, sentence about the mistake); the
    sentence is the message if f agrees with that function on all cases.
    keeps_inputs: whether f has to leave its arguments as they are.
    shortcuts: functions of Python that f must not call, under whatever name it knows them;
    instead: what is said if the results are right and it does.
    """
    if message := no_function(f):
        return message
    cases = variants.more(cases, fresh)
    cases = cases if isinstance(cases, dict) else {_words(truth, args): args for args in cases}
    changed, calls = None, Calls(*shortcuts)
    for words, args in cases.items():
        with calls:
            given, result = _call(f, words, args)
        message = _judged(result, words, args, truth, same)
        if message is not None:
            return _known_mistake(f, cases, result, misconceptions, same) or message
        if changed is None and not _identical(given, args):
            changed = words
    return instead if calls.seen else _changes(changed) if keeps_inputs else None


def no_function(f):
    """What is said if f is not a function or another object that can be called; otherwise None."""
    if issubclass(type(f), type):
        return (
            "The answer is a class: expected a function. Make an object that can be called, or "
            "give a method of such an object."
        )
    if not callable(f):
        return (
            f"The answer is {kind_of(f)}: expected a function. Give its name without "
            "parentheses, so that the check can call it."
        )
    return None


def _changes(words):
    """What is said if f changes its arguments in the case with these words; None is no case."""
    return words and (
        f"The results are right, but for {words} your function changes what it is given. Whoever "
        "calls it may still need that: work on a copy."
    )


def _judged(result, words, args, truth, same):
    """None, or what is wrong with the result of f for these arguments."""
    if result is ...:
        raise NotAttempted(f"For {words} your function returns `...`.")
    if result is None:
        return f"For {words} your function returns None. Does every way through it end in `return`?"
    if is_huge(result):
        return f"The result for {words} has more than {LARGEST:,} entries: expected far fewer."
    return same(result, truth(*copy.deepcopy(args)), f"the result for {words}")


def _call(f, words, args):
    """The copies that f was given, as they are afterwards, and its result."""
    given = copy.deepcopy(args)
    try:
        return given, f(*given)
    except (Exception, SystemExit, GeneratorExit) as error:
        raise AnswerRaised(words) from error
    except TimeUp as late:
        late.case = words
        raise


def _known_mistake(f, cases, result, misconceptions, same):
    """The sentence of the misconception that explains the results of all cases, or None."""
    if not misconceptions or result is None:
        return None
    try:
        results = [f(*copy.deepcopy(args)) for args in cases.values()]
        if any(map(is_huge, results)):
            return None
    except Exception:  # f fails on a later case: then it is not one of these mistakes alone
        return None
    made = (words for wrong, words in misconceptions if _agrees(results, cases, wrong, same))
    return next(made, None)


def _identical(a, b):
    """Whether an argument is still what it was; b is the original."""
    if type(a) is not type(b):
        return False
    if isinstance(b, np.ndarray):
        return a.shape == b.shape and bool(np.all((a == b) | ((a != a) & (b != b))))
    if isinstance(b, (tuple, list)):
        return len(a) == len(b) and all(map(_identical, a, b))
    return a is b or bool(a == b)


def _part(label, given, expected, name):
    if given is None:
        return f"`{label}` in {name} is None: expected numbers."
    return arrays(given, expected, f"`{label}` in {name}")


def _agrees(results, cases, wrong, same):
    pairs = zip(results, cases.values())
    return all(same(mine, wrong(*copy.deepcopy(args)), "") is None for mine, args in pairs)


def _words(truth, args):
    """Arguments in words, with the names that `truth` gives them: "x = 2 and y = [1, 0]"."""
    names = list(inspect.signature(truth).parameters)
    pairs = (as_code(f"{name} = {_short(value)}", 80) for name, value in zip(names, args))
    return " and ".join(pairs)


def _short(value):
    if isinstance(value, np.ndarray) and value.size > 6:
        return f"an array of shape {value.shape}"
    return np.array2string(value, separator=", ") if isinstance(value, np.ndarray) else repr(value)


def _as_floats(value, name):
    if isinstance(value, (str, bytes)) or not _is_numeric_type(value):
        raise Wrong(
            f"{capital(name)} is {kind_of(value)}: expected numbers" + _how_to_list(value) + "."
        )
    if _entries(value) > LARGEST:
        raise Wrong(f"{capital(name)} has more than {LARGEST:,} entries: expected far fewer.")
    try:
        array = np.asarray(value)
    except ValueError:
        if has_blank(value):
            raise NotAttempted(f"{capital(name)} is not filled in completely yet.") from None
        raise Wrong(
            f"{capital(name)} is not a table of numbers: its rows differ in length, or it is "
            "nested in an unusual way."
        ) from None
    return _floats(array, name)


def _floats(array, name):
    if array.dtype.kind == "c":
        raise Wrong(f"{capital(name)} holds complex numbers: expected real ones.")
    if array.dtype.kind in "biuf":
        return np.array(array, dtype=float, subok=False)
    if array.dtype.kind == "O" and all(_is_real(entry) for entry in array.flat):
        try:
            return array.astype(float)
        except OverflowError:
            raise Wrong(f"{capital(name)} holds a number that is far too large.") from None
    wrong = next((one for one in array.astype(object).flat if not _is_real(one)), array)
    if wrong is ... or wrong is None:
        entry = "`...`" if wrong is ... else "None"
        raise NotAttempted(f"{capital(name)} still has an entry that is {entry}.")
    raise Wrong(f"{capital(name)} holds {kind_of(wrong)}: expected numbers only.")


def _is_real(entry):
    return isinstance(entry, number_types.Real) or type(entry).__name__ == "Decimal"


def _is_numeric_type(value):
    kinds = (list, tuple, range, np.ndarray, np.generic, number_types.Number)
    return isinstance(value, kinds) or hasattr(type(value), "__array__") or _is_real(value)


def _how_to_list(value):
    """What to add for generators, zips, sets and the like."""
    if isinstance(value, (str, bytes)):
        return " without quotes"
    return "; use list(...) to make a list of it" if hasattr(type(value), "__iter__") else ""


def _entries(value):
    """How many entries a nested list or an array has, judged by the first of each level."""
    if isinstance(value, np.ndarray):
        return value.size
    count, levels = 1, 0
    while isinstance(value, (list, tuple, range)) and len(value) and levels < 64:
        count, value, levels = count * len(value), value[0], levels + 1
    return count * value.size if isinstance(value, np.ndarray) else count


def _shape_message(given, expected, name):
    if given == ():
        return f"{capital(name)} is a single number: expected an array of shape {expected}."
    if expected == ():
        return f"{capital(name)} has shape {given}: expected a single number."
    return f"{capital(name)} has shape {given}: expected {expected}.{_hint(given, expected)}"


def _hint(given, expected):
    """What probably led to a wrong shape."""
    if given == expected[::-1] and len(given) > 1:
        return " Rows and columns have changed places."
    if expected[-1] == 1 and given == expected[:-1]:
        return f" Use .reshape{expected} to make it a column."
    if len(expected) == 1 and max(given) == expected[0] == np.prod(given):
        return " Use .ravel() to make one row of numbers of it."
    if len(given) == 2 and given[0] == given[1] and expected in {(given[0], 1), (given[0],)}:
        return " A shape (n,) combined with a column (n, 1) spreads out into (n, n)."
    return ""


def _not_finite(given, expected, name):
    """NaN or infinity where the truth has a number."""
    wrong = ~np.isfinite(given) & np.isfinite(expected)
    if not wrong.any():
        return None
    index = tuple(np.argwhere(wrong)[0].tolist())
    kind = "NaN (not a number)" if np.isnan(given[index]) else "infinite"
    hint = " Is something divided by zero?" if kind.startswith("N") else " Does something overflow?"
    return f"{capital(name)} is {kind}{_at(index)}.{hint}"


def _sign(given, expected, same, name):
    """The sizes are right, and some or all signs are not."""
    if not same(np.abs(given), np.abs(expected)):
        return None
    if same(given, -expected):
        return f"{capital(name)} has the wrong sign{' everywhere' if given.ndim else ''}."
    wrong = np.vectorize(lambda a, b: not same(a, b))(given, expected)
    index = tuple(np.argwhere(wrong)[0].tolist())
    return f"{capital(name)} is right in size, but has the wrong sign{_at(index)}."


def _factor(given, expected, same, factors, name):
    """Everything is off by one factor."""
    if not expected.any() or not np.isfinite(expected).all():
        return None
    largest = np.unravel_index(np.argmax(np.abs(expected)), expected.shape)
    ratio = given[largest] / expected[largest]
    if abs(ratio - 1) < 0.02 or not same(given, ratio * expected):
        return None
    for factor, words in factors.items():
        if np.isclose(ratio, factor, rtol=1e-3):
            return f"{capital(name)} is {factor:.4g} times what it should be. {words}"
    for factor, words in SIMPLE_FACTORS.items():
        if np.isclose(ratio, factor, rtol=1e-3):
            return f"{capital(name)} is {words} what it should be."
    if np.count_nonzero(expected) < 2:  # any number is some multiple of one number
        return None
    if ratio == 0:
        return f"{capital(name)} is 0 everywhere: expected other numbers too."
    wrong_sign = ", and the wrong sign" if ratio < 0 else ""
    return (
        f"{capital(name)} is right up to a factor: every entry is {abs(ratio):.3g} times "
        f"what it should be{wrong_sign}."
    )


def _transposed(given, expected, same, name):
    if given.ndim == 2 and given.shape == expected.T.shape and same(given.T, expected):
        return f"{capital(name)} has rows and columns exchanged: it is the transpose."
    return None


def _agree(given, wrong, same):
    wrong = np.asarray(wrong, dtype=float)
    return given.shape == wrong.shape and same(given, wrong)


def _first_difference(given, expected, rtol, atol, name):
    different = ~np.isclose(given, expected, rtol=rtol, atol=atol, equal_nan=True)
    index = tuple(np.argwhere(different)[0].tolist())
    value, truth = _short_number(given[index]), expected[index]
    if np.isnan(truth):
        return f"{capital(name)} is {value}{_at(index)}: expected NaN, for there is no such number."
    rounded = _is_rounded(given, expected, atol)
    if rounded or _is_inexact(given, expected, different):
        asks = " Was something rounded?" if rounded else ""
        return f"{capital(name)} is {value}{_at(index)}: close, but not exact enough.{asks}"
    how = "too large" if given[index] > truth else "too small"
    if not index:
        return f"{capital(name)} is {value}: {how}."
    count = np.count_nonzero(different)
    others = f" {count} of {given.size} entries are wrong." if count > 1 else ""
    return f"{capital(name)} is {value}{_at(index)}: {how}.{others}"


def _short_number(value):
    """A number with six digits, a whole one with all of them."""
    return f"{value:.0f}" if value == np.round(value) and abs(value) < 1e15 else f"{value:.6g}"


def _is_rounded(given, expected, atol):
    near = np.allclose(given, expected, rtol=1e-2, atol=atol, equal_nan=True)
    ends = (expected.round(places) for places in range(6))
    return near and any(np.allclose(given, end, atol=1e-12, equal_nan=True) for end in ends)


def _is_inexact(given, expected, different):
    """Whether it looks like a little noise. One entry off by 1 % looks like something else."""
    if _whole(given, expected):
        return False
    everywhere = given.size > 1 and different[expected != 0].all()
    rtol = 1e-2 if everywhere else 1e-3
    return np.allclose(given, expected, rtol=rtol, equal_nan=True)


def _whole(*arrays):
    """Whether they hold whole numbers only: those are wrong, and not inexact."""
    return all((array == np.round(array)).all() for array in arrays)


def _at(index):
    """An index in words."""
    if not index:
        return ""
    if len(index) == 2:
        return f" in row {index[0]}, column {index[1]} (counted from 0)"
    return f" at index {list(index)}"
