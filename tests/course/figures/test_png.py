"""A picture's file: every pixel as it was drawn, and an image tag that a page understands."""

import base64
import io
from html.parser import HTMLParser

import matplotlib
import numpy as np
import pytest
from PIL import Image

from course.figures import look


@pytest.fixture
def drawn():
    """A figure with a noise of colors, no two rows alike, and its pixels."""
    fig, ax = look.figure(size=(3, 2))
    ax.imshow(np.random.default_rng(0).random((40, 60, 3)))
    fig.canvas.draw()
    return fig, np.asarray(fig.canvas.buffer_rgba()).copy()


def opened(data):
    return Image.open(io.BytesIO(data))


def test_every_pixel_is_in_the_file(drawn):
    fig, pixels = drawn
    file = opened(look.png(fig))
    file.verify()  # the checksums
    np.testing.assert_array_equal(np.asarray(opened(look.png(fig))), pixels)
    assert opened(look.png(fig)).size == (600, 400) == fig.canvas.get_width_height()


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_a_page_gets_one_image_with_its_sentence_and_its_width(drawn):
    sentence = 'Two of 5 < 6 are "here" & there.'
    picture = look.Picture(drawn[0], sentence)
    bundle = picture._repr_mimebundle_()
    assert bundle["text/plain"] == sentence
    ((tag, given),) = Tags(bundle["text/html"]).found
    assert (tag, given["alt"], given["width"]) == ("img", sentence, "300")
    assert given["style"] == "max-width: 100%; height: auto"
    form, data = given["src"].split(",")
    assert form == "data:image/png;base64"
    file = opened(base64.b64decode(data))
    np.testing.assert_array_equal(np.asarray(file), np.asarray(opened(picture.png))[:, :, :3])
    assert matplotlib.__version__ in file.text["Software"]
    assert file.text["Signature"]
