"""Pictures of digits, of weights, and of mini-batches."""

import numpy as np

from course.figures.look import (
    SIGNED,
)


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
