"""Lesson 09: the numbers of mistakes, solutions and words once more, each as what gives it."""

import math

SQUARES = 0.46  # the mean square of a hidden activation
INK = 0.1307 * 784  # the sum of the pixels of an image, on average
STEP = -0.9 / 8 * 36  # of z, at eta 1


def spread(h, squares=SQUARES, bias=1):
    return math.sqrt(squares * h + bias)


MISTAKES = {
    "length_of_an_image": [150, 28 * 28, math.sqrt(88)],
    "spread_of_100": [
        SQUARES * 100 + 1,
        SQUARES * 100,
        spread(100, 0.5),
        spread(100, 1, 0),
        spread(30),
        math.sqrt(88 + 1),
    ],
    "spread_when_scaled": [88 / 784, math.sqrt(88 / 784), 88 / 784 + 1, math.sqrt(88 + 1)],
    "ten_images": [1],
    "one_step": [
        -3 * STEP,
        STEP,
        3 * STEP / 0.9,
        30 * STEP,
        3 * STEP / 36,
        3 * STEP * 4,
        3 * STEP * 8,
    ],
    "spread_of_400": [
        SQUARES * 400 + 1,
        SQUARES * 400,
        math.sqrt(88 + 1),
        spread(400, 0.5),
        spread(400, 0.5, 0),
        spread(400, 1, 0),
        spread(400, 1),
    ],
    "weights_of_400": [1 / 400, math.sqrt(400), 1, 400],
}
RIGHT = {
    "spread_of_100": spread(100),
    "spread_of_400": spread(400),
    "spread_when_scaled": math.sqrt(88 / 784 + 1),
    "one_step": 3 * STEP,
    "weights_of_400": 1 / math.sqrt(400),
}
WORDS = {
    "bigger_network": "clearly less",
    "own_neurons": "far below 0, where the answer is nearly 0",
    "first_steps": "more than seven in ten",
    "length_of_the_gradient": "longer, but less than three times as long",
    "which_half": "neither is enough alone",
    "patient_2": "eta too large",
    "patient_3": "unscaled inputs",
    "patient_4": "wrong gradient",
    "patient_5": "inverted images",
    "patient_6": "eta too small",
}
TOLD = {
    "hardest_push": ["(1 - a)(1 - 3a)", "a = 1/3", f"z = −ln 2, about −{math.log(2):.1f}"],
    "five_starts": ["87.1 % lost the 3", "75.5 % the 1 and the 2", "68.8 % the 2, the 6 and the 9"],
    "length_of_an_image": [
        "88 on the full set, 89 on the small one",
        f"about {math.sqrt(88.5):.1f}",
    ],
    "spread_of_100": [
        f"\\sqrt{{47}} = {spread(100):.1f}$".replace("47", f"{SQUARES * 100 + 1:g}"),
        f"against {spread(30):.1f} for 30",
    ],
    "spread_when_scaled": [f"\\sqrt{{{1 + 88 / 784:.3f}}} = {math.sqrt(1 + 88 / 784):.2f}$"],
    "spread_of_400": [f"\\sqrt{{{SQUARES * 400 + 1:g}}} = {spread(400):.1f}$"],
    "weights_of_400": [f"1/{math.sqrt(400):g} = {1 / math.sqrt(400):g}"],
    "one_step": [
        "-\\eta \\cdot 0.9 \\cdot \\frac18 \\cdot 36",
        f"−{-3 * STEP:.0f} for $\\eta = 3$ and −{-STEP:.0f} for",
    ],
    "patient_2": ["Its eta is 100; the healthy one is 3", "With 0.03 times its rate"],
    "patient_3": ["The largest pixel is 255: nobody has divided by 255"],
    "patient_5": [f"now {784 - 2 * INK + 88:.0f} in place of 88"],
    "patient_6": [f"Its eta is {3 / 1000:g}; the healthy one is 3", "With 1,000 times its rate"],
}
