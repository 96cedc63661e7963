"""What the drawing functions put on the axes, and that pictures are exact."""

import gc
import io
import weakref

import numpy as np
import pytest
from PIL import Image

from course import figures
from nnlib import diagnosis
from tests.course.pictures import stored_picture


def test_png_is_exact():
    fig, ax = figures.figure(size=(3, 2))
    ax.plot([0, 1], [1, 0], color=figures.RED)
    fig.canvas.draw()
    image = Image.open(io.BytesIO(figures.png(fig)))
    assert image.size == (600, 400)
    assert np.array_equal(np.asarray(image), np.asarray(fig.canvas.buffer_rgba()))


def test_picture_has_both_forms():
    fig, _ = figures.figure(size=(3, 2))
    data = figures.Picture(fig, 'Nothing "but" axes.')._repr_mimebundle_()
    assert data["text/plain"] == 'Nothing "but" axes.'
    assert data.keys() == {"text/plain", "text/html"}, "one copy"
    alt, width, png = stored_picture(data)
    assert (alt, width) == ('Nothing "but" axes.', 300)
    assert Image.open(io.BytesIO(png)).size == (600, 400)


def test_a_finished_picture_keeps_no_pixels():
    fig, ax = figures.figure(size=(3, 2))
    ax.set_title("title")
    fig.canvas.draw()
    pixels = weakref.ref(fig.canvas.get_renderer())
    before = figures.Picture(fig, "A title.").png
    gc.collect()
    assert pixels() is None
    assert figures.Picture(fig, "A title.").png == before


def test_accuracy_curve_counts_epochs_from_one():
    _, ax = figures.figure()
    line = figures.accuracy_curve(figures.accuracy_axes(ax, 3), [0.5, 0.75])
    assert line.get_xydata().tolist() == [[1, 50], [2, 75]]
    assert ax.get_ylim() == (0, 100)


def test_recall_bars():
    _, ax = figures.figure()
    bars, marks = both = figures.recall_bars(ax, np.linspace(0, 0.9, 10), lost=[0, 1])
    values, edges, _ = bars.get_data()
    assert values[::2].round().tolist() == list(range(0, 91, 10))
    assert np.isnan(values[1::2]).all()  # gaps
    middles = (edges[:-1] + edges[1:])[::2] / 2
    np.testing.assert_allclose(middles, range(10), atol=1e-9)
    assert marks.get_xydata().tolist() == [[0, 2], [1, 12]]
    figures.update_recall_bars(both, np.full(10, np.nan))
    assert set(bars.get_data().values[::2]) == {0}
    assert len(marks.get_xdata()) == 0


def test_the_mark_of_a_lost_digit_is_a_word_of_the_size_of_the_labels():
    def height_of_ink(lost):
        fig, ax = figures.figure(size=(4, 3))
        figures.recall_bars(ax, np.zeros(10), lost)
        fig.canvas.draw()
        return np.asarray(fig.canvas.buffer_rgba())[..., 0] < 128

    added = np.argwhere(height_of_ink([5]) & ~height_of_ink([]))
    tall, wide = np.ptp(added, axis=0)
    fig, _ = figures.figure(size=(4, 3))
    word = fig.text(0.5, 0.5, "lost", fontsize=figures.LOOK["axes.labelsize"]).get_window_extent()
    assert tall == pytest.approx(word.width, rel=0.1)  # it stands upright
    assert wide < word.height


def test_pictures_of_images_and_weights():
    rng = np.random.default_rng(0)
    images = rng.random((4, 784))
    _, axes = figures.figure(2, 2)
    shown = figures.image_grid(axes, images, titles=range(4))
    assert np.array_equal(shown[2].get_array(), images[2].reshape(28, 28))
    shown = figures.weight_grid(axes, images - 0.5)
    low, high = shown[0].get_clim()
    assert low == -high == -np.abs(images - 0.5).max()


def test_confusion_table_shades_mistakes_only():
    _, ax = figures.figure()
    confusion = np.diag(np.full(10, 90))
    confusion[4, 9] = 10
    shaded = figures.confusion_table(ax, confusion).get_array()
    assert shaded[4, 9] == 10
    assert shaded.sum() == 10
    assert sorted({text.get_text() for text in ax.texts}) == ["10", "90"]


# The numbers behind them


def test_confusion_matrix_and_recall():
    labels, answers = np.array([0, 0, 1, 2, 2, 2]), np.array([0, 1, 1, 2, 2, 0])
    confusion = diagnosis.confusion_matrix(answers, labels, classes=4)
    assert confusion.tolist() == [[1, 1, 0, 0], [0, 1, 0, 0], [1, 0, 2, 0], [0, 0, 0, 0]]
    np.testing.assert_allclose(diagnosis.recall(confusion), [0.5, 1, 2 / 3, np.nan])


def test_lost_digits_at_the_boundary():
    confusion = np.diag([100, 5, 4, 0]) + 0
    confusion[1, 0], confusion[2, 0] = 95, 96
    assert diagnosis.lost_digits(confusion) == [2]  # 5 of 100 is not lost; no image is not lost


@pytest.mark.parametrize(
    ("answers", "labels", "message"),
    [
        ([1, 2], [1], "one answer and one label per image"),
        ([[1]], [[1]], r"shape \(n,\)"),
        ([10], [1], "0 to 9"),
        ([1], [-1], "0 to 9"),
        ([1.5], [1], "whole numbers"),
        ([np.nan], [1], "whole numbers"),
    ],
)
def test_bad_answers(answers, labels, message):
    with pytest.raises(ValueError, match=message):
        diagnosis.confusion_matrix(answers, labels)


def test_a_word_under_each_image_inside_the_axes():
    _, ax = figures.figure()
    images = np.random.default_rng(0).uniform(0, 1, (7, 784))
    words, places = figures.answered_images(ax, images, 3)
    assert len(words) == len(places) == len(ax.images) == 7
    low, high = sorted(ax.get_ylim())
    for word, ((left, bottom), (right, top)) in zip(words, places):
        x, y = word.get_position()
        assert ax.get_xlim()[0] <= left < x < right <= ax.get_xlim()[1]
        assert low <= top < y < bottom <= high
    for image, shown in zip(images, ax.images):
        np.testing.assert_array_equal(shown.get_array(), image.reshape(28, 28))
