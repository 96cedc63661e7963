"""The lab of hidden neurons: every control, against networks that are computed once more."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from course.figures import BLUE
from course.lesson11.neurons_lab import MIX, NEURON, NeuronsLab
from course.measured import hidden
from course.measured.habits import ReLUNetwork, network_class
from nnlib.network import Network
from tests.course.labs import as_at_first
from tests.course.pictures import same_pixels, stored_picture
from tests.speed import processor_seconds


def trained(data, sizes, kind=Network, eta=3.0):
    network = kind(sizes, init="scaled", rng=0)
    network.SGD(data.train, 2, 10, eta, on_epoch=None)
    return network


@pytest.fixture(scope="module")
def network(data):
    return trained(data, [784, 30, 20, 10])


@pytest.fixture(scope="module")
def shared(network, data):
    return NeuronsLab(network, data)


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


def by_hand(network, test, settings):
    """The numbers shown, from the sigmoid of a formula and not from the library."""
    layer, number = settings["layer"], settings["number"]
    a, layers = test.images.T.astype(float), []
    for w, b in zip(network.weights, network.biases):
        a = 1 / (1 + np.exp(-(w @ a + b)))
        layers.append(a)
    size = len(layers[layer])
    direction = np.eye(size)[number] if settings["what"] == NEURON else hidden.mixes(size)[number]
    values, off = direction @ layers[layer], layers[layer].copy()
    off -= np.outer(direction, values)
    for w, b in zip(network.weights[layer + 1 :], network.biases[layer + 1 :]):
        off = 1 / (1 + np.exp(-(w @ off + b)))
    right = [np.mean(one.argmax(axis=0) == test.labels) for one in (layers[-1], off)]
    return {
        "values": values,
        "by_digit": [values[test.labels == digit].mean() for digit in range(10)],
        "weights": direction @ network.weights[layer],
        "to": network.weights[layer + 1] @ direction,
        "accuracy": right if settings["off"] else right[:1],
    }


CHANGES = [
    {"number": 1},
    {"number": 29},
    {"layer": 1},
    {"layer": 1, "number": 19},
    {"off": True},
    {"layer": 1, "off": True},
    {"what": MIX},
    {"what": MIX, "number": 29, "off": True},
    {"what": MIX, "layer": 1, "number": 19, "off": True},
]


@pytest.mark.parametrize("changes", CHANGES, ids=str)
def test_control(lab, network, data, changes):
    before = bytes(lab.picture.value)
    for name, value in changes.items():
        lab.controls[name].value = value
    found, right = lab.state, by_hand(network, data.test, lab.settings)
    for name in ("by_digit", "weights", "to"):
        np.testing.assert_allclose(found[name], right[name], atol=1e-4)
    assert found["accuracy"] == pytest.approx(right["accuracy"], abs=0.003)
    values = right["values"]
    assert values[found["most"]].min() >= np.sort(values)[-6] - 1e-4
    assert values[found["least"]].max() <= np.sort(values)[5] + 1e-4
    assert (np.diff(values[found["most"]]) < 1e-4).all()  # the most first, and the least
    assert (np.diff(values[found["least"]]) > -1e-4).all()
    assert bytes(lab.picture.value) != before
    assert lab.sentence in lab.caption.value.replace("&#x27;", "'")


def test_controls_have_the_ends_that_are_tested(lab):
    number = lab.controls["number"]
    assert (number.min, number.max) == (0, 29)
    number.value = 25
    lab.controls["layer"].value = 1
    assert (number.max, number.value) == (19, 19)
    assert lab.state["number"] == 19
    assert lab.controls["what"].options == (NEURON, MIX)


def test_the_sentence_says_favorites_and_accuracies(lab, data):
    state = lab.state
    favorites = ", ".join(str(label) for label in data.test.labels[state["most"]])
    digit, mean = np.argmax(state["by_digit"]), max(state["by_digit"])
    said = (
        f"Neuron 0 of the first hidden layer is most active on the {digit} (on average "
        f"{mean:.2f}); excited most by images of {favorites}. "
        f"Accuracy {100 * state['accuracy'][0]:.1f} %"
    )
    assert lab.sentence == f"{said}."
    lab.controls["off"].value = True
    assert lab.sentence.startswith(f"{said}, without it {100 * lab.state['accuracy'][1]:.1f} %; ")
    before, after = lab.state["recall"]
    worst = np.argmax(before - after)
    shares = f"from {100 * before[worst]:.1f} % to {100 * after[worst]:.1f} %"
    falls = f"the recall of the {worst} falls most, {shares}."
    none = "no digit is recognized less often."
    assert lab.sentence.endswith(falls if before[worst] > after[worst] else none)


def test_pictures_show_the_state(lab, data):
    state = lab.state
    np.testing.assert_array_equal(
        lab._weights.get_array(), state["weights"].reshape(28, 28).astype(float)
    )
    tiles = lab._tiles[0]._image.get_array().reshape(2, 30, 3, 30)
    last = data.test.images[state["most"][5]].reshape(28, 28)
    np.testing.assert_array_equal(tiles[1, 1:29, 2, 1:29], last)
    bars = lab._bars[0]._bars.get_segments()
    np.testing.assert_allclose([end[1, 1] for end in bars], state["by_digit"])
    np.testing.assert_allclose([end[1, 0] for end in bars], range(10), atol=1e-9)
    least, most = lab._weights.get_clim()
    assert -least == most == np.abs(state["weights"]).max()
    assert len(lab._bars[1]._bars.get_segments()) == 20
    assert lab._accuracy.get_text() == f"accuracy {100 * state['accuracy'][0]:.1f} %"


def test_weights_that_are_no_picture_fill_a_square_from_the_top(lab):
    lab.controls["layer"].value = 1
    shown = lab._weights.get_array()
    assert shown.shape == (6, 6)
    np.testing.assert_allclose(shown.ravel()[:30], lab.state["weights"])
    assert np.ma.getmaskarray(np.ma.masked_invalid(shown)).sum() == 6
    titles = [title.get_text() for title in lab._titles]
    assert titles[0] == "its weights to the 30 neurons before it"
    assert titles[2] == "its weights to the 10 outputs"
    assert lab.picture.axes[1, 2].get_xticks().tolist() == list(range(10))
    lab.controls["layer"].value = 0
    assert lab._titles[2].get_text() == "its weights to the 20 neurons after it"
    assert lab.picture.axes[1, 2].get_xticks().tolist() == []


def test_what_is_switched_off_is_gray(lab):
    colors = [to_hex(color) == BLUE.lower() for color in lab._bars[1]._bars.get_colors()]
    assert colors == (lab.state["to"] > 0).tolist()
    assert len(set(colors)) == 2
    lab.controls["off"].value = True
    assert len({tuple(color) for color in lab._bars[1]._bars.get_colors()}) == 1


def test_a_picture_of_the_mean_reaches_to_one_for_a_single_neuron(lab):
    assert lab.picture.axes[0, 2].get_ylim()[1] == pytest.approx(1.25)  # room for the number


def test_favorites_of_a_saturated_neuron_are_those_of_its_weighted_input(data):
    network = Network([784, 12, 10], init="scaled", rng=0)
    network.biases[0][3] = 100
    lab = NeuronsLab(network, data)
    lab.controls["number"].value = 3
    assert (lab.activations[0][3] == 1).all()
    z = data.test.images @ network.weights[0][3]
    assert z[lab.state["most"]].min() == pytest.approx(np.sort(z)[-6], abs=1e-4)
    assert z[lab.state["least"]].max() == pytest.approx(np.sort(z)[5], abs=1e-4)


def test_all_words_stay_inside_the_picture(lab):
    for changes in CHANGES:
        as_at_first(lab)
        for name, value in changes.items():
            lab.controls[name].value = value
        renderer = lab.picture.figure.canvas.get_renderer()
        whole = lab.picture.figure.bbox
        titles = [tiles._title for tiles in lab._tiles]
        numbers = [bars._number for bars in lab._bars]
        for text in (lab._accuracy, *lab._titles, *titles, *numbers):
            box = text.get_window_extent(renderer)
            assert whole.x0 <= box.x0, (changes, text)
            assert box.x1 <= whole.x1, (changes, text)
            assert whole.y0 <= box.y0, (changes, text)
            assert box.y1 <= whole.y1, (changes, text)


def test_a_network_with_one_hidden_layer_and_relus_that_never_answer(data):
    network = trained(data, [784, 12, 10], ReLUNetwork, 0.1)
    network.biases[0][3] = -1000
    lab = NeuronsLab(network, data)
    lab.controls["number"].value = 3
    assert lab.sentence.startswith("Neuron 3 of the first hidden layer is 0 on every image;")
    lab.controls["off"].value = True
    assert lab.state["accuracy"][0] == lab.state["accuracy"][1]
    assert lab.sentence.endswith("no digit is recognized less often.")


def test_the_network_is_shown_as_it_was(data):
    network = trained(data, [784, 12, 10])
    lab = NeuronsLab(network, data)
    before = lab.compute(**lab.settings | {"off": True})
    network.SGD(data.train, 1, 10, 3.0, on_epoch=None)
    after = lab.compute(**lab.settings | {"off": True})
    assert before.keys() == after.keys()
    for name, value in before.items():
        np.testing.assert_array_equal(after[name], value)


@pytest.mark.parametrize("sizes", [[784, 10], [100, 30, 10], [784, 30, 2], [784, 3, 3, 3, 3, 10]])
def test_networks_that_cannot_be_shown_are_refused(sizes, data):
    with pytest.raises(ValueError, match="the network has the layer sizes .* expected 784 inputs"):
        NeuronsLab(Network(sizes), data)


def test_a_convolution_is_refused(data):
    with pytest.raises(ValueError, match=r"first weights of shape \(2, 25\): expected .* fully"):
        NeuronsLab(network_class("convolution")([784, 288, 9, 10]), data)


def test_mime_bundle_has_picture_and_sentence(lab):
    bundle = lab._repr_mimebundle_()
    assert same_pixels(bundle, lab.picture.value)
    assert stored_picture(bundle)[:2] == (lab.sentence, 940)


def test_a_change_takes_little_processor_time(lab):
    moves = [lambda n=n: setattr(lab.controls["number"], "value", n) for n in range(1, 8)]
    assert processor_seconds(moves) < 0.23
    lab.controls["off"].value = True
    assert processor_seconds(moves[::-1]) < 0.25
