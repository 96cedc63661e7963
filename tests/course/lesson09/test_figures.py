"""Histograms of z and of slopes: shares in percent, nothing lost at the ends."""

import numpy as np
import pytest

from course.lesson09 import figures
from nnlib.neurons import sigmoid_prime
from tests.course.live.reading_figures import named, scaled


@pytest.fixture
def ax():
    return figures.figure(size=(5, 4))[1]


def test_shares_are_percentages_of_all_values(ax):
    steps = figures.share_histogram(ax, [[0.5, 1.5], [1.6, 2.0]], [0, 1, 2])
    assert steps.get_data().values.tolist() == [25, 75]


def test_values_outside_count_in_the_end_bins(ax):
    steps = figures.share_histogram(ax, [-1000, 31, 400, np.inf], figures.Z_EDGES)
    values = steps.get_data().values
    assert (values[0], values[-1], values.sum()) == (25, 75, 100)


def test_first_bar_of_the_slopes_holds_those_below_a_hundredth(ax):
    steps = figures.share_histogram(ax, [0, 0.0099, 0.0101, 0.25], figures.SLOPE_EDGES)
    values = steps.get_data().values
    assert (values[0], values[1], values[-1]) == (50, 25, 25)


def test_update_keeps_the_bins(ax):
    steps = figures.share_histogram(ax, [], [0, 1, 2])
    assert steps.get_data().values.tolist() == [0, 0]
    figures.update_share_histogram(steps, [1.5])
    assert steps.get_data().values.tolist() == [0, 100]
    assert steps.get_data().edges.tolist() == [0, 1, 2]


def test_axes_hold_all_bins_and_name_what_they_show(ax):
    figures.z_axes(ax, highest=20)
    assert ax.get_xlim()[0] <= figures.Z_EDGES[0] < figures.Z_EDGES[-1] <= ax.get_xlim()[1]
    assert ax.get_ylim() == (0, 20)
    figures.slope_axes(ax)
    assert ax.get_xlim()[0] <= figures.SLOPE_EDGES[0] < figures.SLOPE_EDGES[-1] <= ax.get_xlim()[1]
    assert named(ax) == ([], r"slope $\sigma'(z)$", "share (%)")
    figures.z_axes(ax)
    assert named(ax) == ([], "weighted input $z$", "share (%)")
    assert ax.get_ylim() == (0, 60)


def test_instrument_curves_show_the_chosen_layer_by_epoch():
    fig, axes = figures.figure(1, 3, size=(9, 3))
    readings = [[[1, 4], [2, 5]], [[0.1, 0.5], [0.2, 0.75]], [[0.3, 0.01], [0.4, 0.02]]]
    shown = [line.get_data() for line in figures.instrument_curves(axes, readings)]
    assert [list(epochs) for epochs, _ in shown] == [[0, 1]] * 3
    assert [list(values) for _, values in shown] == [[4, 5], [50, 75], [0.01, 0.02]]
    first = figures.instrument_curves(axes, readings, layer=0, color=figures.RED)
    assert list(first[2].get_ydata()) == [0.3, 0.4]
    assert {line.get_color() for line in first} == {figures.RED}
    assert axes[2].get_yscale() == "log"
    names = ["spread of $z$", "saturated (%)", "gradient norm"]
    assert [named(ax) for ax in axes] == [([], "epoch", name) for name in names]
    assert [scaled(ax)[1] for ax in axes] == ["linear", "linear", "log"]
    assert (axes[0].get_ylim()[0], axes[1].get_ylim()) == (0, (-3, 103))


def test_z_axes_mark_where_a_neuron_is_saturated(ax):
    figures.z_axes(ax)
    edges = [line.get_xdata()[0] for line in ax.lines]
    assert edges == [-figures.SATURATED_BEYOND, figures.SATURATED_BEYOND]
    assert sigmoid_prime(edges[1]) < 0.01 < sigmoid_prime(edges[1] - 0.02)
