"""What a figure shows, read off its artists: words, axes, legends, colors, pictures.

Tests of labs and figures compare it with a computation of their own.
"""

import re

import numpy as np
from matplotlib.colors import to_hex, to_rgb, to_rgba
from matplotlib.lines import Line2D

from course.paths import ROOT
from tests.course.pictures import shows_the_same

BLUE, ORANGE, GREEN, RED = "#0072b2", "#e69f00", "#009e73", "#d55e00"
SKY, PURPLE, YELLOW, BLACK = "#56b4e9", "#cc79a7", "#f0e442", "#000000"
GREY, PALE, WHITE = "#8c8c8c", "#d9d9d9", "#ffffff"

# words


def titles_of(ax):
    """The titles of an Axes that are not blank, from left to right."""
    titles = [ax.get_title(side).strip() for side in ("left", "center", "right")]
    return [title for title in titles if title]


def named(ax):
    """What an Axes says of itself: (titles, label of x, label of y)."""
    return titles_of(ax), ax.get_xlabel(), ax.get_ylabel()


def scaled(ax):
    """How its axes run: (scale of x, scale of y, limits of x, limits of y)."""
    limits = [tuple(float(f"{end:.9g}") for end in ends) for ends in (ax.get_xlim(), ax.get_ylim())]
    return ax.get_xscale(), ax.get_yscale(), *limits


def ticks_of(axis):
    """The words at an axis by place; blank ones are left out."""
    places = axis.get_majorticklocs()
    words = map(str, axis.get_major_formatter().format_ticks(places))
    return {float(place): word for place, word in zip(places, words) if word.strip()}


def texts_of(artist):
    """The visible texts of an Axes or a Figure that are not blank: {words: (x, y)}."""
    shown = [text for text in artist.texts if text.get_visible() and text.get_text().strip()]
    return {text.get_text(): tuple(map(float, text.get_position())) for text in shown}


def numbers_in(words):
    """The numbers of a sentence in their order; 1,234 is one, and so is −0.5."""
    found = re.findall(r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?(?:e[-−+]\d+)?", words)
    return [float(one.rstrip(",").replace(",", "").replace("−", "-")) for one in found]


# looks


def color_of(artist):
    """The one color of a line, a patch or a collection, as in #0072b2: where filled, the face's."""
    if isinstance(artist, Line2D):
        return _color_of_line(artist)
    faces, edges = (
        np.reshape(one(), (-1, 4)) for one in (artist.get_facecolor, artist.get_edgecolor)
    )
    filled = len(faces) and faces[0, 3] > 0
    return to_hex((faces if filled else edges)[0])


def _color_of_line(line):
    """The color of a line, or of its marks where it has none; of hollow ones that of the edge."""
    mark, face = line.get_marker(), line.get_markerfacecolor()
    if line.get_linestyle() != "None" or mark in ("None", "", None):
        return to_hex(line.get_color())
    hollow = mark in ("x", "|", "+", "_") or to_rgba(face)[3] == 0
    return to_hex(line.get_markeredgecolor() if hollow else face)


def colors_of(artists):
    """The color of each artist, or of each member of a collection."""
    if hasattr(artists, "get_segments"):
        return [to_hex(color) for color in artists.get_colors()]
    return [color_of(artist) for artist in artists]


def look_of(artist):
    """(color, style of the line, mark): what tells an artist from others, as a legend shows it."""
    style = artist.get_linestyle()
    dashed = style[0][1] is not None if isinstance(style, list) else style not in ("-", "solid")
    mark = artist.get_marker() if isinstance(artist, Line2D) else None
    return color_of(artist), dashed, None if mark in ("None", "") else mark


def legend_of(ax):
    """The artists of an Axes by the words of its legend: those that look as the words say."""
    legend = ax.get_legend()
    drawn = [one for one in (*ax.lines, *ax.patches, *ax.collections) if one.get_visible()]
    words = [text.get_text() for text in legend.get_texts()]
    found = {}
    for word, handle in zip(words, legend.legend_handles, strict=True):
        found[word] = [one for one in drawn if look_of(one) == look_of(handle)]
        assert found[word], f"nothing looks as the legend says of {word!r}"
    everything = [artist for several in found.values() for artist in several]
    assert len(everything) == len(set(everything)), "two words of the legend look alike"
    return found


def curves_of(ax):
    """(color, mark or None, points (n, 2)) of all visible lines of an Axes that have points."""
    drawn = [line for line in ax.lines if line.get_visible() and len(line.get_xdata())]
    return [(color_of(line), look_of(line)[2], line.get_xydata()) for line in drawn]


def bars_of(bars):
    """(middle, height, color) of standing bars."""
    middles = [bar.get_x() + bar.get_width() / 2 for bar in bars]
    return [(x, bar.get_height(), color_of(bar)) for x, bar in zip(middles, bars)]


def recall_shown(ax):
    """({digit: percent} of the bars, {digit: height} of the words "lost") on an Axes."""
    (bars,), (marks,) = ax.patches, [line for line in ax.lines if line.get_linestyle() == "None"]
    heights, edges, _ = bars.get_data()
    assert color_of(bars) == SKY
    digits = ((edges[::2] + edges[1::2]) / 2).round(9).tolist()
    return dict(zip(digits, heights[::2].tolist(), strict=True)), dict(zip(*marks.get_data()))


# pictures


def seen(image):
    """The colors (height, width, 3) of an image as they lie on the page, upper left one first."""
    ax, colors = image.axes, image.to_rgba(image.get_array())[..., :3]
    left, right, bottom, top = image.get_extent()
    if image.origin == "lower":
        colors = colors[::-1]
    if (top > bottom) == ax.yaxis_inverted():
        colors = colors[::-1]
    return colors[:, ::-1] if (right > left) == ax.xaxis_inverted() else colors


def ink(image):
    """How dark each pixel of a gray image is, 0 for paper to 1 for black."""
    colors = seen(image)
    assert np.ptp(colors, axis=2).max() < 1e-6, "it is not gray"
    return 1 - colors[..., 0]


def tint(image, color=SKY):
    """How much of a color each pixel has, 0 for paper to 1 for all of it."""
    return share_of(seen(image), color)


def share_of(colors, color=SKY):
    """How much of a color is in colors (..., 3 or 4) between white, 0, and all of it, 1."""
    full = np.array(to_rgb(color))
    share = (1 - colors[..., 0]) / (1 - full[0])
    np.testing.assert_allclose(colors[..., :3], 1 - share[..., None] * (1 - full), atol=0.006)
    return share


def signed(image):
    """What an image in blue for + and red for - shows, each pixel from -1 to 1."""
    return sign_of(seen(image))


def sign_of(colors):
    """What colors (..., 3 or 4) say that are blue for +, red for - and white for 0: -1 to 1."""
    red, blue = colors[..., 0], colors[..., 2]
    for color, share in ((BLUE, np.clip(1 - red, 0, 1)), (RED, np.clip(1 - blue, 0, 1))):
        of_it = (red < blue) == (color == BLUE)
        right = 1 - share[of_it, None] * (1 - np.array(to_rgb(color)))
        np.testing.assert_allclose(colors[of_it][:, :3], right, atol=0.006)
    return np.where(red < blue, 1 - red, blue - 1)


# labs


def controls_of(lab):
    """What a reader sees of each control by name: (words before it, first and last value)."""
    return {name: (one.description, *_ends(one)) for name, one in lab.controls.items()}


def _ends(control):
    if hasattr(control, "min"):
        return control.min, control.max
    values = values_of(control)
    return values[0], values[-1]


def values_of(control):
    """All values that a control can have."""
    if hasattr(control, "options"):
        pairs = [one if isinstance(one, tuple) else (one, one) for one in control.options]
        return [value for _, value in pairs]
    if hasattr(control, "min"):
        return list(range(control.min, control.max + 1, control.step))
    return [False, True]


def set_by_chance(lab, rng, **fixed):
    """Move every control to a value by chance, or to the one that is given; all at once."""
    chosen = {}
    for name, control in lab.controls.items():
        values = values_of(control)
        chosen[name] = fixed[name] if name in fixed else values[rng.integers(len(values))]
    return settle(lab, **chosen)


def settle(lab, **values):
    """Move some controls at once, and wait for what is done in the background."""
    for _ in range(2):  # the limits of one control may follow another one
        if any(lab.controls[name].value != value for name, value in values.items()):
            lab.choose(**values)
    if hasattr(lab, "job"):
        assert lab.job.wait(60)
        assert lab.job.error is None
    return lab.settings


def pixels(lab):
    """The pixels that a lab shows now."""
    return np.asarray(lab.picture.figure.canvas.buffer_rgba()).copy()


def is_drawn_whole(lab):
    """Whether all of the picture, drawn anew, is what it shows: no artist is left as it was.

    If not, both are kept in build/pictures/.
    """
    shown = bytes(lab.picture.value)
    lab.picture.forget_background()
    lab.picture.show()
    anew = bytes(lab.picture.value)
    same = shows_the_same(anew, shown)
    if not same:
        kept = ROOT / "build" / "pictures"
        kept.mkdir(parents=True, exist_ok=True)
        (kept / f"{type(lab).__name__}-shown.png").write_bytes(shown)
        (kept / f"{type(lab).__name__}-anew.png").write_bytes(anew)
    return same
