"""What three labs of lesson 01 show at settings by chance, against what is computed anew."""

import re

import numpy as np

from course.lesson01 import DecisionLab, HalfAdderLab, PerceptronLab, figures
from tests.course.lesson01.planes import (
    CORNERS,
    WANTED,
    answer,
    check_bits,
    check_plane,
    marks_of,
    minus,
)
from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    SKY,
    color_of,
    legend_of,
    named,
    numbers_in,
    set_by_chance,
    settle,
    texts_of,
)

# one perceptron


def check_table(ax, z, outputs, wanted):
    """The columns of the table, cell by cell."""
    heads = {words: x for words, (x, y) in texts_of(ax).items() if y == -0.9}
    assert list(heads) == ["x1", "x2", "w·x + b", "output", "wanted", "wrong"]
    assert list(heads.values()) == sorted(heads.values())
    cells = {text.get_position(): text.get_text() for text in ax.texts}
    for row, corner in enumerate(CORNERS):
        shown = [cells[heads[name], row] for name in ("x1", "x2", "w·x + b")]
        assert shown == [str(one) for one in (*corner, z[row])]
    for value in (0, 1):
        here = [(heads["output"], row) for row in range(4) if outputs[row] == value]
        here += [(heads["wanted"], row) for row in range(4) if wanted[row] == value]
        assert marks_of(ax, f"${value}$") == ([(BLACK, sorted(here))] if here else [])
    crosses = [(heads["wrong"], row) for row in range(4) if outputs[row] != wanted[row]]
    assert marks_of(ax, "X") == ([(BLACK, crosses)] if crosses else [])


def check_perceptron(lab):
    w1, w2, b, target = (lab.settings[name] for name in ("w1", "w2", "b", "target"))
    left, right = lab.picture.axes
    outputs = [answer(w1, w2, b, corner) for corner in CORNERS]
    wanted = [WANTED[target](*corner) for corner in CORNERS]
    wrong = [corner for corner, *pair in zip(CORNERS, outputs, wanted) if pair[0] != pair[1]]
    words = check_plane(left, w1, w2, b)
    assert list(texts_of(left)) == [words] * bool(words)
    check_bits(left, outputs)
    rings = [one for one in marks_of(left, "o") if one[0] == BLACK]
    assert rings == ([(BLACK, wrong)] if wrong else [])
    assert named(left) == ([], "x1", "x2")
    check_table(right, [w1 * x1 + w2 * x2 + b for x1, x2 in CORNERS], outputs, wanted)
    count, rest = [text for text in right.texts if text.get_position()[1] > 4]
    assert count.get_text() + rest.get_text() == f"{target}: {len(wrong)} of 4 wrong"
    terms = re.search(r"= (.*): for the inputs 00, 01, 10, 11 the outputs are", lab.sentence)[1]
    assert eval(terms.replace(" x", " * x"), {"x1": 100, "x2": 1}) == 100 * w1 + w2 + b
    said = lab.sentence.split("outputs are")[1]
    assert numbers_in(said) == [*outputs, *wanted, len(wrong), 4]
    assert f"{target} wants" in said


def test_a_perceptron_by_chance():
    lab, rng = PerceptronLab(), np.random.default_rng(0)
    for _ in range(12):
        set_by_chance(lab, rng)
        check_perceptron(lab)
    for b in (-1, 0, 1):
        settle(lab, w1=0, w2=0, b=b)
        check_perceptron(lab)


def test_the_legend_of_the_plane_names_what_is_drawn():
    lab = PerceptronLab(w1=1, w2=1, b=-1, target="XOR")
    found = legend_of(lab.picture.axes[0])
    places = {words: artist.get_xydata().tolist() for words, (artist,) in found.items()}
    assert places == {
        "output 1": [[1, 1]],
        "output 0": [[0, 0], [0, 1], [1, 0]],
        "wrong": [[0, 1], [1, 0], [1, 1]],
    }
    keys = lab.picture.axes[0].get_legend().legend_handles
    assert [color_of(key) for key in keys] == [BLUE, ORANGE, BLACK]
    assert [key.get_marker() for key in keys] == ["o", "s", "o"]


# the half adder

READ = {"x1": (0.6, 5.3), "x2": (0.6, 0.7), "sum": (10.7, 4.4), "carry": (10.7, 3)}  # its words


def check_adder(lab):
    x1, x2 = lab.settings["x1"], lab.settings["x2"]
    n1 = int(not (x1 and x2))
    n2, n3 = int(not (x1 and n1)), int(not (x2 and n1))
    values = {"x1": x1, "x2": x2, "n1": n1, "n2": n2, "n3": n3}
    values |= {"sum": (x1 + x2) % 2, "carry": (x1 + x2) // 2}
    ax = lab.picture.axes
    wires = [line for line in ax.lines if line.get_linestyle() != "None"]
    for (name, value), line in zip(values.items(), _in_order(wires), strict=True):
        look = color_of(line), line.get_linestyle(), line.get_linewidth()
        assert look == ((BLUE, "-", 4.0) if value else (ORANGE, "--", 1.8)), name
    for value in (0, 1):
        shown = [place for _, places in marks_of(ax, f"${value}$") for place in places]
        wanted = [place for name in values if values[name] == value for place in _on_wire(name)]
        assert shown == sorted(wanted)
    words = texts_of(ax)
    assert {name: words[name] for name in READ} == READ
    said = [x1, x2, int(f"{x1 + x2:b}"), values["carry"], values["sum"]]
    assert numbers_in(lab.sentence)[:5] == said
    assert lab.sentence.endswith(f" n1 = {n1}, n2 = {n2}, n3 = {n3}.")


def _in_order(wires):
    """The wires x1, x2, n1, n2, n3, sum, carry, told by where they begin."""
    starts = [(0.7, 5.3), (0.7, 0.7), (3.95, 3), (6.95, 5), (6.95, 1), (9.55, 4.4), (6.95, 3)]
    by_start = {tuple(wire.get_xydata()[0]): wire for wire in wires}
    return [by_start[start] for start in starts]


def _on_wire(name):
    """Where the values of a wire are written; each place lies on the line of the wire."""
    corners, places = figures.WIRES[name].corners, figures.WIRES[name].values
    pairs = list(zip(corners, corners[1:]))
    for x, y in places:
        on = [
            min(a, c) <= x <= max(a, c) and min(b, d) <= y <= max(b, d) for (a, b), (c, d) in pairs
        ]
        assert any(on), f"{(x, y)} is not on {name}"
    return places


def test_the_half_adder_everywhere():
    lab = HalfAdderLab()
    for x1, x2 in CORNERS:
        settle(lab, x1=x1, x2=x2)
        check_adder(lab)


# a decision


def check_decision(lab):
    settings = lab.settings
    x = [int(settings[name]) for name in ("sky", "friend", "morning")]
    w = [settings[name] for name in ("w1", "w2", "w3")]
    threshold, total = settings["threshold"], sum(a * b for a, b in zip(x, w))
    left, right = lab.picture.axes
    output = int(total > threshold)
    check_bits(left, [*x, output], [(0, 2), (0, 1), (0, 0), (2.55, 1)])
    lines = [line for line in left.lines if line.get_linestyle() != "None"]
    rows = {line.get_ydata()[0]: line for line in lines if len(line.get_xdata()) == 2}
    for row, one, weight in zip((2, 1, 0), x, w):
        look = color_of(rows[row]), rows[row].get_linestyle(), rows[row].get_linewidth()
        assert look == ((BLUE, "-") if one else (GREY, "--")) + (1 + weight,)
    words = texts_of(left)
    assert [words[name] for name in REASONS] == [(-0.17, 2), (-0.17, 1), (-0.17, 0)]
    weights = sorted((t for t in left.texts if 0.5 < t.get_position()[0] < 1), key=_height)
    assert [text.get_text() for text in weights] == [str(one) for one in w]
    assert f"above\n{minus(threshold)}?" in words
    assert ("go" in words, "stay" in words) == (bool(output), not output)
    check_sum(right, x, w, threshold)
    verb = "exceeds" if output else "does not exceed"
    assert lab.sentence.startswith("You go" if output else "You stay")
    assert f", which {verb} the threshold" in lab.sentence
    products = [number for pair in zip(w, x) for number in pair]
    assert numbers_in(lab.sentence.replace("·", " ")) == [*products, total, threshold]


REASONS = "sky is clear", "a friend comes", "morning is free"


def _height(text):
    return -text.get_position()[1]


def check_sum(ax, x, w, threshold):
    """Products side by side, the part above the threshold tinted, the verdict in words."""
    region, *bars = ax.patches
    assert (color_of(region), region.get_x()) == (SKY, threshold)
    assert region.get_x() + region.get_width() == ax.get_xlim()[1]
    ends = np.cumsum(np.multiply(x, w))
    seen = [(bar.get_x(), bar.get_width()) for bar in bars if bar.get_visible()]
    parts = [(end - a * b, a * b) for end, a, b in zip(ends, x, w) if a * b]
    assert seen == parts
    assert {color_of(bar) for bar in bars} == {BLUE}
    assert [line.get_xdata()[0] for line in ax.lines] == [threshold]
    numbers = {text.get_position(): text.get_text() for text in ax.texts if text.get_text()}
    verdict = f"{ends[-1]} > {minus(threshold)}?  {'yes' if ends[-1] > threshold else 'no'}"
    written = {(start + width / 2, 0.3): str(width) for start, width in parts}
    assert numbers == written | {(0, 0.84): verdict}
    assert ax.get_xlabel() == "weighted sum"


def test_a_decision_by_chance():
    lab, rng = DecisionLab(), np.random.default_rng(2)
    for _ in range(12):
        set_by_chance(lab, rng)
        check_decision(lab)
    settle(lab, sky=True, friend=False, morning=True, w1=4, w2=1, w3=3, threshold=7)
    check_decision(lab)
