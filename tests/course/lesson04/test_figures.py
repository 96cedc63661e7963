import numpy as np
import pytest

from course.lesson04 import figures, landscapes


@pytest.fixture
def axes():
    fig, axes = figures.figure(1, 3)
    return figures.with_surface(axes, 1)


def test_one_of_the_axes_becomes_three_dimensional(axes):
    assert [ax.name for ax in axes] == ["rectilinear", "3d", "rectilinear"]
    assert len(axes[0].figure.axes) == 3
    left, middle, right = (ax.get_subplotspec().num1 for ax in axes)
    assert (left, middle, right) == (0, 1, 2)


def test_lines_of_the_map_have_the_cost_that_they_name(axes):
    lines = figures.contour_map(axes[0], *landscapes.BOWL.grid())
    drawn = dict(zip(lines.levels, lines.allsegs))
    assert len(drawn) >= 8
    for level in lines.levels[1:-2]:
        for v in np.concatenate(drawn[level]):
            assert landscapes.BOWL.cost(v) == pytest.approx(level, abs=0.01)
    assert {text.get_text() for text in axes[0].texts} <= {f"{level:g}" for level in lines.levels}
    assert axes[0].texts


def test_low_is_light_in_color_and_in_gray():
    shades = figures.HEIGHT(np.linspace(0, 1, 20))[:, :3] @ [0.299, 0.587, 0.114]
    assert (np.diff(shades) < 0).all()
    assert shades[-1] > 0.6  # dark text and the path stay readable on the highest part


def test_the_surface_has_the_costs_as_heights(axes):
    v, costs = landscapes.SADDLE.grid(9)
    patches = figures.surface(axes[1], v, costs)
    means = (costs[:-1, :-1] + costs[1:, :-1] + costs[:-1, 1:] + costs[1:, 1:]) / 4
    np.testing.assert_allclose(patches.get_array(), means.ravel(), atol=1e-12)  # its shades
    assert axes[1].zz_dataLim.intervalx == pytest.approx([costs.min(), costs.max()])
    assert axes[1].xy_dataLim.get_points() == pytest.approx(np.array([[-1, -1], [1, 1]]))
    assert axes[1].get_xlabel() == "$v_1$"


def test_a_path_is_a_line_its_points_its_start_and_its_end(axes):
    way = np.array([[0.0, 0.5, 1.0, 1.0], [0.0, 0.0, 0.5, 1.0], [0.0, 0.2, 0.4, 0.6]])
    points = way[:, ::3]
    for ax, rows in zip(axes, (2, 3)):
        artists = figures.path_artists(ax)
        figures.set_path(artists, way[:rows], points[:rows])
        data = [
            np.array(artist.get_data_3d() if rows == 3 else artist.get_data()) for artist in artists
        ]
        for drawn, expected in zip(data, (way, points, points[:, :1], points[:, -1:])):
            np.testing.assert_array_equal(drawn, expected[:rows])
        assert [artist.get_label() for artist in artists[2:]] == ["start", "end"]
        assert len({artist.get_marker() for artist in artists[2:]}) == 2


def test_cost_axes_hold_all_steps_and_costs(axes):
    ax = figures.cost_axes(axes[2], 50, [-1.0, 3.0])
    assert ax.get_xlim()[0] < 0
    assert ax.get_xlim()[1] > 50
    assert ax.get_ylim() == pytest.approx((-1.2, 3.2))
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("step", "cost")


def test_cost_curve_and_tangent(axes):
    v = np.linspace(-1, 1, 5)
    line = figures.cost_curve(axes[0], v, v**2, "v^2")
    np.testing.assert_array_equal(line.get_data(), [v, v**2])
    assert axes[0].get_ylabel() == "$C(v) = v^2$"
    assert axes[0].get_xlim() == (-1, 1)
    tangent, step = figures.tangent_artists(axes[0])
    assert [artist.get_label() for artist in (tangent, step)] == ["tangent", "next step"]
    assert tangent.get_linestyle() != step.get_linestyle()


def test_fog_hides_what_was_drawn_before(axes):
    figures.contour_map(axes[0], *landscapes.BOWL.grid())
    below = [artist.get_zorder() for artist in axes[0].collections]
    sheet = figures.fog(axes[0])
    assert sheet.get_zorder() > max(below)
    over = [*figures.path_artists(axes[0]), figures.step_artist(axes[0])]
    over.append(figures.best_path_artist(axes[0]))
    assert min(artist.get_zorder() for artist in over) > sheet.get_zorder()
    assert len({artist.get_linestyle() for artist in (over[0], *over[-2:])}) == 3
    corners = axes[0].transAxes.inverted().transform(sheet.get_window_extent().corners())
    assert corners == pytest.approx(np.array([[0, 0], [0, 1], [1, 0], [1, 1]]))


def test_a_point_outside_is_told_on_its_side(axes):
    left, right = (figures.at_the_edge(v, (-1.2, 1.2)) for v in (-3.0, 2e5))
    assert (left["ha"], left["text"]) == ("left", "← now at -3.00")
    assert (right["ha"], right["text"]) == ("right", "now at 2.0e+05 →")
    text = figures.gone_artist(axes[0])
    text.set(**left)
    assert text.get_position()[0] == left["x"]
