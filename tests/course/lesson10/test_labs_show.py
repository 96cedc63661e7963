"""What the labs of lesson 10 show of digits and numbers, against what is computed anew."""

import numpy as np
import pytest

from course.lesson10 import ClinicLab, CollectLab, NumberLab, StepsLab, clinic, written
from course.live.pad import paper
from nnlib import mnist
from nnlib.handwriting import normalise, read_number, reader
from tests.course.lesson10.tiles import tiles_shown
from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    ORANGE,
    PALE,
    RED,
    bars_of,
    color_of,
    colors_of,
    controls_of,
    curves_of,
    ink,
    is_drawn_whole,
    legend_of,
    pixels,
    set_by_chance,
    settle,
    texts_of,
    ticks_of,
    titles_of,
)

STEPS = ("ink", "crop", "scale", "center")
AMOUNTS = {
    "off center": (0, 2, 4, 6, 10, 14), "too small": (1, 0.8, 0.6, 0.5, 0.4, 0.3),
    "too thin": (0, 0.5, 0.75, 1, 1.25, 1.5), "slanted": (0, 10, 20, 30, 40, 50),
    "light on dark": (0, 25, 45, 50, 75, 100), "cut off": (0, 2, 4, 6, 8, 10),
}  # fmt: skip
HOW = {
    "off center": "moved {} pixels to the right and down", "too small": "{} times their size",
    "too thin": "{} pixels thinner at each edge of a stroke",
    "slanted": "leaning {}° to the right",
    "light on dark": "with gray values {} % of the way to inverted",
    "cut off": "with their lowest {} rows beyond the edge of the sheet",
}  # fmt: skip


# the clinic


@pytest.fixture(scope="module")
def digits():
    return mnist.load("mini").test.first(40)


@pytest.fixture(scope="module")
def clinic_lab(digits):
    return ClinicLab(digits)


def read(sheets, without):
    """What the network sees of each sheet, and what it answers, -1 for an empty one."""
    seen = np.array([clinic.prepared(sheet, without) for sheet in sheets])
    answers = reader().feedforward(seen.reshape(-1, 784).T).argmax(axis=0)
    empty = [not clinic.steps(sheet).ink.any() for sheet in sheets]
    return seen, np.where(empty, -1, answers)


def check_accuracies(ax, shares):
    """shares: of all steps, and of some left out or None; each as they are and with the fault."""
    legend = legend_of(ax)
    for (words, bars), color, pair in zip(legend.items(), (BLUE, ORANGE), shares, strict=True):
        assert words == {BLUE: "all steps", ORANGE: "some left out"}[color]
        heights = [height for _, height, _ in bars_of(bars)]
        assert heights == pytest.approx([100 * share for share in pair or (0, 0)])
        assert {color_of(bar) for bar in bars} == {color}
        told = texts_of(ax).items()
        for bar, share in zip(bars, pair or ()):
            middle = bar.get_x() + bar.get_width() / 2
            near = [word for word, (x, _) in told if x == middle]
            assert f"{100 * share:.1f}" in near or len(set(pair)) < 2
    assert ticks_of(ax.xaxis) == {0.0: "as they\nare", 1.0: "with the\nfault"}
    assert titles_of(ax) == ["read right (%)"]


def clinic_sentence(fault, amount, without, shares):
    words = HOW[fault].format(f"{amount:g}")
    before, after = shares[0]
    said = (
        f"Digits {words}: {100 * after:.1f} % of 40 digits are read right, as they are "
        f"{100 * before:.1f} %"
    )
    if without:
        before, after = shares[1]
        left_out = " and ".join(without)
        said += f"; without {left_out} {100 * after:.1f} %, as they are {100 * before:.1f} %"
    return f"{said}."


@pytest.mark.parametrize("seed", range(10))
def test_digits_with_a_fault(clinic_lab, digits, seed):
    fixed = {"fault": list(AMOUNTS)[seed % 6]} | ({"ink": False} if seed % 3 else {})
    settings = set_by_chance(clinic_lab, np.random.default_rng(seed), **fixed)
    without = tuple(step for step in STEPS if settings[step])
    fault, amount = settings["fault"], AMOUNTS[settings["fault"]][settings["how_much"]]
    healthy, ill = (
        [clinic.treated(*case, one) for one in digits.images]
        for case in ((None, 0), (fault, amount))
    )
    shares = [
        [np.mean(read(sheets, steps)[1] == digits.labels) for sheets in (healthy, ill)]
        for steps in ((), without)
    ]
    shares[1] = shares[1] if without else None
    seen, answers = read(ill[:8], without)
    for (shown, color, (word, _)), sheet in zip(tiles_shown(clinic_lab._sheets), ill[:8]):
        np.testing.assert_allclose(shown, 1 - sheet, atol=0.005)
        assert (color, word) == (PALE, "")
    found = tiles_shown(clinic_lab._seen)
    for (shown, color, word), image, answer, label in zip(found, seen, answers, digits.labels):
        np.testing.assert_allclose(shown, image, atol=0.005)
        said, right = "empty" if answer < 0 else str(answer), answer == label
        assert (color, word) == ((PALE, (said, BLACK)) if right else (RED, (f"{said} ✗", RED)))
    check_accuracies(clinic_lab.picture.figure.axes[-1], shares)
    assert clinic_lab.sentence == clinic_sentence(fault, amount, without, shares)
    assert is_drawn_whole(clinic_lab)


def test_the_words_of_the_clinic(clinic_lab):
    titles = [titles_of(ax) for ax in clinic_lab.picture.figure.axes]
    assert titles[:2] == [["the sheets"], ["what the network sees, and what it answers"]]
    assert controls_of(clinic_lab) == {
        "fault": ("fault", "off center", "cut off"), "how_much": ("how much", 0, 5),
        **{step: (step, False, True) for step in STEPS},
    }  # fmt: skip


def test_the_clinic_there_and_back_is_the_same_picture(clinic_lab, digits):
    fresh = ClinicLab(digits)
    for values in ({"fault": "slanted", "crop": True}, {"fault": "cut off", "crop": False}):
        settle(clinic_lab, how_much=4, ink=False, scale=False, center=False, **values)
    settle(fresh, how_much=4, fault="cut off")
    np.testing.assert_array_equal(pixels(clinic_lab), pixels(fresh))


# a digit on the pad


@pytest.fixture(scope="module")
def steps_lab():
    return StepsLab(written.DIGIT_7)


def check_outputs(ax, outputs):
    """Blue is what is read, orange the next, both with words over them."""
    second, best = np.argsort(outputs)[-2:]
    colors = [PALE] * 10
    colors[second], colors[best] = ORANGE, BLUE if outputs[best] > 0.5 else PALE
    shown = bars_of(ax.patches)
    assert [color for *_, color in shown] == colors
    assert [round(x, 9) for x, *_ in shown] == list(range(10))
    np.testing.assert_allclose([height for _, height, _ in shown], outputs, rtol=1e-5)
    texts = texts_of(ax)
    assert texts.pop("0.5")[1] == pytest.approx(0.52)
    assert texts == {
        f"{outputs[best]:.2f}": (best, pytest.approx(outputs[best] + 0.02)),
        "next": (second, pytest.approx(outputs[second] + 0.02)),
    }
    assert [points[0, 1] for _, _, points in curves_of(ax)] == [0.5]
    assert titles_of(ax) == ["outputs"]
    assert ticks_of(ax.xaxis) == {float(digit): str(digit) for digit in range(10)}


def steps_sentence(outputs, without):
    second, best = np.argsort(outputs)[-2:]
    left_out = f" Left out: {', '.join(without)}." if without else ""
    then = f"next {second} ({outputs[second]:.2f})."
    if outputs[best] < 0.5:
        return (
            f"None of these: no output is above 0.5. The highest is {best} "
            f"({outputs[best]:.2f}), {then}{left_out}"
        )
    return f"Read as {best} (output {outputs[best]:.2f}); {then}{left_out}"


@pytest.mark.parametrize("seed", range(10))
def test_steps_hidden_neurons_and_outputs(steps_lab, seed):
    rng = np.random.default_rng(seed)
    name = list(written.STYLES)[seed]
    strokes = written.number([name], (50 + seed, 40), 100 + 4 * seed)
    steps_lab.pad.strokes = strokes
    settings = set_by_chance(steps_lab, rng)
    without = tuple(step for step in STEPS if settings[step])
    sheet = np.array(paper.draw(strokes, (224, 224), 14))
    made = clinic.steps(sheet, without)
    shown = steps_lab.picture.figure.axes
    titles = ["page", "ink", "cropped", "scaled", "centered", "hidden neurons (dark: fires)"]
    assert [titles_of(ax) for ax in shown[:6]] == [[title] for title in titles]
    for ax, title in zip(shown[:5], titles):
        picture = getattr(made, title)
        dark = 1 - picture if title == "page" else picture
        np.testing.assert_allclose(ink(ax.images[0]), dark, atol=0.005)
    hidden = reader().weights[0] @ made.centered.ravel() + reader().biases[0].ravel()
    fires = 1 / (1 + np.exp(-hidden.astype(float)))
    np.testing.assert_allclose(ink(shown[5].images[0]), fires.reshape(10, 25), atol=0.005)
    outputs = reader().feedforward(made.centered.reshape(784, 1)).ravel()
    check_outputs(shown[6], outputs)
    assert steps_lab.sentence == steps_sentence(outputs, without)
    assert is_drawn_whole(steps_lab)


def test_pictures_of_steps_are_drawn_to_scale(steps_lab):
    """The last two have the same pixels, 28 to a side; the others are as large as they fit."""
    steps_lab.pad.strokes = written.DIGIT_7
    settle(steps_lab, **dict.fromkeys(STEPS, False))
    for ax, name in zip(
        steps_lab.picture.figure.axes, ("page", "ink", "cropped", "scaled", "centered")
    ):
        height, width = steps_lab.state[name].shape
        left, right, bottom, top = ax.images[0].get_extent()
        side = 28 if name in ("scaled", "centered") else max(height, width)
        assert (right - left, top - bottom) == pytest.approx(
            (width / side / 1.04, height / side / 1.04)
        )
    assert controls_of(steps_lab) == {step: (step, False, True) for step in STEPS}


# a number on the pad


@pytest.fixture(scope="module")
def number_lab():
    return NumberLab(written.NUMBER_504192)


def on_sheet(image, points):
    """Places (x, y) of an Axes in rows and columns of the picture that lies there."""
    left, right, bottom, top = image.get_extent()
    height, width = image.get_array().shape
    x, y = np.transpose(points)
    return np.transpose([(y - top) / (bottom - top) * height, (x - left) / (right - left) * width])


@pytest.mark.parametrize("gap", [26, 12, 0, -8])
def test_a_number_with_its_cuts_boxes_and_pieces(number_lab, gap):
    number_lab.pad.strokes = strokes = written.number("504192", (40, 35), gap=gap)
    reading = read_number(np.array(paper.draw(strokes, (760, 190), 12)))
    image, boxes, cuts, used = number_lab._sheet.artists[:4]
    rows, columns = np.flatnonzero(reading.ink.any(axis=1)), np.flatnonzero(reading.ink.any(axis=0))
    shown = ink(image)
    inside = np.flatnonzero(shown.any(axis=1))[0], np.flatnonzero(shown.any(axis=0))[0]
    off = np.array([rows[0] - inside[0], columns[0] - inside[1]])
    np.testing.assert_allclose(shown.sum(), reading.ink.sum(), rtol=0.01)
    assert [colors_of(lines)[0] for lines in (boxes, cuts)] == [BLUE, ORANGE]
    for box, segment in zip(reading.boxes, boxes.get_segments(), strict=True):
        corners = on_sheet(image, segment) + off
        ends = *corners.min(axis=0), *corners.max(axis=0)
        assert ends == pytest.approx(box, abs=0.01)
    for lines, several, color in ((cuts, reading.cuts, ORANGE), (used, reading.used, RED)):
        for cut, segment in zip(several, lines.get_segments(), strict=True):
            ends = on_sheet(image, segment) + off - 0.5
            np.testing.assert_allclose(ends, [cut.top, cut.bottom], atol=0.01)
        assert set(colors_of(lines)) <= {color}
    assert used.get_linewidths()[0] > 2 * cuts.get_linewidths()[0]
    check_words(number_lab._sheet.artists[4:], reading, image, off)
    check_pieces(number_lab, reading)
    assert number_lab.sentence == number_sentence(reading)
    assert is_drawn_whole(number_lab)


def check_words(texts, reading, image, off):
    """Under the middle of each box its digit, and how sure it is."""
    words = [text for text in texts if text.get_text()]
    found = zip(words, reading.text, reading.confidences, reading.boxes, strict=True)
    for text, digit, sure, box in found:
        assert text.get_text() == f"{digit}\n{sure:.2f}"
        (_, column), *_ = on_sheet(image, [text.get_position()]) + off
        assert column == pytest.approx((box[1] + box[3]) / 2, abs=0.01)


def check_pieces(lab, reading):
    """Each picture, its digit and its score; blue is what won."""
    won = {(piece.start, piece.stop) for piece in reading.path}
    found = tiles_shown(lab._tiles)
    for (shown, color, (word, _)), piece in zip(found, lab.state["shown"], strict=True):
        (tried,) = [
            one for one in reading.pieces if (one.start, one.stop) == (piece.start, piece.stop)
        ]
        np.testing.assert_allclose(shown, tried.image, atol=0.005)
        assert color == (BLUE if (tried.start, tried.stop) in won else PALE)
        digit, score = word.replace("−", "-").split(": ")
        assert digit == str(tried.digit)
        assert float(score) == pytest.approx(tried.score, abs=0.051 if tried.score > -9.9 else 0.51)
    assert won <= {(piece.start, piece.stop) for piece in lab.state["shown"]}


def number_sentence(reading):
    k = int(np.argmin(reading.confidences))
    second, output = reading.runners_up[k]
    pieces, cuts = len(reading.pieces), len(reading.cuts)
    return (
        f"Read as {reading.text}; least sure of {reading.text[k]} ({reading.confidences[k]:.2f}, "
        f"next {second}: {output:.2f}). {pieces} piece{'s' * (pieces != 1)} tried, {cuts} trial "
        f"cut{'s' * (cuts != 1)}. {reading.note}".rstrip()
    )


def test_the_titles_over_a_number(number_lab):
    assert [titles_of(ax) for ax in number_lab.picture.figure.axes] == [
        ["ink, boxes of the digits, trial cuts (thick: used)"],
        ["pieces tried, from left to right, with digit and score (blue: the winning path)"],
    ]


# a collection


def test_what_a_class_has_written(tmp_path):
    lab = CollectLab(tmp_path / "mine.npz")
    names = ["7", "4, open", "0", "7", "2", "9"]
    labels = [7, 4, 0, 1, 2, 9]
    sheets = [
        np.array(paper.draw(written.number([name], (60, 40), 140), (224, 224), 14))
        for name in names
    ]
    for sheet, label in zip(sheets, labels):
        lab.collection.add(sheet, label)
    lab.on_change()
    images = lab.collection.images
    answers = reader().feedforward(images.T).argmax(axis=0)
    right = [digit for digit, label in zip(answers, labels) if digit == label]
    check_counts(
        lab.picture.axes[0], np.bincount(labels, minlength=10), np.bincount(right, minlength=10)
    )
    for (shown, color, word), image, sheet, answer, label in zip(
        tiles_shown(lab._tiles), images, sheets, answers, labels, strict=True
    ):
        np.testing.assert_allclose(shown, image.reshape(28, 28), atol=0.005)
        assert abs(shown.sum() - normalise(sheet).sum()) < 0.1 * shown.sum()
        assert (color, word) == (
            (PALE, (str(answer), BLACK)) if answer == label else (RED, (f"{answer} ✗", RED))
        )
    assert lab.sentence == (
        f"Write a digit, choose which it is, and keep it. 6 kept, {len(right)} of them read right "
        f"({100 * len(right) / 6:.1f} %)."
    )
    assert is_drawn_whole(lab)


def check_counts(ax, kept, right):
    """A pale bar for all of a digit, a blue one before it for those read right, the number over."""
    shown = bars_of(ax.patches)
    assert [(round(x, 9), height, color) for x, height, color in shown] == [
        *((digit, count, PALE) for digit, count in enumerate(kept)),
        *((digit, count, BLUE) for digit, count in enumerate(right)),
    ]
    told = {text.get_position(): text.get_text() for text in ax.texts}
    assert told == {(digit, count): str(count) for digit, count in enumerate(kept)}
    assert titles_of(ax) == ["how many are kept (blue: read right)"]
    assert ticks_of(ax.xaxis) == {float(digit): str(digit) for digit in range(10)}
