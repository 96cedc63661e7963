"""Circuits of perceptrons: gates of two inputs, and the half adder of five NANDs."""

import numpy as np

from nnlib.neurons import perceptron

POINTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
TARGETS = {"AND": [0, 0, 0, 1], "OR": [0, 1, 1, 1], "NAND": [1, 1, 1, 0], "XOR": [0, 1, 1, 0]}


def half_adder(x1, x2):
    """Values of all wires when a half adder adds the bits x1 and x2, each 0 or 1.

    Returns a dict: the inputs x1 and x2, the outputs n1, n2 and n3 of the inner perceptrons, and
    sum and carry, for which x1 + x2 = 2 carry + sum. Raises ValueError for other inputs.
    """
    if not (_is_bit(x1) and _is_bit(x2)):
        raise ValueError(
            f"half_adder got x1={x1!r} and x2={x2!r}: expected two bits, for example x1=1, x2=0"
        )
    n1 = nand(x1, x2)
    n2, n3 = nand(x1, n1), nand(x2, n1)
    outputs = {"n1": n1, "n2": n2, "n3": n3, "sum": nand(n2, n3), "carry": nand(n1, n1)}
    return {"x1": int(x1), "x2": int(x2)} | outputs


def nand(x1, x2):
    """0 if both inputs are 1, otherwise 1: a perceptron with weights -2, -2 and bias 3."""
    return perceptron([x1, x2], [-2, -2], 3)


def _is_bit(x):
    return not hasattr(x, "__len__") and x in (0, 1)
