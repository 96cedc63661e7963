"""Lesson 03: the truths, and what tells one wrong answer from another."""

from course.ask import compare

BIAS_SHAPES_MISTAKES = {
    "output-biases-first": [(4, 1), (5, 1)],
    "biases-of-inputs": [(8, 1), (5, 1)],
    "columns-counted": [(1, 5), (1, 4)],
    "weights-as-biases": [(5, 8), (4, 5)],
}


def from_shapes(answer, says):
    """Layer sizes from the shapes (5, 8) and (4, 5), then the shapes of the biases."""
    sizes, shapes = compare.unpack(answer, "sizes", "bias_shapes")
    return compare.arrays(
        sizes,
        [8, 5, 4],
        "`sizes`",
        misconceptions=[
            ([4, 5, 8], says["outputs-first"]),
            ([5, 8, 4], says["wrong-middle"]),
            ([8, 4, 5], says["wrong-middle"]),
        ],
    ) or compare.arrays(
        shapes,
        [(5, 1), (4, 1)],
        "`bias_shapes`",
        misconceptions=compare.named(BIAS_SHAPES_MISTAKES, says),
    )
