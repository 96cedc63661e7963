"""What the drawings of lesson 07 put on the axes: baselines, the ledger, dead networks."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from course.lesson07 import figures
from course.lesson07.lab import LiveCurve
from course.measured.tables import from_rows
from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    RED,
    SKY,
    color_of,
    curves_of,
    legend_of,
    named,
    scaled,
    signed,
    texts_of,
    ticks_of,
    tint,
    titles_of,
)


def test_accuracy_bars_go_from_top_to_bottom_with_their_numbers():
    _, ax = figures.figure()
    bars = figures.accuracy_bars(ax, ["guessing", "net"], [0.1, 0.954], marked=["net"])
    assert [round(bar.get_width(), 9) for bar in bars] == [10, 95.4]
    assert [text.get_text() for text in ax.texts] == ["10.0", "95.4"]
    assert [text.get_fontweight() for text in ax.texts] == ["normal", "bold"]
    assert to_hex(bars[0].get_facecolor()) != to_hex(bars[1].get_facecolor())
    assert [label.get_text() for label in ax.get_yticklabels()] == ["guessing", "net"]
    assert ax.yaxis_inverted()


def test_ledger_chart_tells_lost_digits_from_kept_ones():
    _, ax = figures.figure()
    runs, lost = [[95, 86], [92.0]], [[False, True], [False]]
    kept_line, lost_line, values = figures.ledger_chart(ax, ["a", "b"], runs, lost, [[83.97], []])
    assert kept_line.get_xydata().tolist() == [[95, 0], [92, 1]]
    assert lost_line.get_xydata().tolist() == [[86, 0]]
    assert values.get_xydata().tolist() == [[83.97, 0]]
    assert len({line.get_marker() for line in (kept_line, lost_line, values)}) == 3
    assert ax.get_ylim() == (1.5, -0.5)


def test_ledger_chart_without_published_values():
    _, ax = figures.figure()
    *_, values = figures.ledger_chart(ax, ["a"], [[50]], [[False]], [[]])
    assert values.get_xydata().shape == (0, 2)


def test_answer_table_writes_100_only_for_all():
    _, ax = figures.figure()
    shares = np.zeros((3, 10))
    shares[0, 4] = 1
    shares[1, [2, 9]] = 0.9999, 0.0001
    shares[2, [1, 8]] = 0.5
    image = figures.answer_table(ax, ["one", "two", "three"], shares)
    assert np.array_equal(image.get_array(), shares)
    assert [text.get_text() for text in ax.texts] == ["100 %", "99 %"]
    assert ax.texts[0].get_position() == (4, 0)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["one", "two", "three"]


def test_weight_pictures_are_numbered_and_tell_speckle_from_patches():
    speckle = np.random.default_rng(0).standard_normal((30, 784))
    fig, sentence = figures.weight_pictures(speckle, "Thirty neurons")
    assert [ax.get_title() for ax in fig.axes] == [str(number) for number in range(30)]
    assert sentence.startswith("Thirty neurons, as pictures")
    assert "random speckle" in sentence
    smooth = np.repeat(speckle[:, :196], 4, axis=1)
    assert "patches" in figures.weight_pictures(smooth, "Thirty neurons")[1]


def test_likeness_of_neighbors_is_small_for_speckle_and_large_for_bars():
    speckle = np.random.default_rng(0).standard_normal((30, 784))
    assert abs(figures.likeness_of_neighbors(speckle)) < 0.05
    bars = np.repeat(speckle[:, :28], 28, axis=1)  # one weight a row of pixels
    assert figures.likeness_of_neighbors(bars) > 0.99


def test_accuracy_is_drawn_against_one_setting():
    fig, ax = figures.figure()
    values, medians = figures.accuracy_against(ax, [1, 0.1, 1, 1], [90, 50, 94, 95])
    assert values.tolist() == [0.1, 1]
    assert medians.tolist() == [50, 94]
    runs, median = ax.get_lines()
    assert runs.get_xydata().tolist() == [[1, 90], [0.1, 50], [1, 94], [1, 95]]
    assert median.get_xydata().tolist() == [[0.1, 50], [1, 94]]
    assert ax.get_xscale() == "log"


def test_ledger_names_say_what_is_unusual():
    summary = from_rows(
        [
            {"network": "[784, 10]", "eta": 1.0, "m": 10, "start": "gaussian"},
            {"network": "[784, 30, 10]", "eta": 0.001, "m": 50, "start": "scaled"},
        ]
    )
    names = figures.ledger_names(summary)
    assert names == ["[784, 10], eta 1", "[784, 30, 10], eta 0.001, m 50, scaled"]


def test_runs_by_seed_have_their_lost_digits_on_the_side_with_room():
    _, ax = figures.figure()
    chart = figures.RunsBySeed(ax, 3)
    chart.show(np.array([90.0, 10.0]), [[4], [0, 1]], [83.97, 50])
    chart.show(np.array([90.0, 10.0]), [[], [0, 1]], [83.97])
    words = [text.get_text() for text in ax.texts]
    assert words == ["", "0 1", ""]
    assert ax.texts[1].get_ha() == "left"
    assert ax.texts[1].get_position() == (12, 1)
    kept, losers = ax.get_lines()
    assert kept.get_xydata().tolist() == [[90, 0]]
    assert losers.get_xydata().tolist() == [[10, 1]]
    (line,) = ax.collections[0].get_segments()
    assert line.tolist() == [[83.97, -0.5], [83.97, 2.5]]


def test_answered_images_change_only_where_something_is_new():
    _, ax = figures.figure()
    grid = figures.AnsweredImages(ax)
    images = np.linspace(0, 1, 2)[:, np.newaxis] * np.ones(784)
    shown = "gray", images, [3, 5], [figures.BLACK, figures.GREY], [False, True]
    grid.show(*shown, chosen=0)
    first, second, third = (tile.look for tile in grid.tiles[:3])
    assert (first, second, third) == (("gray", True), ("gray", False), ("gray", False))
    assert [text.get_text() for text in ax.texts[:3]] == ["3", "5", ""]
    grid.tiles[1].artists[-1].set_text("not drawn again")
    grid.show(*shown, chosen=2)
    assert ax.texts[1].get_text() == "not drawn again"
    widths = [tile.place.width for tile in grid.tiles]
    assert np.allclose(widths, ax.get_window_extent().width / 20)


def test_answer_bars_are_red_for_a_wrong_answer():
    _, ax = figures.figure()
    bars = figures.AnswerBars(ax, 0.9)
    outputs = np.linspace(0, 0.9, 10)
    bars.show(outputs, label=3)
    assert np.allclose([bar.get_height() for bar in ax.patches], outputs)
    assert to_hex(ax.patches[9].get_facecolor()) == figures.RED.lower()
    assert ax.get_title("left") == "the ten outputs; read as 9, written: 3"
    for label in (None, 9):
        bars.show(outputs, label)
        assert to_hex(ax.patches[9].get_facecolor()) == figures.BLUE.lower()
    assert ax.texts[-1].get_text() == "0.90"


def test_marked_bars_stand_out_and_every_number_ends_its_own_bar():
    _, ax = figures.figure()
    names, shares = ["one", "two", "three"], [0.25, 0.75, 0.5]
    bars = figures.accuracy_bars(ax, names, shares, marked=["two"])
    assert [color_of(bar) for bar in bars] == [SKY, BLUE, SKY]
    middles = [bar.get_y() + bar.get_height() / 2 for bar in bars]
    assert dict(zip(middles, names)) == ticks_of(ax.yaxis)
    ends = {label.get_text(): label.xy for label in ax.texts}
    assert ends == {"25.0": (25, 0), "75.0": (75, 1), "50.0": (50, 2)}
    assert named(ax) == ([], "accuracy (%)", "")


def test_the_legend_of_the_ledger_names_what_it_shows():
    _, ax = figures.figure()
    runs, lost = [[95, 86], [92.0]], [[False, True], [False]]
    figures.ledger_chart(ax, ["first", "second"], runs, lost, [[83.97], [10]])
    ax.legend()
    shown = {
        words: [(color_of(line), line.get_xydata().tolist()) for line in lines]
        for words, lines in legend_of(ax).items()
    }
    assert shown == {
        "run, no digit lost": [(BLUE, [[95, 0], [92, 1]])],
        "run, a digit lost": [(RED, [[86, 0]])],
        "published": [(BLACK, [[83.97, 0], [10, 1]])],
    }
    assert ticks_of(ax.yaxis) == {0.0: "first", 1.0: "second"}
    assert named(ax) == ([], "accuracy on the test images (%)", "")
    assert scaled(ax) == ("linear", "linear", (0, 101), (1.5, -0.5))


def test_answers_of_a_network_stand_in_its_row_dark_where_they_are_many():
    _, ax = figures.figure()
    shares = np.random.default_rng(0).dirichlet(np.ones(10) / 3, size=3)
    image = figures.answer_table(ax, ["one", "two", "three"], shares)
    np.testing.assert_allclose(tint(image), shares, atol=0.01)
    assert ticks_of(ax.yaxis) == {0.0: "one", 1.0: "two", 2.0: "three"}
    assert ticks_of(ax.xaxis) == {float(digit): str(digit) for digit in range(10)}
    assert named(ax) == ([], "answer of the network", "")
    most = [(row, digit) for row, digit in np.ndindex(shares.shape) if shares[row, digit] > 0.5]
    assert {at: words for words, at in texts_of(ax).items()} == {
        (digit, row): f"{int(100 * shares[row, digit])} %" for row, digit in most
    }


@pytest.mark.parametrize("logarithmic", [True, False])
def test_runs_are_circles_and_medians_a_line(logarithmic):
    _, ax = figures.figure()
    figures.accuracy_against(ax, [1, 0.1, 1, 1], [90, 50, 94, 95], logarithmic)
    ax.legend()
    found = legend_of(ax)
    (runs,), (medians,) = found["one run"], found["median"]
    assert runs.get_xydata().tolist() == [[1, 90], [0.1, 50], [1, 94], [1, 95]]
    assert medians.get_xydata().tolist() == [[0.1, 50], [1, 94]]
    assert [color for color, _, _ in curves_of(ax)] == [BLACK, BLUE]
    assert scaled(ax)[:2] == ("log" if logarithmic else "linear", "linear")
    assert ax.get_ylabel() == "accuracy (%)"


def test_weights_of_neuron_n_are_picture_n_blue_for_plus():
    weights = np.random.default_rng(1).standard_normal((30, 784))
    fig, _ = figures.weight_pictures(weights, "Thirty neurons")
    limit = np.quantile(abs(weights), 0.99)
    for n, (ax, one) in enumerate(zip(fig.axes, weights, strict=True)):
        assert titles_of(ax) == [str(n)]
        shown = signed(ax.images[0])
        np.testing.assert_allclose(shown, np.clip(one / limit, -1, 1).reshape(28, 28), atol=0.02)


def test_the_live_curve_shows_each_epoch_and_says_the_same():
    live = LiveCurve(epochs=4)
    live.accuracies = [0.52, 0.83, 0.81]
    words = live.picture().text
    assert words == (
        "Accuracy goes from 52.0 % after the first epoch to 81.0 % after epoch 3; the best epoch "
        "had 83.0 %."
    )
    ((color, _, points),) = curves_of(live.axes)
    assert color == BLUE
    np.testing.assert_allclose(points, [(1, 52), (2, 83), (3, 81)])
    assert named(live.axes) == (["epoch 3 of 4: 81.0 %"], "epoch", "accuracy (%)")
    assert scaled(live.axes) == ("linear", "linear", (0.5, 4.5), (45, 100))
