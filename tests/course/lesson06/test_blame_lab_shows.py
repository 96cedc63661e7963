"""BlameLab at settings by chance: neurons, lines, pictures and sentence, all computed anew."""

import numpy as np
import pytest

from course.lesson06.blame_lab import BlameLab
from nnlib import mnist
from nnlib.network import Network
from tests.course.live.reading_figures import (
    BLUE,
    RED,
    colors_of,
    controls_of,
    is_drawn_whole,
    pixels,
    set_by_chance,
    settle,
    share_of,
    sign_of,
)

HIDDEN_AT = [(5.2, y) for y in np.linspace(9.2, 0, 30)]
OUTPUTS_AT = [(8.1, y) for y in np.linspace(8.7, 0.5, 10)]
IMAGE_AT = (2.9, 4.6)
TITLES = [
    "1 input  ",
    "2 feedforward →  hidden neurons",
    "2 feedforward →  outputs",
    "3 output error  δ⁽³⁾",
    "4 backpropagate ←  δ⁽²⁾",
    "5 gradient ←  ∂C/∂w⁽²⁾",
]
SAID = ["1 input", *["2 feedforward"] * 2, "3 output error", "4 backpropagate", "5 gradient"]


@pytest.fixture(scope="module")
def split():
    return mnist.load("mini").train


@pytest.fixture(scope="module")
def network():
    return Network([784, 30, 10], init="scaled", rng=0, dtype=np.float64)


@pytest.fixture(scope="module")
def lab(network, split):
    return BlameLab(network, split)


def after_steps(network, x, label, steps):
    """The numbers of both passes after 0 to `steps` steps, eta 1: a list of dicts."""
    (w2, w3), (b2, b3) = network.weights, (b.ravel() for b in network.biases)
    y, found = np.arange(10) == label, []
    for _ in range(steps + 1):
        z2 = w2 @ x + b2
        a2 = 1 / (1 + np.exp(-z2))
        a3 = 1 / (1 + np.exp(-(w3 @ a2 + b3)))
        delta3 = (a3 - y) * a3 * (1 - a3)
        delta2 = (w3.T @ delta3) * a2 * (1 - a2)
        nabla = np.outer(delta2, x)
        flows = {1: z2, 2: w3 * a2, 4: w3 * delta3[:, None], 5: delta2}
        cost = np.sum((a3 - y) ** 2) / 2
        found.append(
            {"a2": a2, "a3": a3, "delta3": delta3, "delta2": delta2, "nabla": nabla}
            | {"flows": flows, "cost": cost}
        )
        w2, b2 = w2 - nabla, b2 - delta2
        w3, b3 = w3 - np.outer(delta3, a2), b3 - delta3
    return found


def ends_of(flow):
    """Where each flow begins and ends, as (n, 2, 2)."""
    if np.ndim(flow) == 1:
        return np.array([(IMAGE_AT, place) for place in HIDDEN_AT])
    return np.array([(start, end) for end in OUTPUTS_AT for start in HIDDEN_AT])


def check_flow(digit, flow, largest):
    """Blue lines for + and dashed red ones for -, as wide as their flow, thin ones left out."""
    widths = 3 * abs(flow).ravel() / largest
    for lines, sign, color in ((digit._plus, 1, BLUE), (digit._minus, -1, RED)):
        chosen = (sign * flow.ravel() > 0) & (widths >= 0.6)
        shown = np.reshape(lines.get_segments(), (-1, 2, 2))
        np.testing.assert_allclose(shown, ends_of(flow)[chosen])
        if chosen.any():
            assert set(colors_of(lines)) == {color}
            assert (lines.get_linestyle()[0][1] is None) == (sign > 0)
            np.testing.assert_allclose(lines.get_linewidths(), widths[chosen])


def check_neurons(digit, step, now, largest):
    """White, then activations, then errors by their sign, the largest in the full color."""
    hidden, outputs = digit._hidden.get_facecolors(), digit._outputs.get_facecolors()
    for colors, activations, errors, known, late in (
        (hidden, now["a2"], now["delta2"] / largest("delta2"), step >= 1, step >= 4),
        (outputs, now["a3"], now["delta3"] / largest("delta3"), step >= 2, step >= 3),
    ):
        if late:
            np.testing.assert_allclose(sign_of(colors), errors, atol=0.01)
        else:
            share = np.zeros(len(errors)) + share_of(colors)  # one color may stand for all
            np.testing.assert_allclose(share, known * activations, atol=0.01)


def check_words(digit, step, now):
    values = {2: now["a3"]}.get(step, now["delta3"]) if step >= 2 else None
    words = [""] * 10 if values is None else [f"{v:.2f}".replace("-", "−") for v in values]
    assert [text.get_text().replace("−0.00", "0.00") for text in digit.numbers] == [
        word.replace("−0.00", "0.00") for word in words
    ]
    name = "" if step < 2 else "a⁽³⁾" if step == 2 else "δ⁽³⁾"
    assert (digit.title.get_text(), digit.name.get_text()) == (TITLES[step], name)


def check_gradient(gradients, nabla, largest):
    """A picture for each hidden neuron, or none; the strongest derivative is 1."""
    shown = np.zeros((30, 28, 28)) if nabla is None else nabla.reshape(30, 28, 28) / largest
    for tile, values in zip(gradients.tiles, shown, strict=True):
        np.testing.assert_allclose(tile.values, values, atol=1e-9)


def sentence(step, taken, label, x, now):
    found = {
        0: f"784 pixels, of which {100 * np.mean(x == 0):.0f} % are blank",
        1: _most("hidden neuron {}", now["a2"], 1, "largest activation, {:.2f}"),
        2: _most("output {}", now["a3"], 0, "largest activation, {:.2f}"),
        3: _most("output {}", now["delta3"], 0, "largest error, {:.2f}"),
        4: _most("hidden neuron {}", now["delta2"], 1, "largest error, {:.4f}"),
    }
    found[5] = f"{found[4]}, and the strongest picture"
    return (
        f"After {taken} step{'' if taken == 1 else 's'} of gradient descent the network says "
        f"{now['a3'].argmax()}; the image is a {label}, its output {now['a3'][label]:.2f} and "
        f"the cost {now['cost']:.4f}. {SAID[step]}: {found[step]}."
    )


def _most(who, values, first, words):
    most = abs(values).argmax()
    number = words.format(values[most]).replace("-", "−")
    return f"{who.format(most + first)} has the {number}"


@pytest.mark.parametrize("seed", range(12))
def test_picture_and_sentence_say_what_is_computed_anew(lab, network, split, seed):
    fixed = {"step": seed % 6} if seed < 10 else {}
    fixed |= {"taken": 0} if seed % 4 == 0 else {}  # while the network is still wrong
    settings = set_by_chance(lab, np.random.default_rng(seed), **fixed)
    step, image, taken = (settings[name] for name in ("step", "image", "taken"))
    x, label = split.images[image].astype(float), split.labels[image]
    way = after_steps(network, x, label, taken)
    now = way[-1]

    def largest(name):
        return max(abs(one[name]).max() for one in (way[0], now))

    check_neurons(lab.digit, step, now, largest)
    check_words(lab.digit, step, now)
    flows = [one["flows"].get(step, np.zeros(30)) for one in (way[0], now)]
    check_flow(lab.digit, flows[1], np.abs(flows).max() or 1)
    check_gradient(lab.gradients, now["nabla"] if step == 5 else None, largest("nabla"))
    np.testing.assert_allclose(lab.digit._image.values, x.reshape(28, 28))
    assert lab.sentence == sentence(step, taken, label, x, now)
    assert is_drawn_whole(lab)


def test_the_digit_is_dark_ink_on_light_paper(lab, split):
    settle(lab, step=0, image=3, taken=0)
    tile = lab.digit._image
    size, middle = 28 * tile.factor, tile.factor // 2
    shown = pixels(lab)[tile.top : tile.top + size, tile.left : tile.left + size, :3]
    shown = shown[middle :: tile.factor, middle :: tile.factor] / 255
    ink = split.images[3].reshape(28, 28)
    np.testing.assert_allclose(shown, np.stack([1 - ink] * 3, axis=2), atol=0.01)


def test_numbers_stand_where_they_belong(lab):
    """A digit beside each output, its number in the same line; a number over each picture."""
    left, right = lab.picture.axes
    at = {text.get_text(): text.get_position() for text in left.texts if text.get_fontsize() == 11}
    for digit, ((x, y), number) in enumerate(zip(OUTPUTS_AT, lab.digit.numbers, strict=True)):
        assert at[str(digit)] == (pytest.approx(x + 0.28), y)
        assert number.get_position()[1] == y
    ends = [text.get_text() for text in left.texts if text.get_position()[0] == HIDDEN_AT[0][0]]
    assert ends == ["1", "30"]
    places = {text.get_text(): text.get_position() for text in right.texts}
    begin = right.get_window_extent().x0
    for n, tile in enumerate(lab.gradients.tiles):
        x, y = places[str(n + 1)]
        assert abs(begin + x - tile.left) < 2
        assert 0 < tile.top - y < 20
    starts = [(tile.top, tile.left) for tile in lab.gradients.tiles]
    assert starts == sorted(set(starts))


def test_there_and_back_is_the_same_picture(network, split):
    lab, fresh = BlameLab(network, split), BlameLab(network, split)
    here = set_by_chance(lab, np.random.default_rng(20))
    set_by_chance(lab, np.random.default_rng(21))
    settle(lab, **here)
    settle(fresh, **here)
    np.testing.assert_array_equal(pixels(lab), pixels(fresh))
    assert lab.sentence == fresh.sentence


def test_each_control_says_what_it_moves(lab):
    assert controls_of(lab) == {
        "step": ("step", 0, 5),
        "image": ("image", 0, 49),
        "taken": ("steps taken", 0, 20),
    }
