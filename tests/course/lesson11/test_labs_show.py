"""What the labs of lesson 11 show that do not train, against what is computed anew."""

import numpy as np
import pytest

from course.lesson11 import MapsLab, NeuronsLab
from course.measured import habits, hidden
from nnlib.network import Network
from tests.course.live.reading_figures import (
    BLUE,
    GREY,
    RED,
    color_of,
    colors_of,
    controls_of,
    ink,
    is_drawn_whole,
    pixels,
    set_by_chance,
    settle,
    sign_of,
    signed,
    texts_of,
    ticks_of,
    titles_of,
)

LAYERS = ["first hidden layer", "second hidden layer"]


# maps


@pytest.fixture(scope="module")
def convolution():
    kind = habits.network_class("convolution ReLU")
    return kind([784, 5 * 144, 9, 10], init="scaled", rng=0)


@pytest.fixture(scope="module")
def maps_lab(convolution, data):
    return MapsLab(convolution, data)


def shifted(image, right, down):
    """An image moved, what leaves it cut off; image (28, 28)."""
    found = np.zeros((28, 28))
    for row, column in np.ndindex(28, 28):
        if 0 <= row - down < 28 and 0 <= column - right < 28:
            found[row, column] = image[row - down, column - right]
    return found


def windows(network, image):
    """z of every window at every place, (k, 12, 12)."""
    w, b = network.weights[0].reshape(-1, 5, 5), network.biases[0].ravel()
    z = np.empty((len(w), 12, 12))
    for row, column in np.ndindex(12, 12):
        patch = image[2 * row : 2 * row + 5, 2 * column : 2 * column + 5]
        z[:, row, column] = (w * patch).sum(axis=(1, 2)) + b
    return z


def corner(frame):
    """Upper left corner of a frame, and its side, in pixels of the image it lies on."""
    assert frame.get_width() == frame.get_height()
    assert color_of(frame) == RED
    return *(round(at + 0.5, 9) for at in frame.get_xy()), frame.get_width()


def check_all_maps(image, maps, k):
    """Every map in its place, row by row, in one scale of gray; a frame around map k."""
    dark = 1 - image.to_rgba(image.get_array())[..., 0]
    for n, values in enumerate(maps):
        x, y = 13 * (n % 3), 13 * (n // 3)
        shown = dark[y : y + 12, x : x + 12]
        np.testing.assert_allclose(shown, values / max(maps.max(), 1e-9), atol=0.01)
    assert corner(image.axes.patches[0]) == (13 * (k % 3), 13 * (k // 3), 12)


def maps_sentence(s, z, label, outputs):
    """s: the settings.  z: of the window at its place."""
    answer, moved = outputs.argmax(), ""
    if s["right"] or s["down"]:
        across = "left" if s["right"] < 0 else "right"
        along = "up" if s["down"] < 0 else "down"
        moved = f", moved {abs(s['right'])} to the {across} and {abs(s['down'])} {along}"
    return (
        f"Window {s['window']} at row {s['row']}, column {s['column']} of its map: z = {z:.2f}, so "
        f"the neuron answers {max(z, 0):.2f}. The digit is a {label}{moved}; the network reads "
        f"{answer}, output {outputs[answer]:.2f}."
    )


@pytest.mark.parametrize("seed", range(10))
def test_a_window_its_place_and_all_maps(maps_lab, convolution, data, seed):
    s = set_by_chance(maps_lab, np.random.default_rng(seed))
    image = shifted(data.test.images[s["digit"] - 1].reshape(28, 28), s["right"], s["down"])
    z = windows(convolution, image)
    maps, k, row, column = np.maximum(z, 0), s["window"] - 1, s["row"] - 1, s["column"] - 1
    digit, window, one, every = maps_lab.picture.axes
    np.testing.assert_allclose(ink(digit.images[0]), image, atol=0.005)
    w = convolution.weights[0]
    shown = signed(window.images[0])
    np.testing.assert_allclose(shown, (w[k] / abs(w).max()).reshape(5, 5), atol=0.02)
    largest = max(maps[k].max(), 1e-9)
    np.testing.assert_allclose(ink(one.images[0]), maps[k] / largest, atol=0.01)
    assert corner(digit.patches[0]) == (2 * column, 2 * row, 5)
    assert corner(one.patches[0]) == (column, row, 1)
    check_all_maps(every.images[0], maps, k)
    assert titles_of(window) == [f"window {k + 1}"]
    assert titles_of(one) == [f"its map: {maps[k, row, column]:.2f} here"]
    outputs = convolution.feedforward(image.reshape(784, 1)).ravel()
    label = data.test.labels[s["digit"] - 1]
    assert maps_lab.sentence == maps_sentence(s, z[k, row, column], label, outputs)
    assert is_drawn_whole(maps_lab)


def test_the_titles_and_controls_of_the_maps(maps_lab):
    titles = [titles_of(ax) for ax in maps_lab.picture.axes]
    assert (titles[0], titles[3]) == (["digit"], ["all maps"])
    assert controls_of(maps_lab) == {
        "digit": ("digit", 1, 50), "window": ("window", 1, 5), "row": ("row", 1, 12),
        "column": ("column", 1, 12), "right": ("move right", -4, 4), "down": ("move down", -4, 4),
    }  # fmt: skip


# hidden neurons


@pytest.fixture(scope="module")
def network():
    """Not trained: what a neuron is worth differs much from one to the next."""
    return Network([784, 30, 20, 10], init="scaled", rng=0)


@pytest.fixture(scope="module")
def neurons_lab(network, data):
    return NeuronsLab(network, data)


def of_direction(network, test, settings):
    """What a neuron or a mix answers, its weights, and the answers without it."""
    layer, layers, z = settings["layer"], [], []
    a = test.images.T.astype(float)
    for w, b in zip(network.weights, network.biases):
        z.append(w @ a + b)
        a = 1 / (1 + np.exp(-z[-1]))
        layers.append(a)
    one = np.eye(len(layers[layer]))[settings["number"]]
    mix = settings["what"] != "one neuron"
    direction = hidden.mixes(len(one))[settings["number"]] if mix else one
    values = direction @ layers[layer]
    off = layers[layer] - np.outer(direction, values)
    for w, b in zip(network.weights[layer + 1 :], network.biases[layer + 1 :]):
        off = 1 / (1 + np.exp(-(w @ off + b)))
    exciting = values if mix else z[layer][settings["number"]]
    weights = direction @ network.weights[layer], network.weights[layer + 1] @ direction
    return values, exciting, *weights, layers[-1].argmax(axis=0), off.argmax(axis=0)


def check_bars(ax, values, is_off):
    """Up blue, down red, or gray; the largest has its number."""
    (bars,) = ax.collections
    ends = np.array(bars.get_segments())
    np.testing.assert_allclose(ends[:, :, 0], ends[:, :1, 0].repeat(2, axis=1))
    assert (np.diff(ends[:, 0, 0]) > 0).all()
    np.testing.assert_allclose(ends[:, 0, 1], 0)
    np.testing.assert_allclose(ends[:, 1, 1], values, atol=1e-5)
    signs = [RED if value < 0 else BLUE for value in ends[:, 1, 1]]
    assert colors_of(bars) == ([GREY] * len(values) if is_off else signs)
    most = abs(ends[:, 1, 1]).argmax()
    ((word, (x, _)),) = texts_of(ax).items()
    assert word == f"{values[most]:.2f}".replace("-", "−")
    assert x == ends[most, 0, 0]
    low, high = ax.get_ylim()
    assert low <= min(values.min(), 0)
    assert high > max(values.max(), 0)


def check_favorites(ax, which, exciting, sign, test):
    """The six images that excite most or least, with their digits, in their order."""
    canvas = ink(ax.images[0]).reshape(2, 30, 3, 30).swapaxes(1, 2).reshape(6, 30, 30)
    images = test.images[which].reshape(6, 28, 28)
    np.testing.assert_allclose(canvas[:, 1:-1, 1:-1], images, atol=0.005)
    order = np.sort(sign * exciting)[::-1]
    np.testing.assert_allclose(sign * exciting[which], order[:6], atol=1e-4)
    word = "most" if sign > 0 else "least"
    digits = " ".join(str(label) for label in test.labels[which])
    assert titles_of(ax) == [f"excite it {word}: {digits}"]


@pytest.mark.parametrize("seed", range(12))
def test_a_neuron_its_favorites_and_its_worth(neurons_lab, network, data, seed):
    rng, test = np.random.default_rng(seed), data.test
    layer = seed % 2
    number = int(rng.integers([30, 20][layer]))
    settings = set_by_chance(neurons_lab, rng, layer=layer, number=number)
    values, exciting, weights, to, answers, without = of_direction(network, test, settings)
    state = neurons_lab.state
    axes = neurons_lab.picture.figure.axes
    means, after = [ax for ax in axes if ax.collections]
    pictures = {titles_of(ax)[0].split()[2]: ax for ax in axes if ax.images}
    most, least, left = (pictures[word] for word in ("most:", "least:", "to"))
    assert most.get_position().y0 > least.get_position().y0
    check_weights(left.images[0], weights)
    check_favorites(most, state["most"], exciting, 1, test)
    check_favorites(least, state["least"], exciting, -1, test)
    by_digit = np.array([values[test.labels == digit].mean() for digit in range(10)])
    check_bars(means, by_digit, settings["off"])
    check_bars(after, to, settings["off"])
    accuracy = np.mean(answers == test.labels), np.mean(without == test.labels)
    words = [f"accuracy {100 * accuracy[0]:.1f} %", f"without it {100 * accuracy[1]:.1f} %"]
    assert list(texts_of(left)) == [", ".join(words[: 1 + settings["off"]])]
    titles = [
        "its weights to the " + ["784 pixels", "30 neurons before it"][layer],
        "mean activation on each digit",
        "its weights to the " + ["20 neurons after it", "10 outputs"][layer],
    ]
    assert [titles_of(ax) for ax in (left, means, after)] == [[title] for title in titles]
    check_ticks(means, after, layer)
    assert neurons_lab.sentence == neurons_sentence(
        settings, by_digit, accuracy, test, state, answers, without
    )
    assert is_drawn_whole(neurons_lab)


def check_ticks(means, after, layer):
    digits = {float(digit): str(digit) for digit in range(10)}
    assert ticks_of(means.xaxis) == digits
    assert ticks_of(after.xaxis) == (digits if layer else {})


def check_weights(image, weights):
    """Row by row in a square, blue for + and red for -; what is left of the square is pale."""
    count = len(weights)
    colors = image.to_rgba(image.get_array())[..., :3].reshape(-1, 3)
    assert len(colors) == {784: 784, 30: 36}[count]
    np.testing.assert_allclose(colors[count:], 0xD9 / 255, atol=0.005)
    shown = signed(image).ravel() if count == 784 else sign_of(colors[:count])
    np.testing.assert_allclose(shown, weights / abs(weights).max(), atol=0.02)


def neurons_sentence(settings, by_digit, accuracy, test, state, answers, without):
    what = "Neuron" if settings["what"] == "one neuron" else "Mix"
    favorites = ", ".join(str(label) for label in test.labels[state["most"]])
    said = (
        f"{what} {settings['number']} of the {LAYERS[settings['layer']]} is most active on the "
        f"{by_digit.argmax()} (on average {by_digit.max():.2f}); excited most by images of "
        f"{favorites}. Accuracy {100 * accuracy[0]:.1f} %"
    )
    if not settings["off"]:
        return f"{said}."
    before, after = (
        np.array([np.mean(one[test.labels == digit] == digit) for digit in range(10)])
        for one in (answers, without)
    )
    digit = np.argmax(before - after)
    falls = (
        f"the recall of the {digit} falls most, from {100 * before[digit]:.1f} % to "
        f"{100 * after[digit]:.1f} %"
    )
    falls = falls if before[digit] > after[digit] else "no digit is recognized less often"
    return f"{said}, without it {100 * accuracy[1]:.1f} %; {falls}."


def test_the_neurons_there_and_back_are_the_same_picture(neurons_lab, network, data):
    fresh = NeuronsLab(network, data)
    settle(neurons_lab, layer=0, what="one neuron", number=4, off=False)
    settle(neurons_lab, layer=1, number=7, off=True)
    settle(neurons_lab, layer=0, what="one neuron", number=3, off=True)
    settle(fresh, number=3, off=True)
    np.testing.assert_array_equal(pixels(neurons_lab), pixels(fresh))


def test_the_controls_of_the_neurons(neurons_lab):
    settle(neurons_lab, layer=0)
    assert controls_of(neurons_lab) == {
        "layer": ("layer", 0, 1), "what": ("look at", "one neuron", "a random mix of all"),
        "number": ("number", 0, 29), "off": ("switched off", False, True),
    }  # fmt: skip
    assert [words for words, _ in neurons_lab.controls["layer"].options] == LAYERS
