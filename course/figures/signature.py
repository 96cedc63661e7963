"""The signature of a figure: what it draws, as numbers and words that can be compared.

Pixels differ from one version of matplotlib to the next, and wherever training ends in other
weights. What the artists are, their colors, words and places can be compared even then.
"""

from collections import Counter
from zlib import crc32

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import Collection
from matplotlib.colors import to_hex
from matplotlib.image import AxesImage, FigureImage
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch, Rectangle
from matplotlib.quiver import Quiver
from matplotlib.table import Cell
from matplotlib.text import Text

IMAGES = AxesImage, FigureImage
MOST_COLORS = 8  # of one collection; those that are rarest are left out
FARTHEST = -1, 2  # of a place, in axes; logarithms of 0 are drawn far outside
FINE = 1e5  # parts of an axes that are told apart in checks; a pixel is some hundred of them
COARSE = 4  # an image is summed up in so many rows and columns


def signature_of(fig):
    """All that a figure shows, as a dict of lists, words and numbers that JSON can hold.

    Places are fractions of the width and height of the axes, or of the figure.  The figure has
    been drawn.
    """
    own = [child for child in fig.get_children() if child not in (fig.patch, *fig.axes)]
    axes = [_axes(ax) for ax in fig.axes if ax.get_visible()]
    return {"axes": axes, **_checked(_all(own, fig.transFigure))}


def signature_of_paper(image):
    """The same of a picture that no figure drew: grays, uint8 (rows, columns)."""
    of_image = {"kind": "image", "shape": list(image.shape), "at": _shades(image / 255)}
    return {"axes": [], "artists": [of_image], "check": crc32(image.tobytes())}


def _axes(ax):
    """One axes: title, both axis, legend, and every artist in the order of drawing."""
    furniture = (ax.patch, ax.xaxis, ax.yaxis, *ax.spines.values(), ax.title, ax.get_legend())
    inside = [child for child in ax.get_children() if child not in furniture]
    return {
        "place": _rounded(ax.get_position().bounds),
        "title": ax.get_title(),
        "x": _axis(ax.xaxis) if ax.axison else None,
        "y": _axis(ax.yaxis) if ax.axison else None,
        "legend": _legend(ax.get_legend()),
        **_checked(_all(inside, ax.transAxes)),
    }


def _checked(artists):
    """Artists as they stand in a signature, with one check for all of them."""
    check = crc32(repr([each.pop("check", 0) for each in artists]).encode())
    return {"artists": artists, "check": check}


def _axis(axis):
    """Label, scale, limits and the labels of the ticks of one axis."""
    ticks = [tick.get_text() for tick in axis.get_ticklabels() if tick.get_visible()]
    limits = [float(f"{limit:.6g}") for limit in axis.get_view_interval()]
    label = axis.get_label().get_text()
    return {"label": label, "scale": axis.get_scale(), "limits": limits, "ticks": ticks}


def _legend(legend):
    """Each entry of a legend: its text, and how its handle looks."""
    if legend is None:
        return []
    pairs = zip(legend.get_texts(), legend.legend_handles)
    return [[text.get_text(), *_look(handle)] for text, handle in pairs]


def _all(children, frame):
    """What is visible among artists, as dicts; those that hold others are opened."""
    found = []
    for child in children:
        if not child.get_visible() or (isinstance(child, Text) and not child.get_text()):
            continue
        if isinstance(child, (Line2D, Patch, Collection, *IMAGES, Text)):
            found += [_one(child, frame), *_all(_attached(child), frame)]
        elif isinstance(child, Legend):
            found.append({"kind": "Legend", "says": str(_legend(child)), "at": []})
        elif isinstance(child, Artist):
            found += _all(child.get_children(), frame)
    return found


def _attached(artist):
    """The arrow and the box of a text, the text of a cell of a table."""
    if isinstance(artist, Cell):
        return [artist.get_text()]
    parts = getattr(artist, "arrow_patch", None), getattr(artist, "_bbox_patch", None)
    return [part for part in parts if part is not None]


def _one(artist, frame):
    """Kind, look, words and places of one artist."""
    found = {"kind": type(artist).__name__, "look": _look(artist), "at": _at(artist, frame)}
    words = artist.get_text() if isinstance(artist, Text) else artist.get_label()
    if words and not str(words).startswith("_"):
        found["says"] = str(words)
    if isinstance(artist, IMAGES):
        found["shape"] = list(artist.get_array().shape)
    if isinstance(artist, Collection):
        found["colors"] = _colors(artist)
    return found | {"check": _check(artist, frame)}


def _look(artist):
    """Colors, styles and widths, as a list of words."""
    if isinstance(artist, Line2D):
        marker = artist.get_marker(), _color(artist.get_markerfacecolor()), artist.get_markersize()
        shape = artist.get_linestyle(), artist.get_linewidth(), artist.get_drawstyle()
        return [_color(artist.get_color()), *map(str, (*shape, *marker)), str(artist.get_alpha())]
    if isinstance(artist, Patch):
        colors = _color(artist.get_facecolor()), _color(artist.get_edgecolor())
        return [*colors, str(artist.get_linestyle()), str(artist.get_hatch())]
    if isinstance(artist, Text):
        size = f"{artist.get_fontsize():g}"
        return [_color(artist.get_color()), size, artist.get_ha(), str(artist.get_fontweight())]
    if isinstance(artist, IMAGES):
        return [artist.get_cmap().name, artist.origin, artist.get_interpolation()]
    if isinstance(artist, Collection) and len(artist.get_offsets()) > 1:
        return [str(len(path.vertices)) for path in artist.get_paths()[:1]]  # of a marker
    return []


def _color(color):
    return color if isinstance(color, str) and color == "none" else to_hex(color, keep_alpha=True)


def _colors(collection):
    """The share of each of the most frequent colors of a collection, faces and edges."""
    faces, edges = collection.get_facecolor(), collection.get_edgecolor()
    counted = Counter(to_hex(color) for colors in (faces, edges) for color in colors)
    return {
        color: round(count / counted.total(), 3)
        for color, count in counted.most_common(MOST_COLORS)
    }


def _at(artist, frame):
    """Where an artist is, in fractions of its frame, or what an image shows."""
    if isinstance(artist, IMAGES):
        shown = artist.to_rgba(artist.get_array(), norm=True)[..., :3].mean(axis=2)
        return [*_shades(shown), *_rounded(artist.get_extent())]
    points = frame.inverted().transform(_points(artist))
    points = points[np.isfinite(points).all(axis=1)].clip(*FARTHEST)
    if isinstance(artist, Text):
        return _rounded(points.ravel())
    if isinstance(artist, Rectangle) and len(points):
        return _rounded([*points.min(axis=0), *points.max(axis=0)])
    numbers = _summary(points)
    if isinstance(artist, Quiver):
        numbers += _rounded([*(np.mean(each) for each in (artist.U, artist.V)), np.std(artist.U)])
    return numbers


def _check(artist, frame):
    """A number that changes with any point, color or pixel of an artist, however little."""
    if isinstance(artist, IMAGES):
        values = [artist.to_rgba(artist.get_array(), bytes=True)]
    else:
        points = frame.inverted().transform(_points(artist))
        values = [np.rint(FINE * points[np.isfinite(points).all(axis=1)].clip(*FARTHEST))]
    if isinstance(artist, Collection):
        values += [255 * artist.get_facecolor(), 255 * artist.get_edgecolor()]
    return crc32(b"".join(np.asarray(each).astype("<i4").tobytes() for each in values))


def _points(artist):
    """The points of an artist, (n, 2), in pixels."""
    if isinstance(artist, Text):
        return artist.get_transform().transform([artist.get_position()])
    if isinstance(artist, Line2D):
        return artist.get_transform().transform(artist.get_xydata())
    if isinstance(artist, FancyArrowPatch):
        return artist.get_window_extent().get_points()
    if isinstance(artist, Patch):
        return artist.get_transform().transform_path(artist.get_path()).vertices
    offsets = artist.get_offset_transform().transform(artist.get_offsets())
    if len(offsets) > 1:
        return offsets
    paths = [artist.get_transform().transform_path(path).vertices for path in artist.get_paths()]
    return np.concatenate([*paths, np.empty((0, 2))])


def _summary(points):
    """How many points (n, 2): first, last, middle, spread, slope, extremes; of two only those."""
    if len(points) <= 2:
        return [len(points), *_rounded(points.ravel())]
    centered = points - points.mean(axis=0)
    together = np.mean(centered[:, 0] * centered[:, 1])
    order = np.mean(centered * np.linspace(-1, 1, len(points))[:, np.newaxis], axis=0)
    ends = points[0], points[-1], points.mean(axis=0), points.std(axis=0), order
    extremes = points.min(axis=0), points.max(axis=0)
    return [len(points), *_rounded(np.concatenate([*ends, *extremes])), *_rounded([together])]


def _shades(image):
    """The mean brightness of a few rows and columns of an image from 0 to 1, (rows, columns)."""
    rows = np.array_split(image, min(COARSE, image.shape[0]), axis=0)
    columns = np.array_split(image, min(COARSE, image.shape[1]), axis=1)
    return _rounded([float(np.mean(part)) for part in (*rows, *columns)])


def _rounded(numbers):
    return [round(float(number), 3) for number in numbers]
