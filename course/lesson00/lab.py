"""Lesson 00: a digit as a picture and as numbers."""

import ipywidgets as widgets
import numpy as np

from course import figures
from course.live.labs import Lab
from course.live.pictures import LivePicture
from nnlib import mnist

IMAGES_OF_EACH = 100  # how many images of each digit can be looked at


class DigitLab(Lab):
    """An image of a chosen digit, and the 28 numbers in one of its rows.

    data: what `mnist.load()` returns; loaded if it is not given.
    """

    frozen = (
        {"image": range(6), "row": "all"},
        {"digit": "all", "image": range(12)},
    )

    def __init__(self, data=None):
        images, labels = mnist.given(data, "train").train
        self.images = [images[labels == digit][:IMAGES_OF_EACH] for digit in range(10)]
        look = {"style": {"description_width": "50px"}, "layout": {"width": "300px"}}
        last = min(len(group) for group in self.images) - 1
        controls = {
            "digit": widgets.IntSlider(9, 0, 9, description="digit", **look),
            "image": widgets.IntSlider(0, 0, last, description="image", **look),
            "row": widgets.IntSlider(8, 0, 27, description="row", **look),
        }
        super().__init__(controls, LivePicture(1, 2, size=(9, 3.8), width_ratios=[2, 3]))

    def compute(self, digit, image, row):
        """The image as (28, 28) numbers from 0 (paper) to 1 (ink), and the chosen row of it."""
        pixels = self.images[digit][image].reshape(28, 28)
        where = {"digit": digit, "image": image, "row": row}
        return where | {"pixels": pixels, "row_pixels": pixels[row]}

    def draw(self, state):
        self._image.set_array(state["pixels"])
        self._frame.set_y(state["row"] - 0.5)
        self._heights.set_data(state["row_pixels"])
        self._title.set_text(f"row {state['row']} of this {state['digit']}")

    def prepare(self):
        """The artists: the image with a frame around the row on the left, bars on the right."""
        left, right = self.picture.axes
        left.set_axis_off()
        left.set(xlim=(-0.5, 27.5), ylim=(27.5, -0.5), aspect="equal")
        look = {"cmap": "gray_r", "vmin": 0, "vmax": 1, "antialiased": False}
        # A mesh of 784 squares is redrawn five times as fast as imshow, which resamples.
        self._image = left.pcolormesh(range(28), range(28), np.zeros((28, 28)), **look)
        self._frame = left.axhspan(0, 1, fc="none", ec=figures.RED, lw=2.5)
        edges = np.arange(29) - 0.5
        self._heights = right.stairs(np.zeros(28), edges, fill=True, color=figures.BLUE)
        right.set(xlim=(-0.5, 27.5), ylim=(0, 1.03), xlabel="column")
        right.set_ylabel("pixel: 0 paper, 1 ink")
        self._title = right.set_title(" ", loc="left")
        self.picture.moving = [self._image, self._frame, self._heights, self._title]

    def describe(self, state):
        row = state["row_pixels"]
        return (
            f"Digit {state['digit']}, image {state['image']}: in row {state['row']}, "
            f"{np.count_nonzero(row)} of the 28 pixels have ink; the 28 numbers add up to "
            f"{row.sum():.1f}."
        )
