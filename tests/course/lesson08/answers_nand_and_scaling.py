"""Answers for the exercises of lesson 08."""

import numpy as np

from tests.course.answers import Cases


def with_arrays(zs, c):
    return [c * z for z in zs], [np.where(z > 0, 1, 0) for z in zs]


def with_loops(zs, c):
    inputs, outputs = [], []
    for z in zs:
        inputs.append([c * float(one) for one in z])
        outputs.append([1 if one > 0 else 0 for one in z])
    return inputs, outputs


def in_float32(zs, c):
    inputs = tuple(np.float32(c) * z.astype(np.float32) for z in zs)
    return [inputs, tuple(np.heaviside(z, 0) for z in inputs)]


def scaled_with(rule, z_rule=lambda z, c, k: c * z):
    def scaled(zs, c):
        inputs = [z_rule(z, c, k) for k, z in enumerate(zs)]
        return inputs, [rule(z, c) for z in zs]

    return scaled


def fires(z, c):
    return z > 0


def changes_zs(zs, c):
    for z in zs:
        z *= 2
    return [c * z / 2 for z in zs], [z > 0 for z in zs]


def one_array_too_few(zs, c):
    inputs, outputs = with_arrays(zs, c)
    return inputs, outputs[-1:]


def sixth_layer(zs, c):
    return zs[5] * c, zs[5] > 0


def as_lesson(x1, x2, nand):
    n1 = nand(x1, x2)
    n2, n3 = nand(x1, n1), nand(x2, n1)
    return nand(n2, n3)


def nested(x1, x2, nand):
    return nand(nand(nand(x2, x1), x2), nand(x1, nand(x1, x2)))


def in_a_loop(a, b, gate):
    shared, parts = gate(a, b), []
    for wire in [a, b]:
        parts.append(gate(wire, shared))
    gate(a, a)  # a gate that leads nowhere
    return gate(*parts)


def five(x1, x2, nand):
    return nand(nand(x1, nand(x2, x2)), nand(nand(x1, x1), x2))


def opposite(x1, x2, nand):
    result = as_lesson(x1, x2, nand)
    return nand(result, result)


def half_adder(x1, x2, nand):
    n1 = nand(x1, x2)
    return nand(n1, n1), as_lesson(x1, x2, nand)


def disjunction(x1, x2, nand):
    return nand(nand(x1, x1), nand(x2, x2))


def neither(x1, x2, nand):
    either = disjunction(x1, x2, nand)
    return nand(either, either)


def both(x1, x2, nand):
    return nand(nand(x1, x2), nand(x1, x2))


def forgets_to_return(x1, x2, nand):
    as_lesson(x1, x2, nand)


def missing_gate(x1, x2, nand):
    return nand(n4, x1)  # noqa: F821


CASES = {
    "01-scaling": Cases(
        right=[with_arrays, with_loops, in_float32, scaled_with(lambda z, c: c * z > 0)],
        wrong=[
            (scaled_with(fires, lambda z, c, k: c ** (k + 1) * z), "piles up"),
            (scaled_with(fires, lambda z, c, k: z), "before scaling"),
            (scaled_with(fires, lambda z, c, k: c * z if k == 0 else z), "only layer 0"),
            (scaled_with(fires, lambda z, c, k: z / c), "divides by c"),
            (scaled_with(fires, lambda z, c, k: -c * z), "wrong sign"),
            (scaled_with(lambda z, c: z >= 0), "Where z is exactly 0"),
            (scaled_with(lambda z, c: c * (z > 0)), "multiplied by c as well"),
            (scaled_with(lambda z, c: 0.5 + np.sign(z) / 2), "never gives 1/2"),
            (scaled_with(lambda z, c: c * z), "weighted inputs again"),
            (scaled_with(lambda z, c: np.sign(z)), "Here it is −1"),
            (scaled_with(lambda z, c: c * z > 1), "compared with 0"),
            (scaled_with(lambda z, c: z < 0), "gives 1 where z is below 0"),
            (scaled_with(lambda z, c: z > 1.5), "Layer 0 (counted from 0) of `outputs`"),
            (changes_zs, "changes what it is given"),
            (lambda zs, c: (2 * zs, zs), "2 times a list is the list twice"),
            (one_array_too_few, "expected one array a layer, 3 in all"),
            (lambda zs, c: [c * z for z in zs], "expected 2 things"),
            (lambda zs, c: (c, 1), "expected a list with one array a layer"),
            (lambda zs, c: None if c else ..., "`return`"),
            (3, "expected a function"),
        ],
        raises=(sixth_layer, "IndexError: list index out of range"),
        blank=[lambda zs, c: ..., lambda zs, c: (..., ...)],
    ),
    "01-nand-xor": Cases(
        right=[as_lesson, nested, in_a_loop, lambda a, b, n: as_lesson(b, a, n)],
        wrong=[
            (five, "with 5 different gates"),
            (opposite, "the opposite of XOR"),
            (both, "This is AND"),
            (disjunction, "This is OR"),
            (neither, "This is NOR"),
            (lambda x1, x2, nand: nand(x1, x2), "NAND itself"),
            (lambda x1, x2, nand: nand(x1, x1), "(0, 0) and (1, 0) the output is wrong"),
            (lambda x1, x2, nand: x1, "one of its inputs"),
            (half_adder, "an object of type tuple"),
            (forgets_to_return, "`return`"),
            (lambda x1, x2, nand: x1 ^ x2, "lead it into a gate"),
            (lambda x1, x2, nand: int(x1 != x2), "lead it into a gate"),
            (lambda x1, x2, nand: 1 if x1 else x2, "lead it into a gate"),
            (lambda x1, x2, nand: (x1 + x2) % 2, "lead it into a gate"),
            (lambda x1, x2, nand: nand(x1, 1), "`nand` was given a number (int)"),
            (lambda x1, x2, nand: nand([x1, x2]), "1 input: this gate has two"),
            (lambda x1, x2: x1, "three things"),
            (0, "expected a function"),
        ],
        raises=(missing_gate, "NameError"),
        blank=[lambda x1, x2, nand: ...],
    ),
}
