"""A sheet of ink taken apart: connected strokes, and the places where they may be cut."""

from typing import NamedTuple

import numpy as np
from scipy import ndimage

from nnlib.handwriting.normalising import bounding_box, center_of_mass

CLEAR = 0.3  # ink that connects; what is fainter is the soft edge of a stroke
DIRT = 0.01  # of the square of the tallest part's height: less ink than this is dirt
SLOPES = np.linspace(-0.6, 0.6, 9)  # columns to the right per row upward, of a trial cut
NARROW = 0.35  # of the height: a narrower part is not cut,
FAT = 1.6  # strokes: nor one that is hardly wider than a stroke, such as a dot
APART = 0.05  # of the height: trial cuts are at least this far apart
MARGIN = 0.12  # of the height: so much stays on either side of a cut
LEANING = 0.15  # strokes: what a cut pays for a slope of 1


class Cut(NamedTuple):
    """A straight trial cut: from (row, column) `top` to `bottom`, and the ink on it, in strokes."""

    top: tuple
    bottom: tuple
    strokes: float


class Atom(NamedTuple):
    """A part that is not cut any further.

    ink: (height, width), 0 where it is not.  row, column: where ink[0, 0] lies on the sheet.
    part: which connected part it comes from.  cut: the trial cut at its left, or None.
    """

    ink: np.ndarray
    row: int
    column: int
    part: int
    cut: Cut | None

    @property
    def box(self):
        """(top, left, bottom, right) of its ink on the sheet, bottom and right excluded."""
        top, left, bottom, right = bounding_box(self.ink)
        return self.row + top, self.column + left, self.row + bottom, self.column + right


def atoms(ink):
    """The atoms of a sheet of ink (height, width), from left to right, and the tallest's height.

    Connected parts are taken apart by trial cuts, wherever a straight and steep line
    crosses little ink. What is too small to be a stroke is left out.
    """
    labels, spans = _connected(ink)
    if not spans:
        return [], 0
    height = max(rows.stop - rows.start for rows, _ in spans)
    stroke = stroke_width(ink)
    found = []
    for part, (rows, columns) in enumerate(spans, start=1):
        inside = np.where(labels[rows, columns] == part, ink[rows, columns], 0)
        if inside.sum() >= DIRT * height**2:
            found += _cut_apart(inside, rows.start, columns.start, part, height, stroke)
    return sorted(found, key=lambda atom: atom.column + center_of_mass(atom.ink)[1]), height


def cut_before(atoms, n):
    """The cut between atom n - 1 and atom n, or None where there is only paper between them."""
    divides = n > 0 and atoms[n - 1].part == atoms[n].part
    return atoms[n].cut if divides else None


def join(some):
    """The ink of some atoms together, on the smallest rectangle that holds them."""
    top, left = min(a.row for a in some), min(a.column for a in some)
    bottom = max(a.row + a.ink.shape[0] for a in some)
    right = max(a.column + a.ink.shape[1] for a in some)
    whole = np.zeros((bottom - top, right - left), np.float32)
    for a in some:
        height, width = a.ink.shape
        place = whole[a.row - top :, a.column - left :][:height, :width]
        np.maximum(place, a.ink, out=place)
    return whole


def box(some):
    """(top, left, bottom, right) of the ink of some atoms on the sheet."""
    tops, lefts, bottoms, rights = zip(*(a.box for a in some))
    return min(tops), min(lefts), max(bottoms), max(rights)


def stroke_width(ink):
    """How wide strokes are, in pixels: twice the median distance from middle to edge."""
    distance = ndimage.distance_transform_edt(np.pad(ink > CLEAR, 1))
    middle = (distance > 0) & (ndimage.maximum_filter(distance, 3) == distance)
    return 2 * float(np.median(distance[middle])) if middle.any() else 1.0


def _connected(ink):
    """Labels (height, width) of connected parts, soft edges included, and the spans of each."""
    labels, _ = ndimage.label(ink > CLEAR, np.ones((3, 3)))
    for _ in range(2):  # an edge is two pixels wide at most
        grown = ndimage.grey_dilation(labels, (3, 3))
        labels = np.where((labels == 0) & (ink > 0), grown, labels)
    return labels, ndimage.find_objects(labels)


def _cut_apart(ink, row, column, part, height, stroke):
    """The atoms of one connected part, whose ink[0, 0] lies at (row, column) of the sheet."""
    rows, columns = np.indices(ink.shape)
    middle = ink.shape[0] / 2
    lines = _trial_cuts(ink, height, stroke)
    number = sum((columns >= x + slope * (middle - rows) for x, slope, _ in lines), np.int64(0))
    cuts = [None]
    for x, slope, strokes in lines:
        lean = slope * middle
        ends = (row, column + x + lean), (row + ink.shape[0], column + x - lean)
        cuts.append(Cut(*ends, strokes))
    slices = ((np.where(number == k, ink, 0), cut) for k, cut in enumerate(cuts))
    return [Atom(a, row, column, part, cut) for a, cut in slices if a.max() > CLEAR]


def _trial_cuts(ink, height, stroke):
    """(column at half height, slope, strokes crossed) of each trial cut, from left to right."""
    width = ink.shape[1]
    if width < max(NARROW * height, FAT * stroke):
        return []
    crossed, slopes = _least_crossed(ink, stroke)
    apart, margin = max(1, round(APART * height)), max(2, round(MARGIN * height))
    lowest = ndimage.minimum_filter1d(crossed, 2 * apart + 1, mode="nearest")
    lines = []
    for x in range(margin, width - margin):
        if crossed[x] == lowest[x] and (not lines or x - lines[-1][0] >= apart):
            lines.append((x, slopes[x], crossed[x] / stroke))
    return lines


def _least_crossed(ink, stroke):
    """For each column, the least ink on a line through its middle, and the slope of that line."""
    height, width = ink.shape
    reach = int(np.ceil(SLOPES.max() * height / 2)) + 1
    wide = np.pad(ink, ((0, 0), (reach, reach)))
    rows = np.arange(height)[:, None]
    crossed = []
    for slope in SLOPES:
        shift = np.rint(slope * (height / 2 - rows)).astype(int)
        on_line = wide[rows, np.arange(width) + shift + reach]  # (height, width)
        along = on_line.sum(axis=0) / np.sqrt(1 + slope**2)
        crossed.append(along + LEANING * abs(slope) * stroke)
    best = np.argmin(crossed, axis=0)
    return np.min(crossed, axis=0), SLOPES[best]
