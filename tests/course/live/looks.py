"""All that a figure or a lab shows, in words: a line for each artist, told by its place.

Colors go by the names of the palette; long data by their shape, ends, mean and moments.
"""

import html
import re
from itertools import zip_longest

import numpy as np
from matplotlib.collections import Collection
from matplotlib.colors import to_hex
from matplotlib.contour import ContourSet
from matplotlib.image import _ImageBase
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.ticker import FixedFormatter, FixedLocator

from course import figures
from tests.course.live import reading_figures as palette
from tests.course.live.reading_figures import is_drawn_whole, ticks_of, titles_of

NAMES = {value: name for name, value in vars(palette).items() if re.match("#", str(value))}
FEW = 8  # values that are written out


def look(figure):
    """{place: words} of all that can be seen in a figure, places such as `axes 0 line 2`."""
    width, height = figure.get_size_inches()
    found = {"figure": f"{width:g} x {height:g} inches, {figure.dpi:g} dots an inch"}
    found |= _children("figure", [*figure.images, *figure.texts, *figure.legends, *figure.artists])
    for number, ax in enumerate(figure.axes):
        place = f"axes {number}"
        for name in ax._axis_map:  # a 3-D one has three
            found[f"{place} {name}"] = _axis(ax, name)
        aspect = ax.get_aspect()
        found[f"{place} titles"] = repr(titles_of(ax)) + f" aspect {aspect}"
        legend = [ax.get_legend()] if ax.get_legend() else []
        found |= _children(place, [*_drawn(ax), *legend])
    return found


def _drawn(ax):
    return [*ax.images, *ax.lines, *ax.patches, *ax.collections, *ax.texts]


def _children(place, artists):
    counted, found = {}, {}
    for artist in artists:
        kind = type(artist).__name__
        counted[kind] = number = counted.get(kind, -1) + 1
        if artist.get_visible() and not (isinstance(artist, Text) and _is_blank(artist)):
            found[f"{place} {kind} {number}"] = _words(artist)
    return found


def _is_blank(text):
    return not text.get_text() and not getattr(text, "arrow_patch", None)


def _axis(ax, name):
    """Label, scale and ends of an axis, and its ticks where they were chosen."""
    axis = ax._axis_map[name]
    ends = getattr(ax, f"get_{name}lim")()
    words = f"{axis.get_label_text()!r} {axis.get_scale()} {_values(ends)}"
    if not ax.axison:
        return f"{words} hidden"
    chosen = isinstance(axis.get_major_locator(), FixedLocator)
    named = isinstance(axis.get_major_formatter(), FixedFormatter)
    return f"{words} ticks {ticks_of(axis)}" if chosen or named else words


def _words(artist):
    """What can be seen of one artist."""
    tell = next((tell for kind, tell in TELL.items() if isinstance(artist, kind)), _legend)
    return f"{tell(artist).strip()} z {artist.get_zorder():g}"


def _line(line):
    data = getattr(line, "_verts3d", None) or line.get_data(orig=False)
    return " ".join([_style(line, len(data[0])), *(f"[{_values(part)}]" for part in data)])


def _style(line, points=1):
    """What a line with some points looks like; of one without points the mark is not told."""
    words = f"{_color(line.get_color())} {line.get_linestyle()} {line.get_linewidth():g}"
    mark = line.get_marker()
    if mark not in ("None", "", None) and points:
        mark = f"path {_values(mark.vertices)}" if isinstance(mark, Path) else mark
        face, edge = _color(line.get_markerfacecolor()), _color(line.get_markeredgecolor())
        words += f" mark {mark} {line.get_markersize():.4g} {face} {edge}"
        words += f" {line.get_markeredgewidth():g} every {line.get_markevery()}"
    return f"{words} {_label(line)}".strip()


def _text(text):
    x, y = text.get_position()
    box = text.get_bbox_patch()
    words = f"{text.get_text()!r} at {_values([x, y])} {text.get_ha()} {text.get_va()} "
    words += f"{_color(text.get_color())} {text.get_fontsize():g} {text.get_weight()}"
    if box:
        words += f" in {_color(box.get_facecolor())} {_color(box.get_edgecolor())}"
    arrow = getattr(text, "arrow_patch", None)
    if arrow:
        words += f" arrow to {_values(text.xy)} {type(arrow.get_arrowstyle()).__name__}"
        words += f" {_color(arrow.get_edgecolor())} {arrow.get_linewidth():g}"
    return f"{words} turned {text.get_rotation():g}"


def _image(image):
    words = f"{_values(image.get_array())} in {_values(image.get_extent())} {image.origin}"
    if image.get_array().ndim < 3:
        words += f" {_colormap(image)}"
    return words


def _patch(patch):
    path = patch.get_patch_transform().transform_path(patch.get_path())
    face = _color(patch.get_facecolor())
    words = f"{face} edge {_color(patch.get_edgecolor())} {patch.get_linewidth():g} "
    words += f"{patch.get_linestyle()} [{_values(path.vertices[:, 0])}] "
    return f"{words}[{_values(path.vertices[:, 1])}] {_label(patch)}"


def _collection(some):
    """Many of a kind: colors, widths, styles, where they stand and what they look like."""
    styles = [style[1] for style in some.get_linestyle()]
    words = f"{_colors(some.get_facecolor())} edges {_colors(some.get_edgecolor())} "
    words += f"widths {_values(some.get_linewidth())} dashed {_values([bool(s) for s in styles])}"
    words += f" at {_values(np.asarray(some.get_offsets()))}"
    corners = [path.vertices for path in some.get_paths()]
    if isinstance(some, ContourSet):  # a level that is not reached has no line
        corners = [_course(path) for path in some.get_paths() if len(path.vertices)]
    if corners:
        words += f" {len(corners)} paths {_values(np.concatenate(corners))}"
    if some.get_array() is not None:
        words += f" values {_values(some.get_array())} {_colormap(some)}"
    return f"{words} {_label(some)}"


def _course(path):
    """A row with the box of a contour line and its center: how many corners it has is rounding."""
    drawn = path.codes[1:] != Path.MOVETO
    steps = np.diff(path.vertices, axis=0)[drawn]
    middles = path.vertices[:-1][drawn] + steps / 2
    center = np.average(middles, axis=0, weights=np.hypot(*steps.T) + 1e-9)
    return np.array([[*path.vertices.min(axis=0), *path.vertices.max(axis=0), *center]])


def _legend(legend):
    texts = [text.get_text() for text in legend.get_texts()]
    handles = [
        _style(one) if isinstance(one, Line2D) else _words(one) for one in legend.legend_handles
    ]
    rows = [f"{text!r}: {handle}" for text, handle in zip(texts, handles, strict=True)]
    return f"{legend._ncols} columns, " + "; ".join(rows)


TELL = {Line2D: _line, Text: _text, _ImageBase: _image, Patch: _patch, Collection: _collection}


def _label(artist):
    label = str(artist.get_label())
    return "" if label.startswith("_") else repr(label)


def _colormap(artist):
    low, high = artist.get_clim()
    ends = artist.cmap([0.0, 0.5, 1.0])
    return f"colors {_colors(ends)} {type(artist.norm).__name__} {_values([low, high])}"


def _color(color):
    words = to_hex(color, keep_alpha=True)
    solid, alpha = words[:7], int(words[7:], 16) / 255
    if not alpha:
        return "clear"
    return NAMES.get(solid, solid) + (f" {alpha:.2f}" if alpha < 1 else "")


def _colors(colors):
    """Colors in order, each said once where it follows itself; of many the first ones."""
    said, times = [], []
    for color in map(_color, colors):
        if not said or color != said[-1]:
            said.append(color)
            times.append(0)
        times[-1] += 1
    runs = [f"{word} x{count}" if count > 1 else word for word, count in zip(said, times)]
    return ", ".join(runs[:FEW]) + (f", ... {len(runs)} runs" if len(runs) > FEW else "")


def _values(data):
    """Few values as they are; of many the shape, both ends, the mean, and a mean along each axis.

    The last are weighted from 0 to 1 along their axis, so that a turned or shifted array differs.
    """
    data = np.ma.filled(np.ma.asarray(data, dtype=float), np.nan)
    if data.size <= FEW:
        return " ".join(f"{value + 0.0:.4g}" for value in data.ravel())
    gaps, known = int(np.isnan(data).sum()), np.nan_to_num(data)
    means = [known.mean()]
    for axis, length in enumerate(data.shape):
        shape = [length if one == axis else 1 for one in range(data.ndim)]
        means.append((known * np.linspace(0, 1, length).reshape(shape)).mean())
    ends = data.ravel()[[0, -1]]
    numbers = " ".join(f"{value + 0.0:.4g}" for value in [*ends, *means])
    return f"{data.shape}: {numbers}" + (f" gaps {gaps}" if gaps else "")


def look_of(draw, *shape, **options):
    """The look of a figure of these rows and columns after `draw(axes)`, as lines."""
    fig, axes = figures.figure(*shape, **options)
    draw(axes)
    return [f"{place}: {words}" for place, words in look(fig).items()]


# labs


def look_of_lab(lab):
    """{place: words} of the controls, the picture and the sentence of a lab."""
    found = {f"row {n}": _row(lab, row) for n, row in enumerate(lab.panel)}
    found |= {f"control {name}": _control(one) for name, one in lab.controls.items()}
    found |= look(lab.picture.figure)
    others = {"table": lab.table.value} if hasattr(lab, "table") else {}
    assert html.unescape(lab.caption.value) == f'<div role="status">{lab.sentence}</div>'
    return found | others | {"sentence": lab.sentence}


def _row(lab, row):
    names = {id(control): name for name, control in lab.controls.items()}
    return " | ".join(names.get(id(part)) or _widget(part) for part in row.children)


def _widget(part):
    if hasattr(part, "interval"):
        ends = f"from {part.min} to {part.max} by {part.step} every {part.interval}"
        return f"Play {ends} now {part.value}"
    words = getattr(part, "description", "") or getattr(part, "value", "")
    off = " off" if getattr(part, "disabled", False) else ""
    return f"{type(part).__name__} {words!r}{off}"


def _control(control):
    words = f"{_widget(control)} now {control.value}"
    if hasattr(control, "options"):
        return f"{words} of {list(control.options)}"
    return f"{words} from {control.min} to {control.max}" if hasattr(control, "min") else words


def changed(before, after):
    """{place: words} of what is another or new after; what is gone has no words."""
    new = {place: words for place, words in after.items() if before.get(place) != words}
    return new | {place: "gone" for place in before if place not in after}


def story(lab, settings):
    """The look of a lab as it is, and what each of the settings changes in it, as lines.

    settings: dicts with the values of some controls, moved in this order, while all others are as
    at the beginning. On the way every picture is drawn whole, and the way back leaves nothing.
    """
    first, before, picture = lab.settings, look_of_lab(lab), bytes(lab.picture.value)
    lines = [f"{place}: {words}" for place, words in before.items()]
    for values in settings:
        move(lab, values)
        after = changed(before, look_of_lab(lab))
        lines += ["", f"with {values}", *(f"{place}: {words}" for place, words in after.items())]
        assert is_drawn_whole(lab), f"{values}: something is shown as it was before"
        move(lab, first)
        stays = changed(before, look_of_lab(lab))
        assert not stays, f"something stays of {values}: {stays}"
        assert bytes(lab.picture.value) == picture, f"something is still seen of {values}"
    return lines


def move(lab, values):
    """Move one control after the other, and wait for what is done in the background."""
    for name, value in values.items():
        lab.controls[name].value = value
        if hasattr(lab, "job"):
            assert lab.job.wait(60)
            assert lab.job.error is None


# stored looks

NUMBER = re.compile(r"(?<![\w#])-?\d+\.?\d*(?:e[-+]\d+)?")
CLOSE = 2e-3  # looks are written with four digits


def stored(path):
    """{name: lines} of a file of looks."""
    parts = re.split(r"^== (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: text.strip().splitlines() for name, text in zip(parts[1::2], parts[2::2])}


def store(path, looks):
    """Write {name: lines} to a file of looks."""
    parts = ["\n".join([f"== {name}", *lines, ""]) for name, lines in looks.items()]
    path.write_text("\n".join(parts), encoding="utf-8")


def differences(lines, others):
    """The pairs of lines that differ by more than the rounding of a number; a list."""
    pairs = zip_longest(lines, others, fillvalue="nothing")
    return [pair for pair in pairs if not _same(*pair)]


def _same(one, other):
    if one == other:
        return True
    numbers = [np.array(NUMBER.findall(text), float) for text in (one, other)]
    same_words = NUMBER.sub("0", one) == NUMBER.sub("0", other)
    return same_words and np.allclose(*numbers, rtol=CLOSE, atol=1e-9)
