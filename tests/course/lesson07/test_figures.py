"""What the drawings of lesson 07 put on the axes: baselines, the ledger, dead networks."""

import numpy as np
from matplotlib.colors import to_hex

from course.lesson07 import figures
from course.measured.tables import from_rows


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
