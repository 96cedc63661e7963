"""What the drawings of lesson 07 put on the axes: baselines, the ledger, dead networks."""

import numpy as np
from matplotlib.colors import to_hex

from course.lesson07 import figures


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
