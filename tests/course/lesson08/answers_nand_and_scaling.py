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


class Scaler:
    def __call__(self, zs, c):
        return np.array([c * z for z in zs], dtype=object), [(z > 0).tolist() for z in zs]

    def in_place_of_a_copy(self, zs, c):
        inputs = [z.copy() for z in zs]
        for z in inputs:
            z *= c
        return tuple(inputs), tuple(np.heaviside(z, 0) for z in zs)


def into_empty(zs, c):
    inputs, outputs = [np.empty_like(z) for z in zs], [np.zeros_like(z) for z in zs]
    for k, z in enumerate(zs):
        for j, one in enumerate(z):
            inputs[k][j], outputs[k][j] = c * one, one > 0
    return inputs, outputs


def made_without_a_gate(x1, x2, nand):
    return type(x1)(x1, x2, nand(x1, x2))


def wire_of_the_class(x1, x2, nand):
    return nand(type(x1)(), x2)


def looks_at_values(x1, x2, nand):
    return nand(x1, x2) if x1.values else x2


class Xor:
    def __call__(self, x1, x2, nand):
        return as_lesson(x1, x2, nand)

    def build(self, x1, x2, nand):
        return nand(nand(x1, nand(x2, x1)), nand(nand(x1, x2), x2))


CASES = {
    "01-scaling": Cases(
        right=[
            Scaler(),
            Scaler().in_place_of_a_copy,
            into_empty,
            with_arrays,
            with_loops,
            in_float32,
            scaled_with(lambda z, c: c * z > 0),
        ],
        wrong=[
            (scaled_with(fires, lambda z, c, k: z + c), "This adds c"),
            (lambda zs, c: with_arrays(zs, c)[::-1], "The two lists have changed places"),
            (scaled_with(lambda z, c: z >= 1), "just above 0"),
            (scaled_with(lambda z, c: z > 1e-3), "just above 0"),
            (scaled_with(lambda z, c: np.round(1 / (1 + np.exp(-z)))), "just above 0"),
            (scaled_with(lambda z, c: 1 / (1 + np.exp(-z))), "is 0.880797"),
            (scaled_with(fires, lambda z, c, k: int(c) * z), "c = 0.5 is 0"),
            (scaled_with(fires, lambda z, c, k: c**0.5 * z), "too small"),
            (scaled_with(fires, lambda z, c, k: c * z[:, None]), "Use .ravel()"),
            (lambda zs, c: ((c * z for z in zs), [z > 0 for z in zs]), "use list(...)"),
            (lambda zs, c: (np.concatenate(zs) * c, np.concatenate(zs) > 0), "one array a layer"),
            (lambda zs, c: (c * zs[-1], zs[-1] > 0), "one array a layer"),
            (Scaler, "The answer is a class"),
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
        right=[
            Xor(),
            Xor().build,
            lambda x1, x2, nand: (lambda u: nand(nand(u, x1), nand(u, x2)))(nand(x2, x1)),
            as_lesson,
            nested,
            in_a_loop,
            lambda a, b, n: as_lesson(b, a, n),
        ],
        wrong=[
            (made_without_a_gate, "comes out of no gate"),
            (wire_of_the_class, "comes out of no gate"),
            (looks_at_values, "lead it into a gate"),
            (lambda x1, x2, nand: x2 if x1 in (x2,) else x1, "lead it into a gate"),
            (lambda x1, x2, nand: max(x1, x2), "lead it into a gate"),
            (lambda x1, x2, nand: x1[0], "lead it into a gate"),
            (lambda x1, x2, nand: nand(x1, nand(x1, x1)), "(0, 0) and (1, 1) the output is wrong"),
            (lambda x1, x2, nand: [nand(x1, x2)], "expected one wire"),
            (lambda x1, x2, nand: str(x1), "expected one wire"),
            (lambda x1, x2, nand: nand, "expected one wire"),
            (lambda x1, x2, nand: nand(x1, x2, x1), "3 inputs: this gate has two"),
            (lambda x1, x2, nand: nand(x1, None), "`nand` was given"),
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
