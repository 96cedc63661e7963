"""Small figures of every kind that the lessons draw, and faults planted in each.

A figure is a function of the axes and of what is wrong, which is a dict; {} draws it right. FAULTS
has, by figure, what may be wrong with it.
"""

import numpy as np

from course import figures

X = np.linspace(0, 4, 30)
LOW = np.exp(-X)
HIGH = 1 - LOW / 2
TABLE = np.array([[50, 3, 0], [12, 44, 1], [7, 0, 61]])
GRAY = np.add.outer(np.arange(28) < 20, np.arange(28) < 9) / 2


def curves(ax, color=(figures.BLUE, figures.ORANGE), label=("training", "test"), **wrong):
    """Two lines with a legend."""
    pairs = wrong.get("data", (LOW, HIGH))
    styles = wrong.get("style", ("-", "--"))
    for data, one_color, one_label, style in zip(pairs, color, label, styles):
        ax.plot(X, data, style, color=one_color, label=one_label, lw=wrong.get("width", 2.2))
    words = {"xlabel": "epoch", "ylabel": "cost", "title": "Cost and epochs"}
    ax.set(**words | wrong.get("axes", {}))
    ax.legend(loc=wrong.get("loc", "center right"))


def table(ax, counts=TABLE, color=figures.BLACK, cmap=figures.ACTIVATION, **wrong):
    """Counts written on colored squares."""
    ax.imshow(counts, cmap=cmap, vmin=0, vmax=70)
    for row, column in np.ndindex(*TABLE.shape):
        number = wrong.get("words", counts)[row, column]
        ax.text(column, row, str(number), ha="center", color=color)
    wrong.pop("words", None)
    ax.set(**{"xlabel": "answer", "ylabel": "label"} | wrong)


def cells(ax, rows=(("eta", "cost"), ("3", "0.5"), ("10", "0.9"))):
    """A table of matplotlib."""
    ax.table(rows, loc="center")


def digit(ax, image=GRAY, cmap="gray_r", **wrong):
    """A gray image."""
    ax.imshow(image, cmap=cmap, vmin=0, vmax=1, **wrong)
    ax.set_axis_off()


def bars(ax, heights=(3, 7, 5), color=figures.GREEN, names="abc"):
    """Bars with names below."""
    ax.bar(range(3), heights, color=color)
    ax.set_xticks(range(3), names)


def bowl(ax, swapped=False, levels=(1, 2, 4, 8), at=(1.5, 0.4)):
    """Contours of a bowl, a path and an arrow."""
    grid = np.meshgrid(np.linspace(-2, 2, 30), np.linspace(-2, 2, 30))
    x, y = grid[::-1] if swapped else grid
    ax.contour(*grid, x**2 + 4 * y**2 + x, levels=levels, cmap=figures.HEIGHT, vmin=-9)
    ax.plot(*at, "o", color=figures.RED)
    ax.annotate("start", at, (0, 1), arrowprops={"arrowstyle": "->"})


def arrows(ax, sign=1, color=figures.PURPLE):
    """A field of arrows."""
    x, y = np.meshgrid(np.arange(4), np.arange(4))
    ax.quiver(x, y, sign * (x + 1), y - 2, color=color)


def points(ax, colors=(figures.BLUE, figures.RED), flip=1, **wrong):
    """Points of two kinds, and the line between them."""
    x, y = np.random.default_rng(0).normal(size=(2, 40))
    ax.scatter(x, y, c=np.where(x + y > 0.3, *colors), **wrong)
    ax.axline((0, 0.3), slope=-flip, color=figures.GREY, lw=1)


def ladder(ax, scale="log", cost=(8, 2, 0.5, 0.1), style=":"):
    """A cost on a logarithmic axis with a limit, an area and stems."""
    ax.step(range(4), cost)
    ax.axhline(1, ls=style, color=figures.GREY)
    ax.fill_between(range(4), cost, 0.05, alpha=0.3)
    ax.set_yscale(scale)


A_CURVE = {
    "colors swapped": {"color": (figures.ORANGE, figures.BLUE)},
    "legend swapped": {"label": ("test", "training")},
    "data swapped": {"data": (HIGH, LOW)},
    "styles swapped": {"style": ("--", "-")},
    "another color": {"color": (figures.BLUE, figures.RED)},
    "another word": {"label": ("training", "validation")},
    "curve of another setting": {"data": (LOW, HIGH**3)},
    "curve upside down": {"data": (1 - LOW, HIGH)},
    "curve missing": {"data": (LOW,)},
    "labels of the axes swapped": {"axes": {"xlabel": "cost", "ylabel": "epoch"}},
    "another title": {"axes": {"title": "Cost and steps"}},
    "axis from another place": {"axes": {"ylim": (-1, 1.1)}},
    "axis turned round": {"axes": {"ylim": (1.1, -0.1)}},
    "logarithmic axis": {"axes": {"yscale": "log"}},
}
A_TABLE = {
    "counts transposed": {"counts": TABLE.T},
    "words transposed": {"words": TABLE.T},
    "one digit of a count": {"words": TABLE + (TABLE == 44) * 3},
    "two counts swapped": {"words": np.where(TABLE > 40, TABLE[::-1, ::-1], TABLE)},
    "colors inverted": {"cmap": figures.ACTIVATION.reversed()},
    "color of the words": {"color": figures.RED},
    "labels of a table swapped": {"xlabel": "label", "ylabel": "answer"},
}
FAULTS = {
    curves: A_CURVE,
    table: A_TABLE,
    cells: {
        "a number in a table": {"rows": (("eta", "cost"), ("3", "0.6"), ("10", "0.9"))},
        "columns of a table swapped": {"rows": (("cost", "eta"), ("0.5", "3"), ("0.9", "10"))},
    },
    digit: {
        "white on black": {"cmap": "gray"},
        "image transposed": {"image": GRAY.T},
        "image upside down": {"image": GRAY[::-1]},
        "image of another range": {"image": GRAY / 4},
    },
    bars: {
        "bars in another order": {"heights": (7, 3, 5)},
        "names of bars swapped": {"names": "bac"},
        "bars in another color": {"color": figures.SKY},
    },
    bowl: {
        "contours with axes swapped": {"swapped": True},
        "contours at other heights": {"levels": (1, 2, 3, 8)},
        "point with coordinates swapped": {"at": (0.4, 1.5)},
    },
    arrows: {"arrows turned round": {"sign": -1}, "arrows in red": {"color": figures.RED}},
    points: {
        "colors of classes swapped": {"colors": (figures.RED, figures.BLUE)},
        "boundary mirrored": {"flip": -1},
        "another marker": {"marker": "x"},
    },
    ladder: {
        "linear axis": {"scale": "linear"},
        "steps in another order": {"cost": (8, 0.5, 2, 0.1)},
        "limit in another style": {"style": "-"},
    },
}
KINDS = [(draw, name, wrong) for draw, faults in FAULTS.items() for name, wrong in faults.items()]
SMALL = {  # only pixels tell these
    "one label of a tick": (bars, {"names": "abd"}),
    "a thin line thinner": (curves, {"width": 1.8}),
    "legend in another corner": (curves, {"loc": "lower left"}),
}
