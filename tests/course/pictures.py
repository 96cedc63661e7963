"""Pictures as they stand in a notebook: <img> with its sentence; compared by what they show."""

import base64
import io
from html.parser import HTMLParser

import numpy as np
from PIL import Image


class Images(HTMLParser):
    """The attributes of every <img> in HTML."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.found.append(dict(attributes))


def stored_picture(data):
    """(alt, width, PNG bytes) of the one picture in the data of an output."""
    (image,) = Images(data["text/html"]).found
    head, packed = image["src"].split(",")
    assert head == "data:image/png;base64"
    return image["alt"], int(image["width"]), base64.b64decode(packed)


def has_picture(data):
    return "<img" in data.get("text/html", "")


def same_pixels(data, png):
    """Whether the picture in the data of an output and PNG bytes show the same."""
    return shows_the_same(stored_picture(data)[2], png)


def shows_the_same(png, other):
    """Whether two PNG files have the same pixels: the same may be packed into other bytes."""
    both = [Image.open(io.BytesIO(bytes(one))).convert("RGBA") for one in (png, other)]
    return np.array_equal(*map(np.asarray, both))


def colors_at(lab, places):
    """The colors, (n, 3) from 0 to 255, that a lab shows at places, (n, 2), of its axes."""
    pixels = np.asarray(Image.open(io.BytesIO(lab.picture.value)).convert("RGB")).astype(int)
    x, y = lab.picture.axes.transData.transform(places).astype(int).T
    return pixels[len(pixels) - 1 - y, x]


def texts_are_inside(figure):
    """Whether every text of the axes of a figure that has been drawn lies inside the figure."""
    width, height = figure.canvas.get_width_height()
    texts = [text for ax in figure.axes for text in ax.texts if text.get_text()]
    boxes = [text.get_window_extent() for text in texts]
    return all(
        box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height for box in boxes
    )
