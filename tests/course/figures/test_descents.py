"""A path that is laid on the surface of its cost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import figures
from course.lesson04.landscapes import BOWL, TWO_MINIMA


@given(points=st.lists(st.tuples(*[st.floats(-3, 3)] * 2), min_size=1, max_size=5))
def test_a_draped_path_lies_on_the_surface_and_in_the_window(points):
    points = np.array(points)
    v1, v2, cost = figures.drape(TWO_MINIMA, points, per_step=40)
    assert len(v1) == (len(points) - 1) * 41
    kept = ~np.isnan(v1)
    assert (np.abs([v1[kept], v2[kept]]) <= 1 + 1e-8).all()
    np.testing.assert_allclose(cost[kept], TWO_MINIMA.cost(np.array([v1[kept], v2[kept]])))
    for start, end, drawn in zip(points, points[1:], kept.reshape(-1, 41)):
        share = np.linspace(0, 1, 501)[:, None]
        way = start + share * (end - start)
        crosses = (np.abs(way) <= 1 - 1e-6).all(axis=1).sum() > 1
        assert drawn.any() or not crosses


def test_a_draped_step_is_cut_at_the_window():
    v1, v2, cost = figures.drape(BOWL, np.array([[0.0, 0.5], [4.0, 0.5]]), per_step=3)
    assert v1[:3] == pytest.approx([0, 0.5, 1])
    assert v2[:3] == pytest.approx([0.5, 0.5, 0.5])
    assert cost[:3] == pytest.approx([0.25, 0.5, 1.25])
    assert np.isnan([v1[3], v2[3], cost[3]]).all()
