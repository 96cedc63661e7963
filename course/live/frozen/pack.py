"""Many pictures of one figure in little room: one whole picture, and of the others what differs."""

import io

import numpy as np
from PIL import Image
from scipy import ndimage

BLOCK = 16  # pixels; what changes is looked for in squares of this side
WEBP = {"format": "WEBP", "lossless": True, "method": 2, "quality": 50}
STEP = 17  # between neighboring shades; 16 of each color take half the room of 256
SHADES = np.round(np.arange(256) / STEP).astype(np.uint8) * STEP


class Pack:
    """Pictures of one size, kept as differences from the first of them.

    A picture differs from the first in places, which are the same for all; what it shows in a
    place is kept once, however many pictures show it there.
    """

    def __init__(self, first):
        """first: pixels, uint8 (height, width, 4), as those of the others."""
        self.first, self._shape = SHADES[first[..., :3]], first.shape[:2]
        self._raw, self._shades = _whole(first).copy(), _whole(SHADES[first])
        self._differences = []
        self._changes = np.zeros([-(-side // BLOCK) for side in self._shape], bool)

    def add(self, picture):
        """Keep one more picture."""
        where = np.flatnonzero(_whole(picture) != self._raw)
        pixels = SHADES[_whole(picture)[where].view(np.uint8)].view(np.uint32)
        seen = pixels != self._shades[where]
        where, pixels = where[seen], pixels[seen]
        rows, columns = np.divmod(where, self._shape[1])
        self._changes[rows // BLOCK, columns // BLOCK] = True
        self._differences.append((where, pixels))

    def finish(self):
        """(patches, pictures): patches as WebP bytes, and for each picture [patch, x, y, ...]."""
        patches, pictures, places = {}, [], list(self._places())
        for where, pixels in self._differences:
            picture = np.zeros(self._shape, np.uint32)  # 0 is clear
            picture.ravel()[where] = pixels
            pictures.append([])
            for place in places:
                for patch, x, y in _part(picture, *place):
                    pictures[-1] += [patches.setdefault(patch, len(patches)), x, y]
        return list(patches), pictures

    def _places(self):
        """Where pictures differ: for each connected place its box and which pixels belong to it."""
        numbers, _ = ndimage.label(self._changes, np.ones((3, 3)))
        height, width = self._shape
        for n, box in enumerate(ndimage.find_objects(numbers), 1):
            top, left = (side.start * BLOCK for side in box)
            bottom, right = (side.stop * BLOCK for side in box)
            mask = np.kron(numbers[box] == n, np.ones((BLOCK, BLOCK), bool))
            window = np.s_[top : min(bottom, height), left : min(right, width)]
            yield window, mask[: height - top, : width - left]


def _whole(picture):
    """Each pixel as one number, (height * width,)."""
    return np.ascontiguousarray(picture).view(np.uint32).ravel()


def _part(picture, window, mask):
    """What differs in a place: nothing, or one (patch, x, y)."""
    part = np.where(mask, picture[window], 0)
    rows, columns = (np.flatnonzero(part.any(axis=axis)) for axis in (1, 0))
    if rows.size:
        box = part[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        pixels = np.ascontiguousarray(box).view(np.uint8).reshape(*box.shape, 4)
        yield webp(pixels), int(window[1].start + columns[0]), int(window[0].start + rows[0])


def webp(pixels):
    """Pixels as WebP bytes, exact in every pixel that is seen."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, **WEBP)
    return file.getvalue()
