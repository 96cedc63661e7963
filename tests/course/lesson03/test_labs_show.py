"""What the labs of lesson 03 show at settings by chance, against what is computed anew."""

import html
import re

import numpy as np
import pytest

from course.lesson03 import ArchitectureLab, FeedforwardLab
from nnlib import mnist
from nnlib.network import Network
from tests.course.live import digit_network_shown as shown
from tests.course.live.reading_figures import (
    BLUE,
    RED,
    SKY,
    color_of,
    colors_of,
    seen,
    set_by_chance,
    settle,
    sign_of,
    texts_of,
)

# the sizes of a network


def drawn_neurons(size):
    """The neurons of a layer that are drawn: all, or three at either end."""
    return list(range(size)) if size <= 7 else [0, 1, 2, size - 3, size - 2, size - 1]


def check_lines(edges, sizes):
    """The lines from layer to layer: blue and whole for +, red and dashed for -, wide if large."""
    weights = Network(sizes, rng=0).weights
    pairs = zip(weights, sizes, sizes[1:])
    w = [
        array[row, column]
        for array, before, after in pairs
        for row in drawn_neurons(after)
        for column in drawn_neurons(before)
    ]
    assert colors_of(edges) == [RED if one < 0 else BLUE for one in w]
    assert [style[1] is not None for style in edges.get_linestyles()] == [one < 0 for one in w]
    widths = 0.4 + 3.6 * np.abs(w) / np.abs(w).max()
    np.testing.assert_allclose(edges.get_linewidths(), widths, rtol=1e-5)


def check_layers(ax, sizes):
    """Above each layer its name, below it the number of its neurons, from left to right."""
    inner = len(sizes) - 2
    names = [f"hidden {n + 1}" if inner > 1 else "hidden" for n in range(inner)]
    at = sorted((x, words) for words, (x, y) in texts_of(ax).items() if y == 0.97)
    assert [words for _, words in at] == ["input", *names, "output"]
    counts = sorted((t.get_position()[0], t.get_text()) for t in _texts(ax, 0.03))
    assert counts == [(x, f"{size:,}") for (x, _), size in zip(at, sizes)]
    shapes = sorted((t.get_position()[0], t.get_text()) for t in _texts(ax, -0.04))
    middles = [(a + b) / 2 for (a, _), (b, _) in zip(at, at[1:])]
    assert [x for x, _ in shapes] == pytest.approx(middles)
    assert [words for _, words in shapes] == [f"({m}, {n})" for n, m in zip(sizes, sizes[1:])]
    inputs, *others = [one for one in ax.collections if len(one.get_offsets()) > 1][:2]
    assert {x for x, _ in inputs.get_offsets().round(9).tolist()} == {round(at[0][0], 9)}
    assert len(inputs.get_offsets()) == len(drawn_neurons(sizes[0]))


def _texts(ax, y):
    return [text for text in ax.texts if text.get_text() and text.get_position()[1] == y]


def cells(table):
    """The rows of a table in HTML, each a list of words."""
    rows = re.findall(r"<tr>(.*?)</tr>", table)
    strip = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]
    return [[html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in row] for row in strip]


def check_architecture(lab):
    settings = lab.settings
    sizes = [settings["inputs"], *[settings["hidden"]] * settings["layers"], settings["outputs"]]
    pairs = list(zip(sizes, sizes[1:]))
    weights, biases = sum(n * m for n, m in pairs), sum(sizes[1:])
    rows = [["array", "shape", "numbers"]]
    for k, (n, m) in enumerate(pairs):
        rows += [[f"weights[{k}]", f"({m}, {n})", f"{n * m:,}"]]
        rows += [[f"biases[{k}]", f"({m}, 1)", f"{m:,}"]]
    rows += [["all weights", "", f"{weights:,}"], ["all biases", "", f"{biases:,}"]]
    assert cells(lab.table.value) == [*rows, ["together", "", f"{weights + biases:,}"]]
    ax = lab.picture.axes
    check_layers(ax, sizes)
    check_lines(ax.collections[0], sizes)
    total, words = _texts(ax, 1.02)
    assert (total.get_text(), words.get_text()) == (f"{weights + biases:,}", "weights and biases")
    shapes = ", ".join(f"{name} {shape}" for name, shape, _ in rows[1 : 1 + 2 * len(pairs)])
    if len(sizes) == 2:
        shapes += ". There is no hidden layer to give a size"
    assert lab.sentence == (
        f"A network of layer sizes {sizes} has {weights + biases:,} numbers to learn: weights "
        f"{weights:,}, biases {biases:,}. Shapes: {shapes}."
    )
    assert lab.controls["hidden"].disabled == (len(sizes) == 2)


def test_an_architecture_by_chance():
    lab, rng = ArchitectureLab(), np.random.default_rng(0)
    for fixed in [{}] * 7 + [{"layers": 0}, {"layers": 3}, {"layers": 1, "hidden": 7}]:
        set_by_chance(lab, rng, **fixed)
        check_architecture(lab)


# a digit on its way


@pytest.fixture(scope="module")
def split():
    return mnist.load("mini").test


@pytest.fixture(scope="module")
def network():
    return Network([784, 30, 10], init="scaled", rng=4, dtype=np.float64)


def told(number):
    """A number with two decimals and a minus sign, never minus zero."""
    words = f"{number:.2f}"
    return words.replace("-0.00", "0.00").replace("-", "−")


def check_products(ax, products, center):
    """A picture of 784 products, blue and red, in a frame, and the cone from the digit."""
    _, picture = ax.images
    assert picture.get_visible()
    np.testing.assert_allclose(
        sign_of(seen(picture)), products.reshape(28, 28) / abs(products).max(), atol=0.9
    )
    largest = abs(products).max()
    assert picture.get_clim() == pytest.approx((-largest, largest))
    np.testing.assert_allclose(picture.get_array(), products.reshape(28, 28))
    (cone,) = [one for one in ax.patches if len(one.get_path().vertices) == 4]
    assert cone.get_visible()
    assert color_of(cone) == SKY
    np.testing.assert_allclose(cone.get_xy()[2], center)


def check_fan(ax, products, centers, end):
    """Lines from all hidden neurons: blue and whole for what adds, red and dashed for the rest."""
    (fan,) = [one for one in ax.collections if _is_fan(one)]
    assert fan.get_visible()
    assert colors_of(fan) == [RED if one < 0 else BLUE for one in products]
    assert [style[1] is not None for style in fan.get_linestyles()] == (products < 0).tolist()
    widths = 0.3 + 4 * abs(products) / abs(products).max()
    np.testing.assert_allclose(fan.get_linewidths(), widths)
    np.testing.assert_allclose([segment[0] for segment in fan.get_segments()], centers)
    np.testing.assert_allclose([segment[1] for segment in fan.get_segments()], [end] * len(centers))


def _is_fan(collection):
    return hasattr(collection, "get_segments") and set(colors_of(collection)) != {"#eeeeee"}


def check_sum(ax, heading, numbers):
    """The words and the numbers of the sum of the neuron that is looked at."""
    texts = [text.get_text() for text in ax.texts]
    assert heading in texts
    assert "above 0\nbelow 0\nbias\nz, the sum\nactivation" in texts
    assert "\n".join(map(told, numbers)) in texts


def check_feedforward(lab, split, trained):
    number, computed, weights, rule = (
        lab.settings[name] for name in ("number", "computed", "weights", "neurons")
    )
    n, ax = shown.place_of(split, number), lab.picture.axes
    network = shown.network_of(weights, trained)
    (z1, a1), (z2, a2) = shown.layers(network, rule, split.images.astype(float))
    answer, end = int(a2[:, n].argmax()), computed == 41
    shown.check_image(ax, split.images[n], number)
    hidden = computed - 1 if 0 < computed <= 30 else None
    shown.check_hidden(ax, a1[:, n], computed, hidden)
    shown.check_outputs(ax, a2[:, n], computed - 30, answer if end else None)
    output = None if computed <= 30 else answer if end else computed - 31
    using = f"{weights} weights, {rule}"
    image = f"Image {number}, a {split.labels[n]},"
    heights, left, _ = shown.rows_of(ax)
    centers = shown.circles_of(ax).get_offsets()
    if computed == 0:
        said = f"{image} goes in as 784 numbers, and nothing is computed yet ({using})."
        assert "the sum of a neuron" in texts_of(ax)
    elif hidden is not None:
        products, z = network.weights[0][hidden] * split.images[n], z1[hidden, n]
        check_products(ax, products, centers[hidden])
        sums = _sums(products, network.biases[0][hidden, 0], z, a1[hidden, n])
        check_sum(ax, f"pixel × weight, hidden neuron {hidden}", sums)
        said = f"Hidden neuron {hidden} takes all 784 pixels, and gets z = {told(z)}, a = "
        said += f"{told(a1[hidden, n])} ({using})."
    else:
        products, z = network.weights[1][output] * a1[:, n], z2[output, n]
        check_fan(ax, products, centers, (left - 0.28, heights[output]))
        sums = _sums(products, network.biases[1][output, 0], z, a2[output, n])
        check_sum(ax, f"activation × weight, output {output}", sums)
        said = f"Output {output} takes all 30 activations, and gets z = {told(z)}, a = "
        said += f"{told(a2[output, n])} ({using})."
    if end:
        right = (a2.argmax(axis=0) == split.labels).sum()
        said = f"{image} is read as {answer}: this output is the largest. With {using} "
        said += f"{right:,} of {len(split.labels):,} digits are read right."
    assert lab.sentence == said


def _sums(products, bias, z, a):
    return products[products > 0].sum(), products[products < 0].sum(), bias, z, a


def test_a_digit_on_its_way_by_chance(split, network):
    lab, rng = FeedforwardLab(network, split), np.random.default_rng(1)
    for computed in (0, 1, 12, 30, 31, 35, 40, 41, 41):
        set_by_chance(lab, rng, computed=computed)
        check_feedforward(lab, split, network)


def test_only_one_way_into_a_neuron_is_seen(split, network):
    lab = FeedforwardLab(network, split)
    for computed, seen_ones in ((0, (False, False)), (5, (True, False)), (36, (False, True))):
        settle(lab, computed=computed)
        ax = lab.picture.axes
        fans = [one.get_visible() for one in ax.collections if _is_fan(one)]
        assert (ax.images[1].get_visible(), *fans) == seen_ones
