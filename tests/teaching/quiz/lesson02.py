"""Lesson 02: the numbers of the quiz, measured on the curve itself."""

import math

H = 1e-6


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def slope(z):
    return (sigmoid(z + H) - sigmoid(z - H)) / (2 * H)


def place_of(value, of):
    """Where a rising function of z takes this value, by halving from -20 to 20."""
    low, high = -20.0, 20.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if of(middle) < value else (low, middle)
    return low


Z = place_of(0.2, lambda z: slope(min(z, 0)))  # left of the top, where the slope rises
NUMBERS = {
    1: sigmoid(0),
    2: slope(place_of(0.9, sigmoid)),
    3: round(sigmoid(Z + 0.01 * 3) - sigmoid(Z), 3),
}
