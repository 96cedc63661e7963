"""What FogLab and ReadingLab show at settings by chance, against what is computed anew."""

import numpy as np
import pytest

from course.lesson04 import FogLab, ReadingLab, hikes
from tests.course.lesson04.descents import check_map, check_path
from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    RED,
    color_of,
    curves_of,
    ink,
    look_of,
    named,
    numbers_in,
    scaled,
    set_by_chance,
    settle,
)

# the fog


def walked(hike, etas):
    """(points, etas taken, how it ended) of a walk, step by step."""
    points, taken = [np.array(hike.start)], []
    for eta in etas:
        if ended(hike, points):
            break
        points.append(points[-1] - eta * hike.gradient(points[-1]))
        taken.append(eta)
    return points, taken, ended(hike, points)


def ended(hike, points):
    if max(abs(points[-1])) > 1.5:
        return "leaves"
    if slope_at(hike, points[-1]) <= 0.05:
        return "rests"
    return "tires" if len(points) > 30 else ""


def slope_at(hike, v):
    return float(np.hypot(*hike.gradient(v)))


def lowest_sooner(hike):
    """(steps, eta) of the shortest walk with one eta that rests at the lowest place."""
    found = []
    for eta in (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0):
        points, taken, end = walked(hike, [eta] * 30)
        if end == "rests" and hike.cost(points[-1]) < hike.lowest + 0.02:
            found.append((len(taken), eta, points))
    return min(found, key=lambda one: one[0])


def dashed(ax):
    """The blue dashed lines of an Axes that can be seen."""
    return [one for one in ax.lines if look_of(one) == (BLUE, True, "s") and one.get_visible()]


def check_fog(lab):
    hike, eta = hikes.HIKES[lab.settings["hike"]], lab.settings["eta"]
    points, taken, end = walked(hike, lab.settings["etas"])
    costs = [float(hike.cost(v)) for v in points]
    fog = not end and not lab.settings["lifted"]
    left, right = lab.picture.axes
    check_map(left, lambda a, b: hike.cost(np.array([a, b])), room=0.05)
    check_path(left, points)
    check_path(right, list(enumerate(costs)))
    assert named(right) == ([], "step", "cost")
    assert scaled(right) == ("linear", "linear", (-0.9, 30.9), (-1.18, 2.78))
    (sheet,) = left.patches
    assert (sheet.get_visible(), sheet.get_zorder()) == (fog, 8)
    slope = slope_at(hike, points[-1])
    title = f"step {len(taken)}: slope {slope:.2f} here" if fog else "the fog lifts"
    assert named(left)[0] == [title]
    after = points[-1] - eta * hike.gradient(points[-1])
    way = [xy for color, mark, xy in curves_of(left) if (color, mark) == (BLACK, "D")]
    assert len(way) == fog
    if fog:
        np.testing.assert_allclose(way[0], [points[-1], after])
        check_felt(lab.sentence, eta, taken, costs, slope)
        assert not dashed(left) + dashed(right)
        assert not right.get_legend().get_visible()
    else:
        check_lifted(lab, hike, (points, taken, end, costs, slope))


def check_felt(sentence, eta, taken, costs, slope):
    """What the walker feels, before the fog lifts."""
    felt = [*costs[-2:]] if taken else []
    said = [*felt, slope, 0.05, eta, eta * slope]
    assert numbers_in(sentence) == pytest.approx(said, abs=0.0051)
    assert ("did not lower" in sentence) == (len(taken) > 0 and costs[-1] >= costs[-2])
    assert ("The last step" in sentence) == bool(taken)


def check_lifted(lab, hike, walk):
    """The best walk with one eta is dashed, and the sentence tells how it ended."""
    points, taken, end, costs, slope = walk
    left, right = lab.picture.axes
    steps, eta, way = lowest_sooner(hike)
    np.testing.assert_allclose(dashed(left)[0].get_xydata(), way)
    best = [(k, hike.cost(v)) for k, v in enumerate(way)]
    np.testing.assert_allclose(dashed(right)[0].get_xydata(), best)
    legend = right.get_legend()
    assert legend.get_visible()
    looks = {t.get_text(): look_of(k) for t, k in zip(legend.get_texts(), legend.legend_handles)}
    assert looks == {"your walk": (RED, False, None), "best with one eta": (BLUE, True, "s")}
    count = f"{len(taken)} step" + "s" * (len(taken) != 1)
    low = costs[-1] < hike.lowest + 0.02
    sooner = ", sooner than with any one eta of the slider" if len(taken) < steps else ""
    begin = {
        ("rests", True): f"You rest at the lowest place after {count}{sooner}; its cost is "
        f"{hike.lowest:.2f}.",
        ("rests", False): f"You rest after {count}, cost {costs[-1]:.2f}; the lowest place has "
        f"{hike.lowest:.2f}.",
        ("leaves", low): f"Step {len(taken)}, with eta {(taken or [0])[-1]:g}, led off the map.",
        ("tires", low): f"After {count} you are tired; the slope is still {slope:.2f}.",
        ("", low): f"You lifted the fog after {count}.",
    }[end, low]
    assert lab.sentence.startswith(f"{begin} It was {hike.kind}. ")
    assert f"takes at least {steps} steps to the lowest place, with eta {eta:g};" in lab.sentence
    assert lab.sentence.endswith(hike.lesson)


@pytest.mark.parametrize("hike", ["hike 1", "hike 2", "hike 3", "hike 4"])
def test_a_walk_by_chance(hike):
    lab, rng = FogLab(), np.random.default_rng(int(hike[-1]))
    etas = [value for _, value in lab.controls["eta"].options]
    lab.controls["hike"].value = hike
    for steps, lifted in ((0, False), (1, False), (3, False), (2, True), (1, True), (30, False)):
        walk = tuple(etas[k] for k in rng.integers(0, 8, steps))
        set_by_chance(lab, rng, hike=hike, etas=walk, lifted=lifted)
        check_fog(lab)
    settle(lab, etas=(5.0,), lifted=False)
    check_fog(lab)
    settle(lab, etas=hikes.HIKES[hike].shortest)
    check_fog(lab)


def test_the_lowest_place_is_the_lowest_of_the_map():
    for hike in hikes.HIKES.values():
        _, costs = hike.grid(301)
        assert costs.min() == pytest.approx(hike.lowest, abs=2e-3)


# what a network reads


def read(steps=6, shown=43):
    """Outputs (steps + 1, 10, shown) that get better, images and labels."""
    rng = np.random.default_rng(5)
    labels, images = rng.integers(0, 10, shown), rng.random((shown, 784))
    wanted, shares = np.eye(10)[labels].T, np.linspace(0, 1, steps + 1)
    outputs = [(1 - share) * rng.random((10, shown)) + share * wanted for share in shares]
    return np.array(outputs), images, labels


def check_reading(lab, outputs, images, labels):
    step, n = lab.settings["step"], len(labels)
    digits, right, cost = lab.picture.axes
    answers = [[int(np.argmax(a[:, k])) for k in range(n)] for a in outputs[: step + 1]]
    for image, picture in zip(images, digits.images):
        np.testing.assert_allclose(ink(picture), image.reshape(28, 28), atol=0.004)
    for k, (picture, text) in enumerate(zip(digits.images, digits.texts, strict=True)):
        good = answers[-1][k] == labels[k]
        assert text.get_text() == f"{answers[-1][k]} {'✓' if good else '✗'}"
        assert text.get_color().lower() == (BLUE if good else RED)
        left, end, foot, _ = picture.get_extent()
        assert left < text.get_position()[0] < end
        assert foot < text.get_position()[1] < foot + 13  # under its own image
    counts = [sum(a == b for a, b in zip(row, labels)) for row in answers]
    costs = [
        sum((a[d, k] - (d == labels[k])) ** 2 for d in range(10) for k in range(n)) / (2 * n)
        for a in outputs[: step + 1]
    ]
    curves = (right, BLUE, counts, f"right of {n}"), (cost, RED, costs, "cost")
    for ax, color, values, name in curves:
        (line, end) = ax.lines
        np.testing.assert_allclose(line.get_xydata(), list(enumerate(values)))
        np.testing.assert_allclose(end.get_xydata(), [(step, values[-1])])
        assert [color_of(line), color_of(end)] == [color, color]
        assert named(ax) == ([], "step", name)
    best = sum(a == b for a, b in zip(answers[-1][:40], labels))
    assert numbers_in(lab.sentence) == pytest.approx(
        [step, counts[-1], n, best, 40, costs[-1]], abs=6e-4
    )


def test_what_is_read_step_by_step():
    outputs, images, labels = read()
    lab = ReadingLab(outputs, images, labels)
    for step in (0, 1, 3, 6, 2):
        settle(lab, step=step)
        check_reading(lab, outputs, images, labels)
