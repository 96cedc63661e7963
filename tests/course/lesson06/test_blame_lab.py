"""BlameLab: its numbers by loops of their own, and the digit in all of its pictures."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from course.lesson06.blame_lab import BlameLab
from nnlib.network import Network
from tests.course.labs import as_at_first
from tests.course.pictures import same_pixels, shows_the_same, stored_picture
from tests.speed import processor_seconds

BLUE, RED = "#0072b2", "#d55e00"


@pytest.fixture(scope="module")
def network():
    return Network([784, 30, 10], init="scaled", rng=0, dtype=np.float64)


@pytest.fixture(scope="module")
def shared(network, data):
    return BlameLab(network, data.train)


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


def by_hand(network, x, label, taken):
    """(a3, delta2, delta3, cost) after steps of gradient descent, written out here."""
    (w2, w3), (b2, b3) = map(list, (network.weights, network.biases))
    b2, b3, y = b2.ravel(), b3.ravel(), np.arange(10) == label
    for left in range(taken, -1, -1):
        a2 = 1 / (1 + np.exp(-(w2 @ x + b2)))
        a3 = 1 / (1 + np.exp(-(w3 @ a2 + b3)))
        delta3 = (a3 - y) * a3 * (1 - a3)
        delta2 = np.array([w3[:, j] @ delta3 for j in range(30)]) * a2 * (1 - a2)
        if left:
            w2, b2 = w2 - np.outer(delta2, x), b2 - delta2
            w3, b3 = w3 - np.outer(delta3, a2), b3 - delta3
    return a3, delta2, delta3, np.sum((y - a3) ** 2) / 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("step", 0),
        ("step", 4),
        ("step", 5),
        ("image", 1),
        ("image", 49),
        ("taken", 1),
        ("taken", 20),
    ],
)
def test_control(lab, network, data, name, value):
    before = lab.picture.value
    lab.controls[name].value = value
    state, settings = lab.state, lab.settings
    image, label = data.train.images[settings["image"]], data.train.labels[settings["image"]]
    a3, delta2, delta3, cost = by_hand(network, image, label, settings["taken"])
    for found, expected in (
        (state["a3"], a3), (state["delta2"], delta2), (state["delta3"], delta3),
        (state["nabla_w2"], np.outer(delta2, image)),
    ):  # fmt: skip
        np.testing.assert_allclose(np.ravel(found), np.ravel(expected), rtol=1e-8, atol=1e-14)
    assert state["cost"] == pytest.approx(cost, rel=1e-9)
    said = f"the network says {a3.argmax()}; the image is a {label}, its output {a3[label]:.2f}"
    assert f"{said} and the cost {cost:.4f}. " in lab.sentence
    assert shows_the_same(lab.picture.value, before) == (settings == lab.first_settings)


@pytest.mark.parametrize("image", [0, 23])
def test_every_picture_is_the_digit_tinted(lab, data, image):
    lab.controls["image"].value = image
    pixels, delta2 = data.train.images[image].reshape(28, 28), lab.state["delta2"].ravel()
    strongest = abs(delta2).max() * pixels.max()
    for tile, delta in zip(lab.gradients.tiles, delta2, strict=True):
        np.testing.assert_allclose(tile.values, delta * pixels / strongest, rtol=1e-9, atol=1e-15)


def drawn(lab, tile):
    """The middle pixels (28, 28, 3) of the squares in which a tile shows its values."""
    step, size = tile.factor, 28 * tile.factor
    whole = np.asarray(lab.picture.figure.canvas.buffer_rgba())
    part = whole[tile.top : tile.top + size, tile.left : tile.left + size, :3]
    assert part.shape == (size, size, 3)
    return part[step // 2 :: step, step // 2 :: step].astype(int)


def test_the_pixels_of_the_pictures(lab):
    """White where nothing is, blue for +, red for -, and a sign above each."""
    buffer = np.asarray(lab.picture.figure.canvas.buffer_rgba())
    for tile in lab.gradients.tiles:
        shown = drawn(lab, tile)
        assert (shown[tile.values == 0] > 250).all()
        strong = abs(tile.values) > 0.1
        bluer = shown[strong][:, 2] > shown[strong][:, 0]
        assert np.array_equal(bluer, tile.values[strong] > 0)
        right = tile.left + 28 * tile.factor
        sign = buffer[tile.top - 22 : tile.top - 2, right - 13 : right, :3]
        upright = (sign[:, 6] == 0).all(axis=1).sum()  # black pixels in its middle column
        assert upright == (13 if tile.values.sum() > 0 else 3)


def test_no_pictures_before_the_last_step(lab):
    lab.controls["step"].value = 4
    for tile in lab.gradients.tiles:
        assert (drawn(lab, tile) > 250).all()


def test_a_heading_says_what_the_pictures_are(lab):
    """It stands above them, whole, at every step."""
    heading = lab.picture.axes[1].texts[0]
    assert "a picture for each hidden neuron: blue +, red −" in heading.get_text()
    box, (width, height) = heading.get_window_extent(), lab.picture.figure.bbox.size
    assert box.x1 < width - 10
    assert box.y1 < height
    first = lab.gradients.tiles[0]
    assert height - box.y0 < first.top - 18  # the signs reach that far


def test_the_sentence_tells_what_the_step_has_computed(lab):
    """By hand for the first image; nothing of an error before there is one."""
    a2, a3, delta3, delta2 = (lab.state[name].ravel() for name in ("a2", "a3", "delta3", "delta2"))
    numbers = [a2, a3, delta3, delta2]
    for step, (values, digits) in enumerate(zip(numbers, (2, 2, 2, 4)), start=1):
        lab.controls["step"].value = step
        most, kind = abs(values).argmax(), "activation" if step < 3 else "error"
        who = f"hidden neuron {most + 1}" if values.size == 30 else f"output {most}"
        assert f": {who} has the largest {kind}, {values[most]:.{digits}f}" in lab.sentence
        assert lab.sentence.split(". ")[1][0] == lab.digit.title.get_text()[0]
    lab.controls["step"].value = 0
    assert lab.sentence.endswith(". 1 input: 784 pixels, of which 79 % are blank.")


def test_the_slider_shows_no_number_beside_those_of_the_five_steps(lab):
    assert not lab.controls["step"].readout


@pytest.mark.parametrize("step", [1, 2, 4, 5])
def test_no_line_is_wider_than_the_widest(lab, step):
    """Weights grow as steps are taken, and a mass of lines would show nothing."""
    lab.controls["step"].value, lab.controls["taken"].value = step, 20
    widths = [w for lines in lab.digit.artists[1:3] for w in lines.get_linewidths()]
    assert max(widths, default=0) <= 3


def flows(lab):
    """Number of lines, and how many of them are blue."""
    plus, minus = lab.digit.artists[1:3]
    for lines, color in ((plus, BLUE), (minus, RED)):
        assert all(to_hex(one) == color for one in lines.get_colors())
    return len(plus.get_segments()) + len(minus.get_segments()), len(plus.get_segments())


@pytest.mark.parametrize("step", range(6))
def test_lines_show_what_flows(lab, network, step):
    lab.controls["step"].value = step
    state = lab.state
    flow = {
        1: state["z2"], 2: network.weights[1] * state["a2"].T,
        4: network.weights[1] * state["delta3"], 5: state["delta2"],
    }.get(step, np.zeros(1))  # fmt: skip
    seen = abs(flow) >= 0.2 * max(abs(flow).max(), 1e-9)
    assert flows(lab) == (seen.sum(), (seen & (flow > 0)).sum())


@pytest.mark.parametrize("step", range(6))
def test_numbers_at_the_outputs(lab, step):
    lab.controls["step"].value = step
    values = lab.state["a3" if step == 2 else "delta3"].ravel()
    shown = [text.get_text() for text in lab.digit.numbers]
    expected = [f"{value:.2f}".replace("-", "−") for value in values] if step >= 2 else [""] * 10
    assert shown == expected
    assert lab.digit.name.get_text() == ("" if step < 2 else "a⁽³⁾" if step == 2 else "δ⁽³⁾")


def test_taking_the_step(lab):
    take, costs = lab.panel[0].children[-1], [lab.state["cost"]]
    for _ in range(3):
        take.click()
        costs.append(lab.state["cost"])
    assert (np.diff(costs) < 0).all()
    assert lab.settings["taken"] == 3
    strongest = max(abs(tile.values).max() for tile in lab.gradients.tiles)
    assert strongest < 0.5  # the pictures fade with the error


def test_play_goes_through_the_steps(lab):
    player = lab.panel[0].children[1]
    assert (player.min, player.max, player.value) == (0, 5, 5)
    assert player.interval >= 125


def test_no_place_touches_another_or_the_edge(lab):
    places = [part.place for part in lab.picture.parts]
    width, height = lab.picture.figure.bbox.size
    for i, place in enumerate(places):
        assert not any(place.overlaps(other) for other in places[i + 1 :])
        assert -1 <= place.x0 < place.x1 <= width + 1
        assert -1 <= place.y0 < place.y1 <= height + 1
    last = lab.gradients.tiles[-1]
    assert last.left + 28 * last.factor + 2 <= width
    assert last.top + 28 * last.factor + 2 <= height


def test_drawing_by_parts_equals_drawing_anew(lab, network, data):
    rng = np.random.default_rng(0)
    for _ in range(6):
        for name in ("step", "image", "taken"):
            lab.controls[name].value = int(rng.integers(lab.controls[name].max + 1))
    fresh = BlameLab(network, data.train)
    for name, value in lab.settings.items():
        fresh.controls[name].value = value
    fresh.picture.forget_background()
    fresh.on_change()
    assert same_pixels(lab._repr_mimebundle_(), fresh.picture.value)


def test_the_network_is_not_changed(network, data):
    kept = [part.copy() for part in (*network.weights, *network.biases)]
    BlameLab(network, data.train).compute(step=5, image=3, taken=20)
    assert all(map(np.array_equal, kept, (*network.weights, *network.biases)))


def test_stored_picture_and_sentence(lab):
    data = lab._repr_mimebundle_()
    assert same_pixels(data, lab.picture.value)
    assert stored_picture(data)[1] == 950
    assert data["text/plain"] == (
        "After 0 steps of gradient descent the network says 9; the image is a 5, its output 0.72 "
        "and the cost 1.2914. 5 gradient: hidden neuron 26 has the largest error, 0.0284, and the "
        "strongest picture."
    )


@pytest.mark.parametrize("name", ["step", "image", "taken"])
def test_a_move_is_quick(lab, name):
    moves = [
        lambda value=value: setattr(lab.controls[name], "value", value)
        for value in (1, 2, 3, 4, 5, 0, 3)
    ]
    assert processor_seconds(moves) < 0.071


@pytest.mark.parametrize("sizes", [[784, 10], [784, 20, 10], [4, 30, 10]])
def test_another_network_is_refused(data, sizes):
    with pytest.raises(ValueError, match=r"expected \[784, 30, 10\], as Network"):
        BlameLab(Network(sizes), data.train)
