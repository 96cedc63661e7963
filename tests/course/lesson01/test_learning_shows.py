"""What LearnLab and XorLab show at settings by chance, against what is computed anew."""

import re
from itertools import product

import numpy as np
import pytest
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from course.lesson01 import LearnLab, XorLab
from tests.course.lesson01.planes import (
    CORNERS,
    WANTED,
    answer,
    check_bits,
    check_plane,
    lines_of,
    marks_of,
    minus,
)
from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    ORANGE,
    RED,
    SKY,
    WHITE,
    YELLOW,
    color_of,
    legend_of,
    named,
    numbers_in,
    set_by_chance,
    settle,
    texts_of,
    ticks_of,
)

# Rosenblatt's rule


def learned(target, examples):
    """[(w1, w2, b), ...] from the start on, and [(corner, output, error), ...], by hand."""
    now, looked = [(0, 0, 0)], []
    for number in range(examples):
        corner, (w1, w2, b) = CORNERS[number % 4], now[-1]
        output = answer(w1, w2, b, corner)
        error = WANTED[target](*corner) - output
        looked.append((corner, output, error))
        now.append((w1 + error * corner[0], w2 + error * corner[1], b + error))
    return now, looked


def happened(looked):
    """What is said of the last example."""
    if not looked:
        return "Weights and bias are 0: press Learn"
    (x1, x2), output, error = looked[-1]
    if not error:
        return f"({x1}, {x2}): output {output} is right, nothing changes"
    way = "add x to w, 1 to b" if error == 1 else "take x from w, 1 from b"
    return f"({x1}, {x2}): output {output}, wanted {output + error}: {way}"


def verdict_of(now, looked):
    if len(looked) < 4 or now[-1] != now[-5]:
        return ""
    changed = any(error for *_, error in looked[-4:])
    return "same as four examples ago" if changed else "settled: all four are right"


def check_learning(lab):
    target, examples = lab.settings["target"], lab.settings["examples"]
    now, looked = learned(target, examples)
    left, right = lab.picture.axes
    outputs = [answer(*now[-1], corner) for corner in CORNERS]
    wrong = [c for c, output in zip(CORNERS, outputs) if output != WANTED[target](*c)]
    check_plane(left, *now[-1])
    check_bits(left, outputs)
    rings = [one for one in marks_of(left, "o") if one[0] == BLACK]
    assert rings == ([(BLACK, wrong)] if wrong else [])
    before = next(line for line in left.lines if line.get_linestyle() == "--").get_xydata()
    w1, w2, b = now[-2] if looked and looked[-1][2] else now[-1]
    assert len(before) == (2 if w1 or w2 else 0)
    assert before @ [w1, w2] + b == pytest.approx(0, abs=1e-9)
    frames = [one for one in marks_of(left, "s") if one[0] == BLACK]
    assert frames == [(BLACK, [corner]) for corner, *_ in looked[-1:]]
    check_passes(right, looked)
    w1, w2, b = map(minus, now[-1])
    words = [happened(looked), f"w = ({w1}, {w2}), b = {b}", verdict_of(now, looked)]
    assert list(texts_of(right)) == [one for one in words if one]
    where = f"example {(examples - 1) % 4 + 1} of pass {(examples - 1) // 4 + 1}"
    where = where if examples else "before the first example"
    end = f"; {words[2]}" if words[2] else ""
    assert lab.sentence == (
        f"{target}, {where}. {words[0]}. Now {words[1]}, {len(wrong)} of 4 wrong{end}."
    )


def check_passes(ax, looked):
    places = [(number // 4 + 1, number % 4) for number in range(len(looked))]
    right = [place for place, (*_, error) in zip(places, looked) if not error]
    mistakes = [place for place, (*_, error) in zip(places, looked) if error]
    found = legend_of(ax)
    shown = {words: artist.get_xydata().tolist() for words, (artist,) in found.items()}
    assert shown == {
        "right": [list(place) for place in right],
        "mistake": [list(place) for place in mistakes],
        "last example": [list(place) for place in places[-1:]],
    }
    assert [color_of(one) for (one,) in found.values()] == [BLUE, RED, BLACK]
    assert ticks_of(ax.yaxis) == {row: f"({x1}, {x2})" for row, (x1, x2) in enumerate(CORNERS)}
    assert ax.yaxis_inverted()
    assert named(ax) == ([], "pass", "")


def test_learning_by_chance():
    lab, rng = LearnLab(), np.random.default_rng(3)
    for _ in range(12):
        set_by_chance(lab, rng)
        check_learning(lab)
    for target, examples in (("OR", 0), ("XOR", 12), ("AND", 25), ("OR", 16), ("NAND", 3)):
        settle(lab, target=target, examples=examples)
        check_learning(lab)


# XOR of two lines


def separable(places):
    """Whether a line of the sliders gives XOR of the corners at these places."""
    return any(
        all(answer(w1, w2, b, place) == (n in (1, 2)) for n, place in enumerate(places))
        for w1, w2, b in product((-2, 0, 2), (-2, 0, 2), (-3, -1, 1, 3))
    )


def check_xor(lab):
    w11, w12, b1, w21, w22, b2 = lab.settings.values()
    left, right = lab.picture.axes
    hidden = [(answer(w11, w12, b1, c), answer(w21, w22, b2, c)) for c in CORNERS]
    lines = ((w11, w12, b1), SKY), ((w21, w22, b2), YELLOW)
    words = [check_plane(_Part(left, n), *line, color) for n, (line, color) in enumerate(lines)]
    assert list(texts_of(left)) == [f"h{n + 1}: {one}" for n, one in enumerate(words) if one]
    assert named(left) == ([], "x1", "x2")
    assert named(right) == (["what the third perceptron sees"], "h1", "h2")
    for corner, place in zip(CORNERS, hidden):
        check_corner(left, corner, corner, 0)
        check_corner(right, corner, place, 0.32)
    said = re.findall(r"h\d is ([\d, ]+\d)", lab.sentence)
    assert said == [", ".join(map(str, column)) for column in zip(*hidden)]
    check_third(lab, right, hidden)


def check_corner(ax, corner, place, room):
    """The mark of a corner, blue and round where XOR is 1, and its digits are at a place."""
    x1, x2 = corner
    look = (BLUE, "o") if WANTED["XOR"](x1, x2) else (ORANGE, "s")
    ((_, (at,)),) = marks_of(ax, f"${x1}{x2}$")
    assert at == pytest.approx(place, abs=room)
    assert at in [one for color, places in marks_of(ax, look[1]) for one in places]
    assert look[0] in [color for color, places in marks_of(ax, look[1]) if at in places]


def check_third(lab, ax, hidden):
    """The line that parts them, if there is one, or the reason why not."""
    possible = separable(hidden)
    assert lab.sentence.startswith("One line parts" if possible else "No line parts")
    assert list(texts_of(ax)) == ([] if possible else ["no line parts them"])
    if not possible:
        check_why(lab.sentence, hidden)
        return
    told = lab.sentence.split(": ")[1].split(" = 0 ")[0].replace(" h1", "").replace(" h2", "")
    *v, c = numbers_in(told.replace("\N{MINUS SIGN} ", "\N{MINUS SIGN}"))
    assert check_plane(ax, *v, c) == ""
    assert [answer(*v, c, place) for place in hidden] == [0, 1, 1, 0]
    assert "= 0 gives XOR." in lab.sentence


def check_why(sentence, hidden):
    """Two corners in one place, one of which XOR wants and one it does not; or none are."""
    alike = [
        {CORNERS[a], CORNERS[b]}
        for a, b in product((1, 2), (0, 3))  # XOR is 1 of the first, 0 of the others
        if hidden[a] == hidden[b]
    ]
    pair = re.search(r"\((\d), (\d)\) and \((\d), (\d)\) lie in one place", sentence)
    assert bool(pair) == bool(alike)
    if pair:
        bits = list(map(int, pair.groups()))
        assert {tuple(bits[:2]), tuple(bits[2:])} in alike
    assert ("all four corners still lie apart" in sentence) == (not pair)


class _Part:
    """One of the two boundaries on the plane of the inputs, as an Axes of its own."""

    def __init__(self, ax, number):
        self.patches, self.lines = ax.patches[number:], lines_of(ax)[number:]


SOLVED = (2, 2, -1, -2, -2, 3), (-1, -1, 2, 3, 2, -1), (-2, 2, -1, 2, -2, -1)
APART = (1, 0, 0, 0, 1, 0), (0, 0, 1, 0, 0, -1), (1, 1, 5, 1, 1, -5)


def test_two_lines_by_chance():
    lab, rng = XorLab(), np.random.default_rng(4)
    for _ in range(8):
        set_by_chance(lab, rng)
        check_xor(lab)
    for setting in SOLVED + APART:
        settle(lab, **dict(zip(lab.controls, setting)))
        check_xor(lab)


def test_the_legend_names_the_two_lines():
    ax = XorLab().picture.axes[0]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["h1 is 1", "h2 is 1"]
    keys = ax.get_legend().findobj(Patch), ax.get_legend().findobj(Line2D)
    assert [color_of(key) for key in keys[0] if color_of(key) != WHITE] == [SKY, YELLOW]
    assert [key.get_linestyle() for key in keys[1]] == ["-", "--"]
    assert [color_of(one) for one in ax.patches] == [SKY, YELLOW]
    assert [line.get_linestyle() for line in lines_of(ax)] == ["-", "--"]
