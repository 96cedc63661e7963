"""BackpropLab at settings by chance: texts, arrows, curve and sentence, all computed anew."""

import numpy as np
import pytest

from course.lesson06.lab import BackpropLab
from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    RED,
    color_of,
    controls_of,
    is_drawn_whole,
    pixels,
    set_by_chance,
    settle,
)

APPEARS = {  # at which formula each array is written into the drawing first
    "w2": 0, "b2": 0, "w3": 0, "b3": 0, "y": 0, "x": 0, "z2": 1, "a2": 2, "z3": 3, "a3": 4,
    "cost": 4, "delta3": 5, "delta2": 6, "nabla_b2": 7, "nabla_b3": 7, "nabla_w3": 8,
    "nabla_w2": 9,
}  # fmt: skip
OF = {  # beside which neurons a number stands that is no weight, in the order of the array
    "x": ("x1", "x2"), "b2": ("h1", "h2"), "z2": ("h1", "h2"), "a2": ("h1", "h2"),
    "delta2": ("h1", "h2"), "nabla_b2": ("h1", "h2"),
    **dict.fromkeys(("b3", "y", "z3", "a3", "cost", "delta3", "nabla_b3"), ("out",)),
}  # fmt: skip
GIVEN = ("w2", "b2", "w3", "b3", "y")
SHORT = (*GIVEN, "x")
SAID = {
    "x": "x", "w2": "w", "b2": "b", "w3": "w", "b3": "b", "y": "target y", "z2": "z", "a2": "a",
    "z3": "z", "a3": "a", "cost": "cost C", "delta3": "δ", "delta2": "δ", "nabla_b2": "∂C/∂b",
    "nabla_b3": "∂C/∂b", "nabla_w3": "∂C/∂w", "nabla_w2": "∂C/∂w",
}  # fmt: skip
PARTS = ["input", *["feedforward"] * 4, "output error", "backpropagate", *["gradient"] * 3]
FORMULAS = [
    "$a^{(1)} = x$",
    r"$z^{(2)} = w^{(2)}\, a^{(1)} + b^{(2)}$",
    r"$a^{(2)} = \sigma(z^{(2)})$",
    r"$z^{(3)} = w^{(3)}\, a^{(2)} + b^{(3)}$",
    r"$a^{(3)} = \sigma(z^{(3)})$",
    r"$\delta^{(3)} = (a^{(3)} - y)\;\sigma'(z^{(3)})$",
    r"$\delta^{(2)} = (w^{(3)T} \delta^{(3)}) \odot \sigma'(z^{(2)})$",
    r"$\partial C/\partial b^{(l)} = \delta^{(l)}$",
    r"$\partial C/\partial w^{(3)} = \delta^{(3)} a^{(2)T}$",
    r"$\partial C/\partial w^{(2)} = \delta^{(2)} a^{(1)T}$",
]
NEURONS = {
    "x1": (0.8, 5.6), "x2": (0.8, 1.4), "h1": (4.9, 5.6), "h2": (4.9, 1.4), "out": (9.0, 3.5),
}  # fmt: skip
EDGES = {
    "w2": [("x1", "h1"), ("x2", "h1"), ("x1", "h2"), ("x2", "h2")],
    "w3": [("h1", "out"), ("h2", "out")],
}


@pytest.fixture(scope="module")
def lab():
    return BackpropLab()


def sigma(z):
    return 1 / (1 + np.exp(-z))


def one_pass(w2, b2, w3, b3, x, y):
    """Every number of both passes by name, flat arrays; w2 (2, 2), the others (2,) or numbers."""
    z2 = w2 @ x + b2
    a2 = sigma(z2)
    z3 = w3 @ a2 + b3
    a3 = sigma(z3)
    delta3 = (a3 - y) * a3 * (1 - a3)
    delta2 = w3 * delta3 * a2 * (1 - a2)
    numbers = {
        "x": x, "y": y, "w2": w2, "b2": b2, "w3": w3, "b3": b3, "z2": z2, "a2": a2, "z3": z3,
        "a3": a3, "cost": (y - a3) ** 2 / 2, "delta3": delta3, "delta2": delta2,
        "nabla_b2": delta2, "nabla_b3": delta3, "nabla_w3": delta3 * a2,
        "nabla_w2": np.outer(delta2, x), "slope2": a2 * (1 - a2), "slope3": a3 * (1 - a3),
    }  # fmt: skip
    return {name: np.ravel(value) for name, value in numbers.items()}


def after_steps(settings):
    """The numbers after 0 to 20 steps of gradient descent, eta 1: a list of dicts."""
    x, y = np.array([settings["x1"], settings["x2"]]), settings["y"]
    w2, b2 = np.array([[1.0, 2], [-1, 1]]), np.array([-1, 0.5])
    w3, b3, found = np.array([settings["w"], -1.0]), -2.0, []
    for _ in range(21):
        now = one_pass(w2, b2, w3, b3, x, y)
        found.append(now)
        w2, b2 = w2 - now["nabla_w2"].reshape(2, 2), b2 - now["delta2"]
        w3, b3 = w3 - now["nabla_w3"], b3 - now["delta3"][0]
    return found


def printed(name, value):
    """A number as the lab prints it: what is chosen as short as possible, the rest 4 digits."""
    shown = f"{value:.4f}"
    shown = "0.0000" if float(shown) == 0 else shown
    return (f"{float(shown):g}" if name in SHORT else shown).replace("-", "−")


def in_numbers(formula, n):
    """The lines of a formula with the numbers put in, from the numbers `n` by name."""
    s = {name: [printed(name, value) for value in values] for name, values in n.items()}
    x, w, delta, both = s["x"], s["w3"], s["delta3"][0], ((0, "₁"), (1, "₂"))

    def total(weights, inputs, bias):
        terms = f"{weights[0]} × {inputs[0]} + {weights[1]} × {inputs[1]} + {bias}"
        return terms.replace("+ −", "− ")

    bracket = f"({delta})" if delta[0] == "−" else delta
    return {
        0: [f"a⁽¹⁾{i} = x{i} = {x[k]}" for k, i in both],
        1: [f"z⁽²⁾{i} = {total(s['w2'][2 * k :], x, s['b2'][k])} = {s['z2'][k]}" for k, i in both],
        2: [f"a⁽²⁾{i} = σ({s['z2'][k]}) = {s['a2'][k]}" for k, i in both],
        3: [f"z⁽³⁾ = {total(w, s['a2'], s['b3'][0])} = {s['z3'][0]}"],
        4: [
            f"a⁽³⁾ = σ({s['z3'][0]}) = {s['a3'][0]}",
            f"C = ½ ({s['y'][0]} − {s['a3'][0]})² = {s['cost'][0]}",
        ],
        5: [f"δ⁽³⁾ = ({s['a3'][0]} − {s['y'][0]}) × {s['slope3'][0]} = {delta}"],
        6: [f"δ⁽²⁾{i} = {w[k]} × {bracket} × {s['slope2'][k]} = {s['delta2'][k]}" for k, i in both],
        7: [
            *(f"∂C/∂b⁽²⁾{i} = δ⁽²⁾{i} = {s['delta2'][k]}" for k, i in both),
            f"∂C/∂b⁽³⁾ = δ⁽³⁾ = {delta}",
        ],
        8: [f"∂C/∂w⁽³⁾₁{i} = {delta} × {s['a2'][k]} = {s['nabla_w3'][k]}" for k, i in both],
        9: [
            f"∂C/∂w⁽²⁾{j}{k} = {s['delta2'][m]} × {x[n]} = {s['nabla_w2'][2 * m + n]}"
            for m, j in both
            for n, k in both
        ],
    }[formula]


def sentence(formula, taken, n):
    numbers = {name: [printed(name, value) for value in values] for name, values in n.items()}
    told = "" if formula == 0 else "; " + "; ".join(in_numbers(formula, n))
    return (
        f"After {taken} step{'' if taken == 1 else 's'} of gradient descent the output is "
        f"{n['a3'][0]:.4f} and the cost {n['cost'][0]:.4f}. Formula {formula} of 9, "
        f"{PARTS[formula]}: x = ({', '.join(numbers['x'])}), target y = {numbers['y'][0]}{told}."
    )


def sign_color(name, value):
    shown = round(value, 4) if name.startswith(("delta", "nabla")) else 0
    return RED if shown < 0 else BLUE if shown > 0 else BLACK


def check_slots(lab, formula, n):
    """Every number is in its slot, in the color of its sign, and framed where it is new."""
    new = {name for name, first in APPEARS.items() if first == formula and name not in GIVEN}
    for name, texts in lab.slots.items():
        assert {text.get_visible() for text in texts} == {APPEARS[name] <= formula}
        if APPEARS[name] <= formula:
            shown = [(text.get_text(), text.get_color().lower()) for text in texts]
            colors = [sign_color(name, value) for value in n[name]]
            words = [f"{SAID[name]} {printed(name, value)}" for value in n[name]]
            assert shown == list(zip(words, colors, strict=True))
            framed = [bool(box) and box.get_edgecolor()[3] > 0 for box in boxes_of(texts)]
            assert framed == [name in new] * len(texts)


def boxes_of(texts):
    return [text.get_bbox_patch() for text in texts]


def flow(formula, n):
    """What flows at a formula: (name of the weights, whether back, numbers)."""
    w2x = n["w2"] * np.tile(n["x"], 2)
    return {
        1: ("w2", False, w2x), 3: ("w3", False, n["w3"] * n["a2"]),
        6: ("w3", True, n["w3"] * n["delta3"]), 8: ("w3", True, n["nabla_w3"]),
        9: ("w2", True, n["nabla_w2"]),
    }.get(formula, ("w2", False, np.zeros(4)))  # fmt: skip


def check_arrows(lab, formula, first, n):
    name, back, values = flow(formula, n)
    largest = abs(flow(formula, first)[2]).max()
    for side, pairs in lab.arrows.items():
        shown = values if side == name else np.zeros(len(pairs))
        for (shaft, head), value in zip(pairs, shown, strict=True):
            assert shaft.get_visible() == head.get_visible() == (value != 0 and largest > 0)
            if shaft.get_visible():
                width = min(9, max(1, 9 * abs(value) / largest))
                assert shaft.get_linewidth() == pytest.approx(width, rel=1e-6)
                assert shaft.get_edgecolor() == head.get_edgecolor()
                assert color_of(head) == sign_color("delta", value)
                assert (shaft.get_linestyle() == "-") == (value > 0)
        if side == name:
            check_ends(
                [shaft for shaft, _ in pairs if shaft.get_visible()], EDGES[side], shown, back
            )


def check_ends(shafts, edges, values, back):
    """Each arrow begins beside one neuron and ends beside the other."""
    used = [edge for edge, value in zip(edges, values) if value]
    for shaft, edge in zip(shafts, used, strict=True):
        ends = shaft.get_path().vertices[[0, -1]]
        for place, neuron in zip(ends, edge[::-1] if back else edge):
            assert nearest(place, NEURONS) == neuron


def nearest(place, things):
    return min(things, key=lambda name: np.hypot(*np.subtract(things[name], place)))


def check_curve(lab, costs, taken):
    heights = lab.curve.get_ydata()
    floor, ceiling = 0.05, 0.75
    np.testing.assert_allclose((heights - floor) / (ceiling - floor), costs / max(costs))
    assert (np.diff(lab.curve.get_xdata()) > 0).all()
    (x,), (y,) = lab.ball.get_data()
    assert (x, y) == (lab.curve.get_xdata()[taken], heights[taken])


@pytest.mark.parametrize("seed", range(12))
def test_drawing_and_sentence_say_what_is_computed_anew(lab, seed):
    rng = np.random.default_rng(seed)
    fixed = {"formula": seed} if seed < 10 else {}
    settings = set_by_chance(lab, rng, **fixed)
    formula, taken = settings["formula"], settings["taken"]
    way = after_steps(settings)
    n = way[taken]
    check_slots(lab, formula, n)
    check_arrows(lab, formula, way[0], n)
    check_curve(lab, np.array([one["cost"][0] for one in way]), taken)
    assert lab.sentence == sentence(formula, taken, n)
    assert [frame.get_visible() for frame in lab.frames] == [k == formula for k in range(10)]
    lines = lab.lines.get_text().replace("\n      ", " ").replace("\N{NO-BREAK SPACE}", " ")
    assert lines.split("\n") == in_numbers(formula, n)
    assert is_drawn_whole(lab)


def test_there_and_back_is_the_same_picture():
    lab, fresh = BackpropLab(), BackpropLab()
    here = set_by_chance(lab, np.random.default_rng(20))
    set_by_chance(lab, np.random.default_rng(21))
    settle(lab, **here)
    settle(fresh, **here)
    np.testing.assert_array_equal(pixels(lab), pixels(fresh))
    assert lab.sentence == fresh.sentence


def test_frames_stand_around_the_formulas_in_their_order(lab):
    texts = [text for text in lab.picture.axes[1].texts if text.get_text() in FORMULAS]
    assert [text.get_text() for text in texts] == FORMULAS
    for text, frame in zip(texts, lab.frames, strict=True):
        (left, bottom), (x, y) = frame.get_xy(), text.get_position()
        assert left < x < left + frame.get_width()
        assert bottom < y < bottom + frame.get_height()
    words = [text.get_text() for text in lab.picture.axes[1].texts if text.get_text()]
    beside = [(word, words[n + 1]) for n, word in enumerate(words) if word[0] in "12345"]
    wanted = [("1 input", 0), ("2 feedforward", 1), ("3 output error", 5), ("4 backpropagate", 6)]
    assert beside == [(part, FORMULAS[k]) for part, k in [*wanted, ("5 gradient", 7)]]


def distance(place, edge):
    """From a place to the line between two neurons."""
    start, end, place = (np.array(one) for one in (*(NEURONS[name] for name in edge), place))
    along = (end - start) / np.hypot(*(end - start))
    at = np.clip((place - start) @ along, 0, np.hypot(*(end - start)))
    return np.hypot(*(place - start - at * along))


def test_every_number_stands_beside_what_it_belongs_to(lab):
    places = {name: [text.get_position() for text in texts] for name, texts in lab.slots.items()}
    for name, neurons in OF.items():
        assert tuple(nearest(place, NEURONS) for place in places[name]) == neurons
    for name in ("w2", "w3", "nabla_w2", "nabla_w3"):
        edges = EDGES[name[-2:]]
        for place, edge in zip(places[name], edges, strict=True):
            assert min(EDGES["w2"] + EDGES["w3"], key=lambda one: distance(place, one)) == edge


def test_the_layers_are_named_from_left_to_right(lab):
    names = {text.get_text(): text.get_position()[0] for text in lab.picture.axes[0].texts}
    for word, neuron in (("1: input", "x1"), ("2: hidden", "h1"), ("3: output", "out")):
        assert names[f"layer {word}"] == NEURONS[neuron][0]
    assert "cost, 0 to 20 steps" in names


def test_play_goes_through_the_formulas(lab):
    settle(lab, formula=6)
    formula, player, _, taken, take = lab.panel[0].children
    assert (formula, taken) == (lab.controls["formula"], lab.controls["taken"])
    assert (player.min, player.max, player.step, player.value) == (0, 9, 1, 6)
    assert take.description == "Take the step"
    settle(lab, taken=4)
    take.click()
    assert lab.settings["taken"] == lab.state["taken"] == 5


def test_each_control_says_what_it_moves(lab):
    assert controls_of(lab) == {
        "formula": ("formula", 0, 9), "x1": ("input x₁", 0.0, 1.0), "x2": ("input x₂", 0.0, 1.0),
        "y": ("target y", 0.0, 1.0), "w": ("weight w⁽³⁾₁₁", -6.0, 6.0),
        "taken": ("steps taken", 0, 20),
    }  # fmt: skip
