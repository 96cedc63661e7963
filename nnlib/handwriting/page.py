"""An image of any kind as gray values: the sheet of paper as it was seen."""

import io
import os
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

LONGEST = 1000  # pixels of the longer side, after which an image is made smaller
MOST_PIXELS = 100_000_000  # a photo has 12 to 50 million
TOO_LARGE = f"at most {MOST_PIXELS // 1_000_000} million pixels are read. Make it smaller first."
FORMS = (
    "an array (height, width), a file name or the bytes of a PNG or JPEG, "
    "a Pillow image, or what has such an image() of its own"
)


class ImageError(ValueError):
    """What was given is not an image that can be read. A notebook shows its words alone."""

    def _render_traceback_(self):
        return [str(self)]


def page(image):
    """The image as gray values (height, width) in float32: 0 is black, 1 is white.

    image: an array (height, width) or (height, width, 3 or 4), of whole numbers 0 to 255 (to
    65535 with 16 bits) or of floats 0 to 1; the name of an image file, or its bytes; a Pillow
    image; or an object whose method image() gives one of these, such as the drawing pad. A column
    (784, 1) of MNIST is taken as 28 x 28. What is transparent shows white paper. A photo is turned
    as its camera was held. At most 1,000 pixels a side are kept.
    Raises ImageError, with words for what was given, if it is none of these.
    """
    if callable(getattr(image, "image", None)) and not isinstance(image, type):
        image = image.image()
    if isinstance(image, Image.Image):
        return _gray(_decoded(image))
    if isinstance(image, (bytes, bytearray, memoryview)):
        return _gray(_opened(io.BytesIO(bytes(image)), f"{len(image):,} bytes"))
    if isinstance(image, (str, Path)):
        if not os.path.isfile(image):  # False for a name that no file can have, too
            raise ImageError(f"There is no file {image}. Check its name and its folder.")
        return _gray(_opened(image, str(image)))
    return _gray(_from_array(image))


def _opened(file, name):
    """The decoded image of a file; too many pixels are refused before any is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about large images: they have a limit of ours
            picture = Image.open(file)
    except Image.DecompressionBombError:
        raise ImageError(f"{name}: {TOO_LARGE}") from None
    except Exception:  # Pillow raises errors of many classes
        raise ImageError(
            f"{name} is no image that can be read: a PNG or a JPEG was expected. Open it in a "
            "program for pictures and save it as PNG."
        ) from None
    with picture:
        return _decoded(picture, name)


def _decoded(picture, name="The image"):
    """The pixels of a Pillow image, upright and not much larger than needed."""
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise ImageError(f"{name} has {width:,} x {height:,} pixels: {TOO_LARGE}")
    try:
        picture.draft(None, (LONGEST, LONGEST))  # JPEG: decode at half or quarter size at once
        picture.load()
        picture = ImageOps.exif_transpose(picture)
    except Exception as error:  # as above, and MemoryError
        raise ImageError(f"{name} is cut off or damaged ({error}). Save it again.") from None
    deep = picture.mode == "F" or picture.mode.startswith("I")  # floats, 16 or 32 bits
    return _from_array(np.asarray(picture)) if deep else picture


def _from_array(image):
    """An array as a Pillow image; see `page` for the kinds."""
    try:
        array = np.asarray(image)
    except ValueError:  # rows of unequal lengths
        raise ImageError(
            "The rows of this image have different lengths: the same one for all was expected."
        ) from None
    if array.dtype.kind not in "buif":
        called = f"{image!r:.60} ({type(image).__name__})"
        raise ImageError(f"{called} is no image: {FORMS} was expected.")
    if array.size == 784 and array.shape in ((784,), (784, 1), (1, 784)):
        array = array.reshape(28, 28)
    if array.ndim not in (2, 3) or array.ndim == 3 and array.shape[2] not in (1, 3, 4):
        raise ImageError(f"An array of shape {array.shape} is no image: {FORMS} was expected.")
    if 0 in array.shape:
        raise ImageError(
            f"An array of shape {array.shape} has no pixels: one at least was expected."
        )
    if array.shape[0] * array.shape[1] > MOST_PIXELS:
        raise ImageError(f"An array of shape {array.shape}: {TOO_LARGE}")
    return _as_picture(_from_0_to_1(array))


def _from_0_to_1(array):
    """Pixels in float32, 0 to 1, from the whole numbers or floats of an array."""
    if array.dtype.kind == "b":
        return array.astype(np.float32)
    low, high = float(array.min()), float(array.max())
    if not np.isfinite(low + high):
        raise ImageError(
            "This image has pixels that are not numbers (nan or inf): 0 to 1, or whole numbers "
            "0 to 255, were expected."
        )
    most = 1 if array.dtype.kind == "f" and high <= 1 else 65535 if high > 255 else 255
    if low < 0 or high > most:
        raise ImageError(
            f"This image has pixels from {low:g} to {high:g}: 0 to 1, or whole numbers "
            "0 to 255, were expected. For pixels from a to b give (image - a) / (b - a)."
        )
    return array.astype(np.float32) / most


def _as_picture(array):
    """Floats 0 to 1 as a Pillow image: gray ones keep their precision, colors get 8 bits."""
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.ndim == 2:
        return Image.fromarray(array * 255)  # mode F, as _gray makes it of other images
    return Image.fromarray(np.rint(array * 255).astype(np.uint8))


def _gray(picture):
    """A decoded Pillow image as gray values 0 to 1, at most LONGEST pixels a side."""
    if picture.mode != "F":
        picture = _on_paper(picture)
    if max(picture.size) > LONGEST:
        share = LONGEST / max(picture.size)
        size = [max(1, round(side * share)) for side in picture.size]
        picture = picture.resize(size, Image.Resampling.BOX, reducing_gap=2)
    return np.clip(np.asarray(picture, np.float32) / 255, 0, 1)


def _on_paper(picture):
    """Gray values (mode L); where the image is transparent, white paper shows.

    White strokes on nothing would vanish on it: if so, the paper is black.
    """
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("L")
    picture = picture.convert("RGBA")
    for paper in ("white", "black"):
        sheet = Image.new("RGBA", picture.size, paper)
        gray = Image.alpha_composite(sheet, picture).convert("L")
        if len(set(gray.getextrema())) > 1:
            break
    return gray
