"""Lesson 11: the numbers of mistakes, solutions and words once more, each as what gives it."""

import math

PLACES = (28 - 5) // 2 + 1
NEURONS = 16 * PLACES**2
FACE = 2304 * 15 + 15 * 5 + 5 * 1


def velocity(steps):
    """With momentum 0.9 and the gradient 1."""
    return sum(0.9**step for step in range(steps))


def steps_until(slope, z=4.0):
    """Steps of eta 0.5 until a neuron with w = b, x = 1 answers below 0.1; slope: of the error."""
    steps, a = 0, 1 / (1 + math.exp(-z))
    while a > 0.1:
        z -= 2 * 0.5 * a * slope(a)
        steps, a = steps + 1, 1 / (1 + math.exp(-z))
    return steps


def by_square(a):
    return a * (1 - a)


def by_entropy(_):
    return 1


A98, FAR = 1 / (1 + math.exp(-4)), 6.0
MISTAKES = {
    "three_layers": [],
    "long_slope": [0.9, velocity(2), 0.9 / (1 - 0.9)],
    "large_network": [],
    "convolution_parameters": [
        16 * 25,
        16 * 25 + 1,
        25 + 1,
        16 * 5,
        16 * 25 + NEURONS,
        NEURONS,
        26 * NEURONS,
        16 * (784 + 1),
        NEURONS * (784 + 1),
    ],
    "mean_squared": [10, 10 * 2, 1 / 5, 1 / 2, 2, 1],
    "sure_and_wrong": [],
    "face_numbers": [FACE, 2304 * 15, 2304 * 15 + 15, 318, 2304 + 15 + 5 + 1],
    "vanishing_factor": [
        1 / 4**2,
        1 / 4,
        3 / 4,
        1 / 4 / 3,
        1 / 4**4,
        1 / 2**3,
        (3 / 4) ** 3,
        4**3,
        1,
    ],
    "around_the_layer": [1 / 4**3, 0, 1.25**3, 1.25, 2, 3],
    "two_errors": [1 / (1 - 0.8), 0.8 * 0.2, 0.8, 0.8 * 0.8 * 0.2, 1 / 0.8, 1, 1 / 0.2**2],
}
RIGHT = {
    "long_slope": 1 / (1 - 0.9),
    "convolution_parameters": 16 * (5 * 5 + 1),
    "face_numbers": FACE + 15 + 5 + 1,
    "vanishing_factor": 1 / 4**3,
    "two_errors": 1 / (0.8 * 0.2),
    "sure_and_wrong": steps_until(by_square),
}
WORDS = {
    "which_change": "everything is moved 3 pixels to the right",
    "one_digit": "fewer than ten",
    "five_layers": "about one digit in ten",
    "slope_one": "a few times: between 3 and 25, depending on the seed",
    "one_switch": "the scaled start",
    "without_one": "less than 1 point",
    "moved_maps": "about 60 %",
}
TOLD = {
    "three_layers": ["27 is about 5·5", "119 with this seed"],
    "slope_one": [f"√½ = {0.5**0.5:.1f}", f"√2⁵ = {2**2.5:.1f}"],
    "long_slope": [
        f"v = 1/(1 − 0.9) = {1 / (1 - 0.9):.0f}",
        f"After 10 steps it is {velocity(10):.1f}, after 20 it is {velocity(20):.1f}",
    ],
    "convolution_parameters": [
        f"16·26 = {16 * 26}",
        f"12·12 places, so the maps have 16·144 = {NEURONS:,}",
        f"{NEURONS * 785:,} in all",
    ],
    "mean_squared": [f"{10 // 2} times shorter", f"our {3 / 5}"],
    "sure_and_wrong": [
        f"{steps_until(by_square)} steps",
        f"the slope a(1 − a) is {by_square(A98):.3f}",
        f"are {1 / by_square(A98):.0f} times as short",
        f"needs {steps_until(by_entropy, FAR)} steps with the cross-entropy",
        f"cross-entropy and {steps_until(by_square, FAR)} with",
    ],
    "face_numbers": [f"= {FACE:,} weights", f"= {15 + 5 + 1} biases, together {FACE + 21:,}"],
    "vanishing_factor": [f"1/{4**3}, which is {1 / 4**3}"],
    "around_the_layer": [f"at most {5**3}/{4**3}, about {125 / 64:.0f}", f"at most 1/{4**3}"],
    "two_errors": [
        f"= {0.8 * 0.8 * 0.2:.3f}",
        f"1/0.16 = {1 / 0.16:.2f}",
        f"it is {1 / (0.999 * 0.001):,.0f}",
    ],
    "cross_entropy_slope": ["−y/a + (1 − y)/(1 − a)", "(a − y) / (a(1 − a))", "= a − y"],
    "convolution_sizes": ["(side − window) // stride moves"],
}
