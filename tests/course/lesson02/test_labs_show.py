"""What the labs of lesson 02 show at settings by chance, against what is computed anew."""

import copy
import math
import re

import numpy as np
import pytest
from matplotlib.colors import to_hex

from course.lesson02 import FlipLab, NeuronLab, TurnLab
from nnlib import mnist
from nnlib.network import Network
from tests.course.live import digit_network_shown as shown
from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    WHITE,
    color_of,
    curves_of,
    named,
    numbers_in,
    scaled,
    set_by_chance,
    settle,
    share_of,
    texts_of,
)


def sigmoid(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def step(z):
    return float(z > 0)


# one neuron


def told(slope):
    """A slope in words."""
    if slope is None:
        return "no slope"
    return f"slope {slope:.3f}" if slope >= 0.0005 else "slope below 0.0005"


def check_tangent(ax, z, a, slope):
    """The black dot is at (z, a); the black line goes through it with this slope."""
    (line,) = [xy for color, mark, xy in curves_of(ax) if color == BLACK and not mark] or [None]
    ((color, _, dot),) = [one for one in curves_of(ax) if one[1] == "o" and one[0] == BLACK]
    assert dot.tolist() == [[z, pytest.approx(a)]]
    assert (line is None) == (slope is None)
    if line is not None:
        (x0, y0), (x1, y1) = line
        assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx((z, a))
        assert (y1 - y0) / (x1 - x0) == pytest.approx(slope, abs=1e-9)
        assert x1 > x0


def check_step(ax):
    """The step is orange and dashed, at (0, 0) a full dot, at (0, 1) a ring."""
    drawn = [one for one in ax.lines if to_hex(one.get_color()) == ORANGE]
    left, right, dot, ring = drawn
    assert [one.get_linestyle() for one in (left, right)] == ["--", "--"]
    assert left.get_xydata().tolist() == [[-6, 0], [0, 0]]
    assert right.get_xydata().tolist() == [[0, 1], [6, 1]]
    assert (dot.get_xydata().tolist(), ring.get_xydata().tolist()) == ([[0, 0]], [[0, 1]])
    faces = [to_hex(one.get_markerfacecolor()) for one in (dot, ring)]
    assert faces == [ORANGE, WHITE]


def check_neuron(lab):
    z, c = lab.settings["z"], lab.settings["c"]
    left, right = lab.picture.axes
    a, slope = sigmoid(c * z), c * sigmoid(c * z) * sigmoid(-c * z)
    flat = 0.0 if z else None
    check_tangent(left, z, a, slope)
    check_tangent(right, z, step(z), flat)
    (curve,) = [xy for color, mark, xy in curves_of(left) if color == BLUE]
    np.testing.assert_allclose(curve[::100, 1], [sigmoid(c * x) for x in curve[::100, 0]])
    assert curve[[0, -1], 0].tolist() == [-6, 6]
    flat_words = "no slope" if flat is None else "slope 0"
    assert named(left) == (["sigmoid neuron", told(slope)], "weighted input z", "output a")
    assert named(right) == (["perceptron", flat_words], "weighted input z", "output a")
    assert scaled(left) == scaled(right) == ("linear", "linear", (-6, 6), (-0.08, 1.08))
    assert lab.sentence == (
        f"At z = {z:.1f} with steepness c = {c:g} the sigmoid neuron gives {a:.3f} with "
        f"{told(slope)}; the perceptron gives {step(z):.0f} with {flat_words}."
    )


def test_a_neuron_by_chance():
    lab, rng = NeuronLab(), np.random.default_rng(0)
    for ax in lab.picture.axes:
        check_step(ax)
    for fixed in [{}] * 8 + [{"z": 0.0}, {"z": 0.1}, {"z": -6.0, "c": 0.2}]:
        set_by_chance(lab, rng, **fixed)
        check_neuron(lab)


# five neurons

PLACES = {  # in columns from the left, from the top down
    **{"x1": (0, 0.5), "x2": (0, -0.5), "h1": (1, 0.5), "h2": (1, -0.5)},
    **{"h3": (2, 0.5), "h4": (2, -0.5), "y": (3, 0)},
}


def five(rule, w, c, x1, x2):
    """The activations of the five neurons, one by one."""
    h1 = rule(c * (w * x1 + x2 - 3))
    h2 = rule(c * (2 * x2 - 2 * x1 + 1))
    h3 = rule(c * (4 * h1 - 2 * h2 + 1))
    h4 = rule(c * (h2 - 4 * h1 + 0.5))
    return {"h1": h1, "h2": h2, "h3": h3, "h4": h4, "y": rule(c * (4 * h3 - 4 * h4 - 1))}


def check_diagram(ax, values, decimals, bold):
    """In each mark its activation, as number and as tint; thick edges for the bold ones."""
    numbers = {text.get_position(): text.get_text() for text in ax.texts}
    marks = {tuple(m.get_xydata()[0]): m for m in ax.lines if len(m.get_xdata()) == 1}
    for name, place in PLACES.items():
        digits = 0 if name.startswith("x") else decimals
        assert numbers[place] == f"{values[name]:.{digits}f}", name
        face = np.array([marks[place].get_markerfacecolor()])
        assert share_of(face)[0] == pytest.approx(values[name], abs=0.01)
        assert marks[place].get_marker() == ("s" if name.startswith("x") else "o")
        assert (marks[place].get_markeredgewidth() > 3) == (name in bold)
    names = {text.get_text(): text.xy for text in ax.texts if hasattr(text, "xy")}
    assert names == PLACES


def check_weights(ax):
    """Each weight stands on its line, nearer to where it leads; the red line is w."""
    wanted = {"x2 h1": 1, "x1 h2": -2, "x2 h2": 2, "h1 h3": 4, "h2 h3": -2}
    wanted |= {"h1 h4": -4, "h2 h4": 1, "h3 y": 4, "h4 y": -4}
    for pair, weight in wanted.items():
        start, end = (np.array(PLACES[name]) for name in pair.split())
        near = [
            text.get_text()
            for text in ax.texts
            if np.allclose(text.get_position(), 0.36 * start + 0.64 * end, atol=0.05)
        ]
        assert near == [f"{weight}".replace("-", "−")], pair
    red = [line for line in ax.lines if line.get_linewidth() == 4]
    assert [line.get_xydata().tolist() for line in red] == [[[0, 0.5], [1, 0.5]]]
    assert texts_of(ax)["w"][0] == 0.5


def check_flips(lab):
    w, c, x1, x2 = (lab.settings[name] for name in ("w", "c", "x1", "x2"))
    now = {rule: five(rule, w, c, x1, x2) for rule in (step, sigmoid)}
    further = {rule: five(rule, w + 0.1, c, x1, x2) for rule in (step, sigmoid)}
    flips = [name for name in now[step] if now[step][name] != further[step][name]]
    (upper_left, upper_right), lower = lab.picture.axes
    inputs = {"x1": x1, "x2": x2}
    check_diagram(upper_left, inputs | now[step], 0, flips)
    check_diagram(upper_right, inputs | now[sigmoid], 2, [])
    for ax, rule, color in zip(lower, (step, sigmoid), (ORANGE, BLUE)):
        (curve,) = [xy for one, _, xy in curves_of(ax) if one == color]
        assert curve[:, 0].round(1).tolist() == [round(0.1 * k, 1) for k in range(41)]
        y = [five(rule, 0.1 * k, c, x1, x2)["y"] for k in range(41)]
        assert [math.isclose(*pair, abs_tol=1e-9) for pair in zip(curve[:, 1], y)].count(False) < 2
        ((_, _, ring),) = [one for one in curves_of(ax) if len(one[2]) == 1]
        assert ring.tolist() == [[w, pytest.approx(now[rule]["y"])]]
        assert named(ax)[1:] == ("weight w", "output y")
    said = lab.sentence.split("; perceptrons that flip: ")
    numbers = [x1, x2, c, w, now[step]["y"], now[sigmoid]["y"]]
    numbers += [w + 0.1, further[step]["y"], further[sigmoid]["y"]]
    assert numbers_in(said[0]) == pytest.approx(numbers, abs=6e-4)
    assert said[1] == (", ".join(flips) or "none") + "."


def test_five_neurons_by_chance():
    lab, rng = FlipLab(), np.random.default_rng(1)
    for ax in lab.picture.axes[0]:
        check_weights(ax)
    titles = [named(ax)[0] for ax in lab.picture.axes[0]]
    assert titles == [
        ["perceptrons (thick edge: flips at the next step)"],
        ["sigmoid neurons"],
    ]
    for fixed in [{}] * 6 + [{"w": 2.0, "x1": 1, "x2": 1}, {"w": 3.0, "x1": 1, "x2": 0}]:
        set_by_chance(lab, rng, **fixed)
        check_flips(lab)


# one weight is turned


@pytest.fixture(scope="module")
def split():
    return mnist.load("mini").test


@pytest.fixture(scope="module")
def network():
    return Network([784, 30, 10], init="scaled", rng=4, dtype=np.float64)


KINDS = {  # words: color of the middle of a dot
    "get 0 through this weight": GREY,
    "do not change": WHITE,
    "change by less than 0.001": "#bfe1f5",
    "change by up to 0.5": BLUE,
    "change by more than 0.5": BLACK,
}


def kind_of(incoming, change):
    """Words for what one digit does."""
    place = int(change > 0) + int(change >= 0.001) + int(change >= 0.5)
    return list(KINDS)[0 if not incoming else 1 + place]


def middle(image):
    """The color in the middle of a dot."""
    return to_hex(image[6, 6])


def check_dots(figure, kinds):
    """One dot for each digit, 31 in a row from the upper left; a legend that counts them."""
    fields = sorted(figure.images, key=lambda image: image.get_array().size)
    dots = fields[-1].get_array()
    for n, kind in enumerate(kinds):
        row, column = divmod(n, 31)
        assert middle(dots[12 * row :, 12 * column :]) == KINDS[kind], n
    texts = figure.axes[0].texts
    for key in fields[:-1]:
        y = (key.oy + 6) / 150
        row = [text for text in texts if abs(text.get_position()[1] - y) < 0.01]
        count, words = [text.get_text() for text in sorted(row, key=_from_left)[-2:]]
        assert middle(key.get_array()) == KINDS[words]
        assert count == f"{kinds.count(words):,}"
    assert f"{len(kinds):,} digits" in [text.get_text() for text in texts]


def _from_left(text):
    return text.get_position()[0]


def check_line(ax, start, end, comes_from_pixel):
    """The weight is an orange line; an orange square is around its pixel, if it has one."""
    thick = [line for line in ax.lines if line.get_linewidth() == 4]
    assert [color_of(line) for line in thick] == [ORANGE]
    np.testing.assert_allclose(thick[0].get_xydata(), [start, end], atol=1e-9)
    squares = [line.get_xydata()[0] for line in shown.mark_of(ax, "s")]
    assert len(squares) == comes_from_pixel
    if squares:
        np.testing.assert_allclose(squares[0], start)


def check_turn(lab, split, trained):
    number, neuron, weight, turn, weights, rule = (
        lab.settings[name] for name in ("number", "neuron", "weight", "turn", "weights", "neurons")
    )
    n = shown.place_of(split, number)
    image, label = split.images[n], int(split.labels[n])
    network = shown.network_of(weights, trained)
    turned = copy.deepcopy(network)
    pixel = int((image * split.images.mean(axis=0)).argmax())
    if weight == 0:
        turned.weights[0][neuron, pixel] += turn
    else:
        turned.weights[1][label, neuron] += turn
    images = split.images.astype(float)
    before, after = (shown.layers(one, rule, images) for one in (network, turned))
    changes = abs(after[1][1] - before[1][1]).max(axis=0)
    tiny = changes < 1e-12  # two ways to add round in two ways: here the lab decides what is 0
    assert (lab.state["changes"][tiny] < 1e-12).all()
    changes[tiny] = lab.state["changes"][tiny]
    incoming = split.images[:, pixel] if weight == 0 else before[0][1][neuron]
    kinds = [kind_of(*pair) for pair in zip(incoming, changes)]
    ax, figure = lab.picture.axes, lab.picture.figure
    shown.check_image(ax, image, number)
    shown.check_hidden(ax, after[0][1][:, n], 30, neuron)
    shown.check_outputs(ax, after[1][1][:, n], 10, int(after[1][1][:, n].argmax()))
    check_dots(figure, kinds)
    check_before(ax, before[1][1][:, n])
    row, column = divmod(pixel, 28)
    left, right, bottom, top = ax.images[0].get_extent()
    at = left + (column + 0.5) / 28 * (right - left), top - (row + 0.5) / 28 * (top - bottom)
    center = shown.circles_of(ax).get_offsets()[neuron]
    heights, start, _ = shown.rows_of(ax)
    ends = [(at, center), (center, (start - 0.28, heights[label]))][weight]
    check_line(ax, *ends, weight == 0)
    way = [
        f"from pixel ({row}, {column}) to hidden neuron {neuron}",
        f"from hidden neuron {neuron} to output {label}",
    ][weight]
    moved = sum(words.startswith("change") for words in kinds)
    assert lab.sentence == (
        f"Of {len(kinds):,} digits the outputs of {moved:,} change, by at most "
        f"{changes.max():.3f}, when the weight {way} is turned by {turn:.1f} "
        f"({weights} weights, {rule})."
    )


def check_before(ax, a):
    """A stroke in each row says where the bar ended before the turn."""
    heights, left, length = shown.rows_of(ax)
    strokes = {line.get_ydata()[0]: line.get_xdata()[0] for line in shown.mark_of(ax, "|")}
    assert [strokes[y] for y in heights] == pytest.approx((left + length * a).tolist())


def test_a_turn_by_chance(split, network):
    lab, rng = TurnLab(network, split), np.random.default_rng(2)
    for fixed in [{}] * 5 + [{"weight": 0, "turn": -2.0}, {"weight": 1, "turn": 2.0}]:
        set_by_chance(lab, rng, **fixed)
        check_turn(lab, split, network)
    settle(lab, turn=0)
    check_turn(lab, split, network)
    assert re.search(r"outputs of 0 change, by at most 0\.000", lab.sentence)
