"""How far two pictures are from each other, as an eye sees them."""

import numpy as np
from PIL import Image, ImageFilter

BLUR = ImageFilter.BoxBlur(1)  # over 3 by 3 pixels, a pixel and a half of the page
LIMIT = 24  # of 255; see test_pixels.py for what lies on both sides of it


def difference(first, second):
    """The largest difference of any place in any color of two pictures, 0 to 255.

    Both are blurred a little first, so that the rounding of an edge counts little, while a letter
    or a thin line in another color counts as it looks.  Pictures of two sizes differ by 255.
    """
    if first.size != second.size:
        return 255
    pair = [np.asarray(image.convert("RGB")) for image in (first, second)]
    changed = np.argwhere((pair[0] != pair[1]).any(axis=2))
    if not len(changed):
        return 0
    (top, left), (bottom, right) = changed.min(axis=0), changed.max(axis=0)
    box = left - 2, top - 2, right + 3, bottom + 3  # all that a blur of the changed pixels reaches
    blurred = [np.asarray(Image.fromarray(each).crop(box).filter(BLUR), int) for each in pair]
    return int(np.abs(blurred[0] - blurred[1]).max())
