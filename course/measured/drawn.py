"""Digits that a program draws, in ways of writing that MNIST hardly has.

In most of the world a 1 begins with an upstroke, a 7 may be crossed and a 4 stay open; MNIST's
writers, in the USA, mostly wrote otherwise. Each way of writing is a few points through which the
pen goes, on paper from (0, 0), upper left, to (1, 1).
"""

import numpy as np
from PIL import Image, ImageDraw
from scipy.interpolate import make_interp_spline

SIDE = 112  # pixels of the drawing
ROUND, STRAIGHT = 3, 1  # degree of the curve between the points
RING = [(0.5, 0), (0.15, 0.2), (0.05, 0.5), (0.2, 0.85), (0.5, 1), (0.85, 0.8), (0.95, 0.45),
        (0.8, 0.12), (0.47, 0.01)]  # fmt: skip
LOOP = [(0.8, 0.15), (0.45, 0), (0.12, 0.22), (0.3, 0.48), (0.7, 0.42), (0.82, 0.12)]
BOWL = [(0.45, 0.38), (0.85, 0.5), (0.85, 0.85), (0.45, 1), (0.08, 0.9)]
WAYS = {  # digit -> ways to write it, each a list of strokes (degree, points)
    0: [[(ROUND, RING)]],
    1: [
        [(STRAIGHT, [(0.1, 0.35), (0.55, 0), (0.55, 1)])],
        [(STRAIGHT, [(0.25, 0.2), (0.5, 0), (0.5, 1)]), (STRAIGHT, [(0.2, 1), (0.8, 1)])],
        [(STRAIGHT, [(0.5, 0), (0.5, 1)]), (STRAIGHT, [(0.25, 1), (0.75, 1)])],
        [(STRAIGHT, [(0.05, 0.55), (0.6, 0), (0.55, 1)])],
    ],
    2: [
        [(ROUND, [(0.1, 0.28), (0.4, 0), (0.8, 0.2), (0.6, 0.6), (0.1, 1)]),
         (STRAIGHT, [(0.1, 1), (0.9, 0.98)])],
        [(ROUND, [(0.12, 0.2), (0.5, 0), (0.8, 0.25), (0.5, 0.7), (0.15, 0.95), (0.1, 0.8),
                  (0.4, 0.85), (0.9, 1)])],
    ],
    3: [
        [(ROUND, [(0.1, 0.12), (0.5, 0), (0.82, 0.2), (0.45, 0.45)]), (ROUND, BOWL)],
        [(STRAIGHT, [(0.1, 0.02), (0.85, 0), (0.45, 0.38)]), (ROUND, BOWL)],
    ],
    4: [
        [(STRAIGHT, [(0.25, 0), (0.08, 0.6), (0.92, 0.58)]), (STRAIGHT, [(0.7, 0.2), (0.65, 1)])],
        [(ROUND, [(0.12, 0.02), (0.1, 0.35), (0.4, 0.5), (0.82, 0.4)]),
         (STRAIGHT, [(0.85, 0), (0.8, 1)])],
        [(STRAIGHT, [(0.65, 1), (0.68, 0), (0.05, 0.68), (0.95, 0.66)])],
        [(STRAIGHT, [(0.6, 0), (0.05, 0.65), (0.95, 0.62)]), (STRAIGHT, [(0.65, 0.4), (0.6, 1)])],
    ],
    5: [
        [(STRAIGHT, [(0.85, 0), (0.2, 0.02), (0.15, 0.42)]),
         (ROUND, [(0.15, 0.42), (0.55, 0.35), (0.88, 0.65), (0.6, 0.97), (0.08, 0.92)])],
        [(STRAIGHT, [(0.25, 0.02), (0.18, 0.42)]), (STRAIGHT, [(0.22, 0.03), (0.88, 0)]),
         (ROUND, [(0.18, 0.42), (0.6, 0.38), (0.85, 0.7), (0.5, 1), (0.1, 0.9)])],
    ],
    6: [
        [(ROUND, [(0.75, 0.02), (0.3, 0.3), (0.1, 0.7), (0.35, 1), (0.8, 0.88), (0.75, 0.58),
                  (0.4, 0.55), (0.12, 0.75)])],
        [(ROUND, [(0.5, 0), (0.2, 0.45), (0.15, 0.85), (0.5, 1), (0.85, 0.8), (0.6, 0.55),
                  (0.2, 0.7)])],
    ],
    7: [
        [(STRAIGHT, [(0.08, 0.03), (0.92, 0), (0.35, 1)])],
        [(STRAIGHT, [(0.08, 0.03), (0.92, 0), (0.4, 1)]), (STRAIGHT, [(0.25, 0.5), (0.88, 0.48)])],
        [(STRAIGHT, [(0.1, 0.18), (0.1, 0.02), (0.9, 0), (0.4, 1)]),
         (STRAIGHT, [(0.25, 0.52), (0.85, 0.48)])],
        [(STRAIGHT, [(0.1, 0.18), (0.12, 0.02), (0.9, 0), (0.55, 0.45), (0.45, 1)])],
    ],
    8: [
        [(ROUND, [(0.78, 0.15), (0.45, 0), (0.15, 0.22), (0.5, 0.48), (0.85, 0.78), (0.5, 1),
                  (0.15, 0.78), (0.5, 0.48), (0.8, 0.2), (0.7, 0.06)])],
        [(ROUND, [(0.5, 0), (0.2, 0.22), (0.5, 0.46), (0.8, 0.22), (0.48, 0.01)]),
         (ROUND, [(0.5, 0.46), (0.12, 0.74), (0.5, 1), (0.88, 0.74), (0.48, 0.47)])],
    ],
    9: [
        [(ROUND, LOOP), (STRAIGHT, [(0.82, 0.05), (0.78, 1)])],
        [(ROUND, LOOP), (ROUND, [(0.83, 0.1), (0.8, 0.6), (0.6, 0.95), (0.2, 0.95)])],
        [(ROUND, LOOP), (STRAIGHT, [(0.82, 0.1), (0.45, 1)])],
    ],
}  # fmt: skip


def digit(number, rng):
    """A drawing (112, 112) in float32 of the digit 0 to 9: 0 paper, 1 ink; written at random."""
    ways = WAYS[number]
    strokes = ways[rng.integers(len(ways))]
    drawing = Image.new("L", (SIDE, SIDE))
    pen, width = ImageDraw.Draw(drawing), int(rng.integers(5, 18))
    move = _hand(rng)
    for degree, points in strokes:
        shaken = np.array(points) + rng.normal(0, 0.03, (len(points), 2))
        line = move(_curve(shaken, min(degree, len(points) - 1)))
        pen.line([tuple(point) for point in line], fill=255, width=width, joint="curve")
        for x, y in (line[0], line[-1]):
            half = width / 2
            pen.ellipse((x - half, y - half, x + half, y + half), fill=255)
    return np.asarray(drawing, np.float32) / 255


def _curve(points, degree):
    """Points (200, 2) of a curve through the given ones."""
    places = np.linspace(0, 1, len(points))
    return make_interp_spline(places, points, k=degree)(np.linspace(0, 1, 200))


def _hand(rng):
    """A function that puts points (n, 2) on the drawing, slanted and stretched at random."""
    wide, slant, turn = rng.uniform(0.45, 0.95), rng.normal(0, 0.2), rng.normal(0, 0.08)
    matrix = np.array([[wide, turn], [-slant, 1]])

    def move(points):
        on_paper = (points - 0.5) @ matrix
        return np.clip(SIDE / 2 + 80 * on_paper, 4, SIDE - 4)

    return move
