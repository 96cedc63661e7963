"""Images of every kind become the same gray values, or are refused in words."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from nnlib.handwriting import ImageError, page
from tests.nnlib.handwriting import papers

GRAY = papers.bytes_of(papers.digit(3))  # (28, 28) uint8
SHOWN = GRAY / 255


def the_same():
    rgb = np.dstack([GRAY] * 3)
    clear = np.dstack([np.zeros_like(rgb), 255 - GRAY])  # black ink on nothing
    palette = Image.fromarray(GRAY).convert("P")
    deep = GRAY.astype(np.uint16) * 257
    return {
        "uint8": GRAY,
        "floats": SHOWN,
        "list": SHOWN.tolist(),
        "16 bits": deep,
        "rgb": rgb,
        "rgba": np.dstack([rgb, np.full_like(GRAY, 255)]),
        "one channel": GRAY[:, :, None],
        "column": SHOWN.reshape(784, 1),
        "flat": SHOWN.reshape(784),
        "png": papers.file(GRAY),
        "bytearray": bytearray(papers.file(GRAY)),
        "png, transparent": papers.file(clear),
        "png, palette": papers.file(palette),
        "png, 16 bits": papers.file(deep),
        "pillow": Image.fromarray(GRAY),
        "pillow, floats": Image.fromarray(SHOWN.astype(np.float32) * 255),
        "pillow, floats 0 to 1": Image.fromarray(SHOWN.astype(np.float32)),
        "pillow, whole numbers": Image.fromarray(GRAY.astype(np.int32)),
        "an object with image()": type("Pad", (), {"image": lambda _: GRAY})(),
    }


@pytest.mark.parametrize("kind", the_same())
def test_the_same_sheet_in_every_form(kind):
    made = page(the_same()[kind])
    assert made.dtype == np.float32
    assert made.shape == (28, 28)
    np.testing.assert_allclose(made, SHOWN, atol=1.01 / 255)


def test_a_file_by_its_name(tmp_path):
    path = tmp_path / "drei ä.png"
    path.write_bytes(papers.file(GRAY))
    for name in (path, str(path)):
        np.testing.assert_allclose(page(name), SHOWN, atol=1 / 255)


def test_booleans_are_black_and_white():
    assert page(np.eye(3, dtype=bool)).tolist() == np.eye(3).tolist()


def test_white_ink_on_nothing_does_not_vanish():
    white = np.dstack([np.full((28, 28, 3), 255, np.uint8), 255 - GRAY])
    np.testing.assert_allclose(page(white), 1 - SHOWN, atol=1 / 255)


def test_a_photo_is_turned_as_the_camera_was_held():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    wide = np.full((40, 80), 255, np.uint8)
    wide[:, :20] = 0
    turned = page(papers.file(wide, "JPEG", quality=95, exif=exif))
    assert turned.shape == (80, 40)
    assert turned[:15].mean() < 0.1
    assert turned[30:].mean() > 0.9


def test_a_large_image_gets_smaller_and_keeps_its_ratio():
    assert page(np.ones((1500, 3000), np.uint8)).shape == (500, 1000)
    assert page(papers.file(np.ones((3000, 2000), np.uint8), "JPEG")).shape == (1000, 667)
    assert page(np.ones((2, 5000))).shape == (1, 1000)


def bomb():
    """A PNG that says it has 900 million pixels."""
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)

    def chunk(kind, data):
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


REFUSED = {
    "no image": (b"this is a letter", "no image"),
    "nothing": (b"", "no image"),
    "cut off": (papers.file(np.random.default_rng(0).bytes(90_000) and np.random.default_rng(0)
                            .integers(0, 255, (300, 300), np.uint8))[:20_000], "cut off"),
    "a bomb": (bomb(), "30,000 x 30,000|at most 100 million"),
    "text": ("no-such-file.png", "There is no file no-such-file.png"),
    "a name too long": ("a" * 5000, "There is no file"),
    "a class": (type("Pad", (), {"image": lambda self: GRAY}), "is no image"),
    "image that is no method": (type("Odd", (), {"image": 5})(), "is no image"),
    "pillow, not numbers": (Image.fromarray(np.full((5, 5), np.nan, np.float32)), "not numbers"),
    "pillow, negative": (Image.fromarray(np.full((5, 5), -9, np.int32)), "from -9 to -9"),
    "a number": (5, r"shape \(\) is no image"),
    "None": (None, "None .* is no image"),
    "a function": (len, "is no image"),
    "ragged": ([[1, 2], [3]], "different lengths"),
    "strings": ([["a"]], "is no image"),
    "four axes": (np.zeros((2, 2, 2, 2)), r"shape \(2, 2, 2, 2\)"),
    "five channels": (np.zeros((9, 9, 5)), r"shape \(9, 9, 5\)"),
    "a row": (np.zeros(10), r"shape \(10,\)"),
    "no pixels": (np.zeros((0, 5)), "no pixels"),
    "nan": (np.full((5, 5), np.nan), "not numbers"),
    "infinite": (np.full((5, 5), np.inf), "not numbers"),
    "negative": (np.full((5, 5), -1.0), "from -1 to -1"),
    "far too bright": (np.full((5, 5), 1e6), "from 1e[+]06"),
    "more than most": (np.lib.stride_tricks.as_strided(np.zeros(1, np.uint8), (20_000, 10_000),
                                                       (0, 0)), "at most 100 million"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_image_is_refused_in_words(kind):
    given, words = REFUSED[kind]
    with pytest.raises(ImageError, match=words) as caught:
        page(given)
    assert caught.value._render_traceback_() == [str(caught.value)]


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(ImageError, match="There is no file"):
        page(tmp_path)


def test_a_gray_and_an_alpha_channel():
    file = io.BytesIO()
    Image.merge("LA", [Image.new("L", (28, 28), 0), Image.fromarray(255 - GRAY)]).save(file, "PNG")
    np.testing.assert_allclose(page(file.getvalue()), SHOWN, atol=1.01 / 255)
