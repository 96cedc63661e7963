"""Circuits: every wire of the half adder, and the four gates against Python's own."""

import operator

import pytest

from nnlib import circuits

WIRES = [  # x1, x2: n1, n2, n3, sum, carry
    ((0, 0), (1, 1, 1, 0, 0)),
    ((0, 1), (1, 1, 0, 1, 0)),
    ((1, 0), (1, 0, 1, 1, 0)),
    ((1, 1), (0, 1, 1, 0, 1)),
]
GATES = {
    "AND": operator.and_,
    "OR": operator.or_,
    "NAND": lambda x1, x2: 1 - (x1 & x2),
    "XOR": operator.xor,
}


@pytest.mark.parametrize(("bits", "outputs"), WIRES)
def test_every_wire_of_the_half_adder(bits, outputs):
    names = ("x1", "x2", "n1", "n2", "n3", "sum", "carry")
    assert circuits.half_adder(*bits) == dict(zip(names, bits + outputs))
    assert circuits.nand(*bits) == 1 - bits[0] * bits[1]


@pytest.mark.parametrize("gate", GATES)
def test_the_targets_of_a_gate_belong_to_its_points(gate):
    assert set(circuits.TARGETS) == set(GATES)
    assert circuits.TARGETS[gate] == [GATES[gate](x1, x2) for x1, x2 in circuits.POINTS.tolist()]


@pytest.mark.parametrize("bits", [(2, 0), (0, -1), ([1], 0), (0, "1"), (None, 1)])
def test_only_bits_are_added(bits):
    with pytest.raises(ValueError, match="expected two bits, for example x1=1, x2=0"):
        circuits.half_adder(*bits)
