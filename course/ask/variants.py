"""Other cases of the same kind, for whoever checks answers without having shown the cases.

The cases of a check stand in the course, so an answer might be made for them alone. With a seed,
each check tries the cases of the page and after them some that it draws by that seed.
"""

import os

import numpy as np

NAMED = "NNLIB_VARIANT"  # environment variable with the seed; without it there are no other cases
ANEW = ", with other numbers"


def rng():
    """A new generator, the same one for the same seed; None if only the page's cases are tried."""
    seed = os.environ.get(NAMED)
    return np.random.default_rng(int(seed)) if seed else None


def more(cases, fresh):
    """The cases, and those that `fresh` draws if there is a seed: words -> arguments, or a list.

    fresh: function of a generator that returns cases in the same form; or None.
    """
    drawn = rng() if fresh else None
    if drawn is None:
        return cases
    if isinstance(cases, dict):
        return cases | {words + ANEW: args for words, args in fresh(drawn).items()}
    return [*cases, *fresh(drawn)]
