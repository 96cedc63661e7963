"""The drawing of backpropagation: every number in its place, frames where they belong."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from course.lesson06 import figures

SIZES = {
    "x": 2, "w2": 4, "b2": 2, "w3": 2, "b3": 1, "y": 1, "z2": 2, "a2": 2, "z3": 1, "a3": 1,
    "cost": 1, "delta3": 1, "delta2": 2, "nabla_b2": 2, "nabla_b3": 1, "nabla_w3": 2,
    "nabla_w2": 4,
}  # fmt: skip


@pytest.fixture
def drawing():
    fig, ax = figures.figure(size=(6, 4.8))
    return fig, figures.backprop_diagram(ax)


def test_a_place_for_every_number(drawing):
    _, slots = drawing
    assert {name: len(texts) for name, texts in slots.items()} == SIZES


def test_numbers_are_written_in_order_and_others_hidden(drawing):
    _, slots = drawing
    figures.update_backprop_diagram(
        slots, {"w2": np.array([[1.0, -2.0], [0.5, 0.0]]), "cost": 0.25}
    )
    assert [text.get_text() for text in slots["w2"]] == ["w 1", "w −2", "w 0.5", "w 0"]
    assert slots["cost"][0].get_text() == "cost C 0.2500"
    shown = {name for name, texts in slots.items() if texts[0].get_visible()}
    assert shown == {"w2", "cost"}


def test_only_new_numbers_are_framed(drawing):
    _, slots = drawing
    values = {name: np.zeros(size) for name, size in SIZES.items()}
    figures.update_backprop_diagram(slots, values, new=["delta2", "w3"])
    figures.update_backprop_diagram(slots, values, new=["delta3"])
    boxes = {name: texts[0].get_bbox_patch() for name, texts in slots.items()}
    framed = [name for name, box in boxes.items() if box and to_hex(box.get_ec()) == "#000000"]
    assert [name for name in framed if boxes[name].get_ec()[3] > 0] == ["delta3"]


def test_no_number_covers_another(drawing):
    fig, slots = drawing
    figures.update_backprop_diagram(slots, {name: np.full(n, -6.5) for name, n in SIZES.items()})
    fig.canvas.draw()
    boxes = [text.get_window_extent() for texts in slots.values() for text in texts]
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[i + 1 :])
        assert fig.bbox.x0 <= box.x0 < box.x1 <= fig.bbox.x1
        assert fig.bbox.y0 <= box.y0 < box.y1 <= fig.bbox.y1


def test_arrows_lead_back_from_the_output_to_the_hidden_neurons():
    values = {
        "w3": np.array([[2.0, -1.0]]),
        "delta3": np.array([[-0.1426]]),
        "delta2": np.array([[-0.0561], [0.0357]]),
    }
    (ax,) = figures.backprop_figure(values, new=["delta2"], back=True).axes
    arrows = [patch for patch in ax.patches if patch.get_visible()]
    ends = [arrow.get_path().vertices[[0, -1], 0] for arrow in arrows]
    assert len(arrows) == 4  # a shaft and a head each
    assert all(start > end for start, end in ends)
    assert [to_hex(arrow.get_facecolor()) for arrow in arrows[::2]] == ["#d55e00", "#0072b2"]
    shown = [text.get_text() for text in ax.texts if text.get_visible() and "δ" in text.get_text()]
    assert shown == ["δ −0.1426", "δ −0.0561", "δ 0.0357"]
    (without,) = figures.backprop_figure(values).axes
    assert not [patch for patch in without.patches if patch.get_visible()]


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (-2.0, None, "−2"),
        (0.5, None, "0.5"),
        (-0.05611, 4, "−0.0561"),
        (-0.00001, 4, "0.0000"),
        (1, 4, "1.0000"),
        (1.05613, None, "1.0561"),
        (-6, None, "−6"),
    ],
)
def test_number(value, digits, expected):
    assert figures.number(value, digits) == expected


@pytest.mark.parametrize(("largest", "widths"), [(None, [9, 4.5]), (8.0, [4.5, 2.25])])
def test_width_and_dash_of_arrows(drawing, largest, widths):
    arrows = figures.backprop_arrows(drawing[0].axes[0])
    figures.update_backprop_arrows(arrows, {"w3": np.array([[4.0, -2.0]])}, largest=largest)
    shafts = [shaft for shaft, _ in arrows["w3"]]
    assert [shaft.get_linewidth() for shaft in shafts] == widths
    assert [shaft.get_linestyle() == "-" for shaft in shafts] == [True, False]
    assert not any(patch.get_visible() for pair in arrows["w2"] for patch in pair)
    figures.update_backprop_arrows(arrows, {"w3": np.zeros((1, 2))}, largest=largest)
    assert not any(patch.get_visible() for pair in arrows["w3"] for patch in pair)


def test_the_small_curve(drawing):
    line, ball = figures.small_curve(drawing[0].axes[0], 4)
    figures.update_small_curve(line, ball, [0.4, 0.2, 0.1, 0.1, 0.0], 2)
    heights = line.get_ydata()
    assert (heights - heights[-1]) / (heights[0] - heights[-1]) == pytest.approx(
        [1, 0.5, 0.25, 0.25, 0]
    )
    assert (ball.get_xdata()[0], ball.get_ydata()[0]) == (line.get_xdata()[2], heights[2])


def test_colors_are_those_of_the_printed_sign(drawing):
    _, slots = drawing
    values = {"delta2": np.array([-0.2, -0.00001]), "nabla_b3": np.array([0.3])}
    figures.update_backprop_diagram(slots, values)
    colors = [text.get_color() for text in (*slots["delta2"], *slots["nabla_b3"])]
    assert colors == [figures.RED, figures.BLACK, figures.BLUE]
