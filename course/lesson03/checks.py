"""Lesson 03: the truths, and what tells one wrong answer from another."""

from course.ask import compare


def from_shapes(answer, says):
    """Layer sizes from the shapes (5, 8) and (4, 5), then the shapes of the biases."""
    sizes, shapes = compare.unpack(answer, "sizes", "bias_shapes")
    return compare.arrays(
        sizes,
        [8, 5, 4],
        "`sizes`",
        misconceptions=[
            ([4, 5, 8], says["order-reversed-layer"]),
            ([5, 8, 4], says["number-stands-both"]),
            ([8, 4, 5], says["number-stands-both"]),
        ],
    ) or compare.arrays(
        shapes,
        [(5, 1), (4, 1)],
        "`bias_shapes`",
        misconceptions=[
            ([(4, 1), (5, 1)], says["both-right-their"]),
            ([(8, 1), (5, 1)], says["biases-belong-neurons"]),
            ([(1, 5), (1, 4)], says["biases-columns-number"]),
            ([(5, 8), (4, 5)], says["these-weights-neuron"]),
        ],
    )
