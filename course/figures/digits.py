"""Pictures of digits, of weights, and of mini-batches."""

import numpy as np

from course.figures.look import SIGNED


def image_grid(axes, images, titles=()):
    """Gray pictures of digits, images (n, 784), one on each Axes; dark ink on light paper."""
    flat = np.ravel(axes)
    for ax in flat:
        ax.set_axis_off()
    shown = [
        ax.imshow(np.reshape(image, (28, 28)), cmap="gray_r", vmin=0, vmax=1)
        for ax, image in zip(flat, images)
    ]
    for ax, title in zip(flat, titles):
        ax.set_title(title)
    return shown


def answered_images(ax, images, columns):
    """Images (n, 784) in rows of so many, with room for a word under each.

    Returns an empty Text for each word and its place on the axes, ((left, low), (right, high)).
    """
    down, rows = 40, -(-len(images) // columns)
    ax.set_axis_off()
    words, places = [], []
    for number, image in enumerate(images):
        left, top = 28 * (number % columns), down * (number // columns)
        shape = {"extent": (left + 1, left + 27, top + 27, top + 1)}
        ax.imshow(image.reshape(28, 28), cmap="gray_r", vmin=0, vmax=1, **shape)
        words.append(ax.text(left + 14, top + 33, "", ha="center", va="center", fontsize=14))
        places.append(((left, top + 39), (left + 28, top + 28)))
    ax.set(xlim=(0, 28 * columns), ylim=(down * rows, 0), aspect="equal")
    return words, places


def weight_grid(axes, weights):
    """First-layer weights (n, 784) as pictures, one neuron on each Axes: blue +, red -."""
    limit = np.abs(weights).max()
    flat = np.ravel(axes)
    for ax in flat:
        ax.set_axis_off()
    return [
        ax.imshow(np.reshape(w, (28, 28)), cmap=SIGNED, vmin=-limit, vmax=limit)
        for ax, w in zip(flat, weights)
    ]
