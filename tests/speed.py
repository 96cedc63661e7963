"""Limits of processor time that mean the same on a slow or busy machine."""

import statistics
import time

import numpy as np

UNIT = 0.010  # seconds that `fixed_work` takes on the machine for which the limits are given


def fixed_work():
    """Processor time of a fixed piece of Python and NumPy on small arrays, in seconds."""
    w, a = np.full((30, 30), 0.01, np.float32), np.ones((30, 10), np.float32)
    start = time.process_time()
    for _ in range(1500):
        a = 1 / (1 + np.exp(-(w @ a)))
    return time.process_time() - start


def processor_seconds(actions):
    """Median processor time of the actions, functions without arguments, in seconds.

    They are seconds of the machine with the `UNIT` above: each action is timed between two pieces
    of fixed work, so a machine that is slow, or slowed down by others, is slow for both. Limits are
    five times what was found on a busy machine: a cache that is missed costs more than that.
    """
    found = []
    for action in actions:
        before, start = fixed_work(), time.process_time()
        action()
        spent = time.process_time() - start
        found.append(2 * UNIT * spent / (before + fixed_work()))
    return statistics.median(found)
