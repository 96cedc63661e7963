"""What small pictures in rows show, read off their artists: each in its frame, over its word."""

import numpy as np

from tests.course.live.reading_figures import colors_of, ink


def tiles_shown(tiles):
    """[(picture, how dark (n, n); color of its frame; (word, color) under it)], row by row."""
    canvas, found = ink(tiles._image), []
    for frame, color in zip(tiles._frames.get_segments(), colors_of(tiles._frames)):
        (left, top), (right, bottom) = frame.min(axis=0) + 0.5, frame.max(axis=0) + 0.5
        picture = canvas[int(top) : int(bottom), int(left) : int(right)]
        found.append((picture, color, _word_under(tiles._words, left, right, bottom)))
    corners = [tuple(frame.min(axis=0)[::-1]) for frame in tiles._frames.get_segments()]
    assert corners == sorted(corners)
    return found


def _word_under(words, left, right, bottom):
    """The text in the middle below a picture, and its color."""
    under = [text for text in words if left < text.get_position()[0] < right]
    text = min(under, key=lambda text: _below(text.get_position()[1] - bottom))
    assert text.get_position()[0] == (left + right - 1) / 2 + 0.5
    return text.get_text(), text.get_color().lower()


def _below(distance):
    return distance if distance > 0 else np.inf
