import numpy as np
import pytest
from matplotlib.colors import to_hex

from course.lesson05 import figures


@pytest.fixture
def drawn():
    images = np.linspace(0, 1, 7 * 784).reshape(7, 784)
    orders = [[6, 0, 5, 1, 4, 2, 3], [0, 1, 2, 3, 4, 5, 6]]
    fig, ax = figures.figure(size=(9.5, 3))
    batches = figures.mini_batch_rows(ax, images, orders, 3)
    fig.canvas.draw()
    return images, orders, ax, batches


def test_mini_batches_hold_each_image_once_and_the_last_is_short(drawn):
    batches = drawn[3]
    assert batches == [[[7, 1, 6], [2, 5, 3], [4]], [[1, 2, 3], [4, 5, 6], [7]]]


def test_pictures_stand_in_the_given_order(drawn):
    images, orders, ax, _ = drawn
    shown = [np.asarray(image.get_array()).ravel() for image in ax.images]
    assert np.array_equal(shown, images[np.ravel(orders)])
    lefts = [image.get_extent()[0] for image in ax.images]
    assert lefts[:7] == sorted(lefts[:7])
    assert lefts[:7] == lefts[7:]


def test_numbers_frames_and_labels_belong_together(drawn):
    _, orders, ax, _ = drawn
    texts = [text.get_text() for text in ax.texts]
    assert [t for t in texts if t.startswith("#")] == [f"#{k + 1}" for k in np.ravel(orders)]
    assert [t for t in texts if "mini" in t] == [f"mini-batch {k}" for k in (1, 2, 3)] * 2
    assert [t for t in texts if "epoch" in t] == ["epoch 1", "epoch 2"]
    assert [frame.get_width() for frame in ax.patches] == [3, 3, 1] * 2


def test_everything_lies_inside_the_axes(drawn):
    ax = drawn[2]
    inside = ax.get_window_extent().padded(1)
    for artist in [*ax.texts, *ax.patches, *ax.images]:
        box = artist.get_window_extent()
        assert inside.x0 <= box.x0
        assert box.x1 <= inside.x1
        assert inside.y0 <= box.y0
        assert box.y1 <= inside.y1


def test_answers_stand_under_their_digits_and_wrong_ones_are_framed():
    images = np.linspace(0, 1, 13 * 784).reshape(13, 784)
    answers, labels = np.arange(13) % 10, np.arange(13) % 10
    labels[[2, 11]] = 9, 8
    fig, ax = figures.figure(size=(5, 2.5))
    assert figures.answered_digits(ax, images, answers, labels) == 2
    assert np.array_equal([np.ravel(image.get_array()) for image in ax.images], images)
    assert [text.get_text() for text in ax.texts] == [str(answer) for answer in answers]
    framed = [to_hex(frame.get_edgecolor()) == figures.RED.lower() for frame in ax.patches]
    assert np.flatnonzero(framed).tolist() == [2, 11]
    for image, text in zip(ax.images, ax.texts):
        left, right, bottom, _ = image.get_extent()
        assert left < text.get_position()[0] < right
        assert text.get_position()[1] > bottom
    high, low = ax.get_ylim()  # rows are counted from the top
    assert all(low < text.get_position()[1] < high for text in ax.texts)


def test_the_line_of_the_chart_falls_like_one_over_the_root():
    _, ax = figures.figure()
    dots = figures.miss_chart(ax, [1, 10, 100], single=0.9)
    m, percent = ax.lines[0].get_data()
    assert (m.tolist(), percent.tolist()) == ([1, 100], pytest.approx([90, 9]))
    assert len(dots.get_xdata()) == 0


def test_an_arrow_goes_from_start_to_end():
    _, ax = figures.figure()
    arrow = figures.arrow(ax, (0, 0), (1, 0.5))
    assert (arrow.xyann, arrow.xy) == ((0, 0), (1, 0.5))
