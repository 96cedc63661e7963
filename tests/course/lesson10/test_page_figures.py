"""What the page of lesson 10 draws: parts in colors, ways as arcs, a photo of ink."""

import numpy as np
from matplotlib.colors import to_rgb

from course.lesson10 import figures


def test_each_part_has_a_color_and_paper_is_white():
    labels = np.array([[0, 1, 1], [2, 0, 8]])
    _, ax = figures.figure()
    figures.color_parts(ax, labels)
    shown = ax.images[0].get_array()
    assert np.allclose(shown[0, 0], 1)
    assert np.allclose(shown[0, 1], to_rgb(figures.BLUE))
    assert np.allclose(shown[1, 0], to_rgb(figures.ORANGE))
    assert np.allclose(shown[1, 2], shown[1, 0])  # six colors, then the first again


def test_an_arc_leads_from_place_to_place_and_has_its_score():
    _, ax = figures.figure()
    figures.arcs(ax, {(0, 1): -0.5, (1, 2): -1.0, (0, 2): -2.25}, way=[(0, 2)])
    ends = [tuple(np.round(line.get_xdata()[[0, -1]], 9)) for line in ax.lines]
    assert ends == [(0, 1), (1, 2), (0, 2)]
    assert [line.get_color() == figures.RED for line in ax.lines] == [False, False, True]
    words = [text.get_text() for text in ax.texts]
    assert words == ["−0.5", "−1.0", "−2.2", "0", "1", "2"]
    middles = {text.get_text(): text.get_position() for text in ax.texts}
    for word, line in zip(words, ax.lines):
        ends, (x, y) = line.get_xdata()[[0, -1]], middles[word]
        assert x == ends.mean()
        top = line.get_ydata()[np.abs(line.get_ydata()).argmax()]
        assert 0 < abs(y) - abs(top) < 0.2
        assert y * top > 0
    below = [line.get_ydata().min() < -0.1 for line in ax.lines]
    assert below == [False, False, True]  # pieces of two atoms
    assert [middles[str(place)] for place in range(3)] == [(0, 0), (1, 0), (2, 0)]


def test_a_photo_is_darker_at_the_lower_right_and_where_there_is_ink():
    ink = np.zeros((60, 200))
    ink[20:40, 50:150] = 1
    photo = figures.photo(ink)
    assert photo.shape == (140, 280)
    assert photo.min() >= 0
    assert photo.max() <= 1
    assert photo[:20, :20].mean() > photo[-20:, -20:].mean() + 0.3
    assert np.allclose(photo[62:70, 100] / photo[50:58, 100], 0.5, atol=0.1)
    assert np.array_equal(photo, figures.photo(ink))
    assert not np.array_equal(photo, figures.photo(ink, seed=1))
