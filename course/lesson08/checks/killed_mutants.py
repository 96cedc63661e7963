"""A test for `backprop`, tried on two correct ones and on twelve with a bug."""

import time

import numpy as np

from course.ask import compare, variants
from course.ask.feedback import AnswerRaised, NotAttempted, Wrong, kind_of
from course.ask.running import Calls, TimeUp
from course.lesson08.mutants import MUTANTS, backprop, copied, one_by_one
from nnlib.network import Network

LONGEST = 0.3  # seconds of computing for one backprop: fifteen fit into the time limit of a check

SLIPS = "**slips through**"


def kill_the_mutants(test, says):
    """Whether a test believes both correct functions, and none of those with a bug."""
    if message := compare.no_function(test):
        return message
    own = Network.backprop
    with Calls(own, backprop, one_by_one) as calls:
        try:
            slipped = _slipped(test, says)
        except (AnswerRaised, Wrong):
            if not calls.seen:
                raise
        finally:
            Network.backprop = own  # a test may have put the function that it tests in its place
    if calls.seen:
        return says["asks-course"]
    return _told(slipped, says) if slipped else None


def _slipped(test, says):
    """The mutants that a test believes; raises Wrong or AnswerRaised if it doubts a correct one.

    It is given copies: a test that calls the functions of mutants.py shows by that. Seconds that
    other programs use do not count.
    """
    correct, second_correct, start = copied(backprop), copied(one_by_one), time.thread_time()
    _has_to_believe(test, correct, "a `backprop` without a bug", says["says-no"], says)
    if time.thread_time() - start > LONGEST:
        raise Wrong(says["too-slow"])
    second = "a second `backprop` without a bug, whose numbers differ by rounding"
    _has_to_believe(test, second_correct, second, says["rounding"], says)
    again = "a `backprop` without a bug that comes once more"
    early, late = _in_two_parts()
    slipped = [mutant for mutant in early if _believes_mutant(test, mutant, says)]
    if late:
        _has_to_believe(test, correct, again, says["not-twice"], says)
    slipped += [mutant for mutant in late if _believes_mutant(test, mutant, says)]
    _has_to_believe(test, correct, again, says["not-twice"], says)
    return slipped


def _in_two_parts():
    """The mutants in the order in which they come, before a correct function and after it.

    Where there is a seed, it shuffles them: a test that counts its calls knows nothing by that.
    """
    rng = variants.rng()
    if rng is None:
        return MUTANTS, []
    mixed = [MUTANTS[k] for k in rng.permutation(len(MUTANTS))]
    place = int(rng.integers(3, len(mixed) - 3))
    return mixed[:place], mixed[place:]


def _has_to_believe(test, function, words, otherwise, says):
    """Raise AnswerRaised or Wrong if the test does not believe a correct function."""
    try:
        result = test(function)
    except (Exception, SystemExit, GeneratorExit) as error:
        raise AnswerRaised(words) from error
    except TimeUp as up:
        up.ending = f", with {words}, so it was stopped. {says['never-ends']}"
        raise
    if not _verdict(result, says):
        raise Wrong(otherwise)


def _believes_mutant(test, mutant, says):
    try:
        result = test(mutant.backprop())
    except (Exception, SystemExit, GeneratorExit):
        return False
    except TimeUp as up:
        up.ending = (
            f", with the bug {_words(mutant)} in `backprop`, so it was stopped. Give the loops of "
            "your test an upper limit: with a wrong gradient the cost may never get small."
        )
        raise
    return _verdict(result, says)


def _verdict(result, says):
    """What a test says by what it returns; None stands for belief, since it raised nothing."""
    if result is ...:
        raise NotAttempted("Your function returns `...`.")
    if result is None:
        return True
    if not isinstance(result, (bool, np.bool_)):
        raise Wrong(f"Your test returns {kind_of(result)}. {says['no-verdict']}")
    return bool(result)


def _told(slipped, says):
    """Which bugs a test has caught, and which slipped through and why they are hard to see."""
    if len(slipped) == len(MUTANTS):
        return says["believes-everything"]
    caught = len(MUTANTS) - len(slipped)
    rows = [
        f"| {_words(one)} | `{one.line}` | `{one.becomes}` | "
        f"{SLIPS if one in slipped else 'caught'} |"
        for one in MUTANTS
    ]
    hard = [f"**{_words(one).capitalize()}.** {says[one.name]}\n" for one in slipped]
    count = f"Your test catches {caught} of {len(MUTANTS)} bugs.\n"
    head = "| bug | the line without it | the line with it | your test |\n|---|---|---|---|"
    return "\n".join([count, head, *rows, "", *hard]).strip()


def _words(mutant):
    return mutant.name.replace("-", " ")
