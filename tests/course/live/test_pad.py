"""The drawing pad without a page: strokes and photos as images, and what is refused."""

import io
import re

import numpy as np
import pytest
from PIL import Image
from traitlets import TraitError

from course.live.pad import Pad
from course.live.pad import pad as pad_module
from tests.course.pictures import has_picture, stored_picture

CROSS = [[[20, 20], [120, 120]], [[120, 20], [20, 120]]]


def photo(width=60, height=40, mode="L", kind="PNG", **options):
    """A picture file: white, with a black upper left quarter."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("black", (0, 0, width // 2, height // 2))
    file = io.BytesIO()
    image.convert(mode).save(file, kind, **options)
    return file.getvalue()


@pytest.fixture
def counted():
    """A pad, and the number of strokes at each call of its listener."""
    pad, calls = Pad(200, 150), []
    pad.on_stroke(lambda pad: calls.append(len(pad.strokes)))
    return pad, calls


def sent(pad, state):
    """A message of the page arrives."""
    pad.set_state(state)


def test_a_new_pad_is_white():
    image = Pad().image()
    assert image.shape == (160, 560)
    assert image.dtype == np.uint8
    assert image.min() == 255


def test_a_dot_is_a_disk_of_the_line_width():
    pad = Pad(100, 100, line_width=20)
    pad.draw([[[50, 40]]])
    darkness = 1 - pad.image() / 255
    assert darkness.sum() == pytest.approx(np.pi * 10**2, rel=0.02)
    rows, columns = np.mgrid[:100, :100] + 0.5  # centers of the pixels
    assert (darkness * columns).sum() / darkness.sum() == pytest.approx(50, abs=0.05)
    assert (darkness * rows).sum() / darkness.sum() == pytest.approx(40, abs=0.05)
    assert ((darkness > 0) & (darkness < 1)).sum() > 40  # its edge is gray


@pytest.mark.parametrize("end", [(150, 50), (50, 120), (130, 110)])
def test_a_line_has_its_width_and_round_ends(end):
    pad = Pad(200, 150, line_width=10)
    pad.draw([[[50, 50], end]])
    length = np.hypot(end[0] - 50, end[1] - 50)
    assert (1 - pad.image() / 255).sum() == pytest.approx(10 * length + np.pi * 25, rel=0.02)


def test_a_joint_has_no_notch():
    pad = Pad(100, 100, line_width=16)
    pad.draw([[[20, 80], [50, 20], [80, 80]]])
    rows, columns = np.mgrid[:100, :100] + 0.5
    assert pad.image()[np.hypot(columns - 50, rows - 20) < 7].max() == 0


def test_strokes_are_lists_of_pairs_whatever_they_were_given_as():
    pad = Pad()
    pad.strokes = (np.array([[1, 2], [3, 4]]), [(5, 6)])
    assert pad.strokes == [[[1, 2], [3, 4]], [[5, 6]]]
    assert all(type(x) is float for stroke in pad.strokes for point in stroke for x in point)
    assert Pad().strokes == []


def test_every_change_is_told_once(counted):
    pad, calls = counted
    pad.draw(CROSS)
    pad.undo()
    pad.draw(CROSS[:1])
    pad.strokes = pad.strokes[:1]
    pad.line_width = 20
    pad.photo = photo()
    pad.undo()
    pad.clear()
    assert calls == [2, 1, 2, 1, 1, 1, 1, 0]
    pad.clear()
    pad.undo()
    assert len(calls) == 8  # nothing had changed


def test_a_message_of_the_page_is_told_once(counted):
    pad, calls = counted
    sent(pad, {"strokes": CROSS[:1]})
    sent(pad, {"strokes": CROSS})
    sent(pad, {"photo": memoryview(photo())})
    assert type(pad.photo) is bytes
    sent(pad, {"strokes": [], "photo": memoryview(b"")})
    assert calls == [1, 2, 2, 0]


def test_strokes_and_photo_go_in_one(counted):
    pad, calls = counted
    pad.draw(CROSS)
    pad.photo = photo()
    pad.clear()
    assert (pad.strokes, pad.photo) == ([], b"")
    assert calls == [2, 2, 0]


def test_undo_takes_off_the_photo_first():
    pad = Pad()
    pad.draw(CROSS)
    drawing = pad.image()
    pad.photo = photo()
    assert pad.image().shape == (40, 60)
    pad.undo()
    assert np.array_equal(pad.image(), drawing)
    pad.undo()
    assert pad.strokes == CROSS[:1]


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "1", "I;16"])
def test_a_photo_of_every_mode_is_gray(mode):
    pad = Pad()
    pad.photo = photo(mode=mode) if mode != "I;16" else deep()
    image = pad.image()
    assert image.dtype == np.uint8
    assert image.shape == (40, 60)
    assert image[5, 5] == 0
    assert image[35, 55] == 255


def deep():
    """The same picture in 16 bits."""
    pixels = np.full((40, 60), 65535, np.uint16)
    pixels[:20, :30] = 0
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def test_what_is_transparent_is_paper():
    image = Image.new("RGBA", (20, 10), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 10, 10))
    file = io.BytesIO()
    image.save(file, "PNG")
    pad = Pad()
    pad.photo = file.getvalue()
    assert pad.image()[5].tolist() == [0] * 10 + [255] * 10


def test_a_photo_lies_as_the_camera_was_held():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned by a quarter
    pad = Pad()
    pad.photo = photo(kind="JPEG", exif=exif)
    image = pad.image()
    assert image.shape == (60, 40)
    assert image[5, 35] < 20
    assert image[5, 5] > 235


def test_photos_are_decoded_by_the_function_given():
    pad = Pad(decode=lambda photo: np.full((2, 3), len(photo) % 256, np.uint8))
    pad.photo = photo()
    assert pad.image().shape == (2, 3)


@pytest.mark.parametrize(
    ("strokes", "named"),
    [
        (5, "strokes is 5:"),
        (None, "strokes is None:"),
        ("seven", "strokes[0] is 's':"),
        ([[1, 2], [3, 4]], "strokes[0] is [1, 2]:"),
        ([[[1, 2]], []], "strokes[1] is []:"),
        ([[[1, 2, 3]]], "strokes[0] is [[1, 2, 3]]:"),
        ([[[1, 2], [3]]], "strokes[0] is [[1, 2], [3]]:"),
        ([[[1, "a"]]], "strokes[0] is [[1, 'a']]:"),
        ([[[1, float("nan")]]], "strokes[0] is [[1, nan]]:"),
        ([[[1, 2e9]]], "strokes[0] is [[1, 2000000000.0]]:"),
    ],
)
def test_what_is_no_list_of_strokes_is_refused(counted, strokes, named):
    pad, calls = counted
    for give in (lambda: setattr(pad, "strokes", strokes), lambda: pad.draw(strokes)):
        with pytest.raises(TraitError, match=re.escape(named)) as found:
            give()
        assert "one stroke of two points is [[[10, 20], [30, 40]]]" in str(found.value)
    assert pad.strokes == calls == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"width": 20}, "width is 20: expected 50 to 2000"),
        ({"height": 3000}, "height is 3000: expected 50 to 2000"),
        ({"width": "wide"}, "expected an int, not the str 'wide'"),
        ({"line_width": 0}, "line_width is 0: expected 1 to 40"),
        ({"line_width": float("nan")}, "line_width is nan: expected 1 to 40"),
    ],
)
def test_sizes_that_do_not_fit_are_refused(given, words):
    with pytest.raises(TraitError, match=words):
        Pad(**given)


def test_what_is_no_photo_is_refused(monkeypatch):
    pad = Pad()
    with pytest.raises(TraitError, match="expected the bytes of a JPEG or PNG file"):
        pad.photo = b"seven"
    with pytest.raises(TraitError, match="expected a bytes object"):
        pad.photo = "seven.jpg"
    monkeypatch.setattr(pad_module, "MOST_BYTES", 100)
    with pytest.raises(TraitError, match="expected at most 20; save it smaller"):
        pad.photo = photo()
    assert pad.photo == b""


def test_a_torn_photo_is_named_when_it_is_read():
    pad = Pad()
    pad.photo = photo(400, 300, kind="JPEG")[:-200]
    with pytest.raises(ValueError, match="cut off or damaged"):
        pad.image()


def test_a_listener_must_be_a_function():
    with pytest.raises(TypeError, match="type its name without brackets"):
        Pad().on_stroke(None)


@pytest.mark.parametrize(
    ("strokes", "text"),
    [
        ([], "An empty drawing pad."),
        (CROSS[:1], "A drawing of 1 stroke."),
        (CROSS, "A drawing of 2 strokes."),
    ],
)
def test_the_picture_says_how_many_strokes(strokes, text):
    pad = Pad(224, 224)
    pad.draw(strokes)
    alt, width, png = stored_picture(pad.picture()._repr_mimebundle_())
    assert (alt, width) == (text, 224)
    shown = np.asarray(Image.open(io.BytesIO(png)).convert("L").reduce(2)).astype(int)
    assert np.abs(shown - pad.image()).max() <= 1


def test_the_picture_of_a_photo_is_on_the_paper():
    pad = Pad(200, 100)
    pad.photo = photo()
    alt, _, png = stored_picture(pad.picture()._repr_mimebundle_())
    assert alt == "A photo on the drawing pad."
    shown = np.asarray(Image.open(io.BytesIO(png)).convert("L"))
    assert shown.shape == (200, 400)
    assert shown[20, [10, 70, 390]].tolist() == [255, 0, 255]  # paper, photo, paper


def test_the_pad_is_stored_with_its_picture():
    pad = Pad()
    pad.draw(CROSS)
    data, _ = pad._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == pad.model_id
    assert has_picture(data)
    assert data["text/plain"] == "A drawing of 2 strokes."


def test_page_and_python_agree_on_the_limits():
    page = str(Pad._esm)
    assert pad_module.MOST_BYTES == 20 * 2**20
    assert "const MOST_BYTES = 20 * MEGABYTE;" in page
    assert "min: 1, max: 40" in page


def test_the_page_needs_no_network():
    page = str(Pad._esm) + str(Pad._css)
    assert not re.search(r"https?:|\bimport\b|@import|url\(", page)
