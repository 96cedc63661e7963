"""Many pictures of one figure in little room: one whole picture, and of the others what differs."""

import io

import numpy as np
from PIL import Image
from scipy import ndimage

BLOCK = 16  # pixels; what changes is looked for in squares of this side
ALIKE = 0.5  # of the pixels that differ from the first picture: fewer, and a look is built upon
MOST_KNOWN = 24  # looks of a place that others are built upon
WEBP = {"format": "WEBP", "lossless": True, "method": 2, "quality": 50}
AREA = 200  # pixels of one color
STEP = 17  # between neighboring shades; 16 of each color take half the room of 256
SHADES = np.round(np.arange(256) / STEP).astype(np.uint8) * STEP


class Pack:
    """Pictures of one size, kept as what differs from the first of them, or from a few others.

    A picture differs from the first in places, which are the same for all. What it shows in a
    place is one patch over the first picture, or two: that of another picture which is more alike,
    and over it what differs. A patch is kept once, however many pictures show it there.
    """

    def __init__(self, first):
        """first: pixels, uint8 (height, width, 4), as those of the others."""
        self._shape, self._raw = first.shape[:2], _whole(first).copy()
        self._shades = shades(self._raw)
        self._differences = []
        self._changes = np.zeros([-(-side // BLOCK) for side in self._shape], bool)

    @property
    def first(self):
        """The first picture as WebP bytes."""
        return webp(self._shades.view(np.uint8).reshape(*self._shape, 4)[..., :3])

    def add(self, picture):
        """Keep one more picture."""
        picture = _whole(picture)
        where = np.flatnonzero(picture != self._raw).astype(np.uint32)
        pixels = shades(picture[where])
        seen = pixels != self._shades[where]
        where, pixels = where[seen], pixels[seen]
        rows, columns = np.divmod(where, self._shape[1])
        self._changes[rows // BLOCK, columns // BLOCK] = True
        self._differences.append((where, pixels))

    def finish(self):
        """(patches, pictures): patches as WebP bytes, and for each picture [patch, x, y, ...]."""
        patches, pictures, places = {}, [], list(self._places())
        for where, pixels in self._differences:
            picture = self._shades.copy()
            picture[where] = pixels
            picture = picture.reshape(self._shape)
            parts = sum((place.parts(picture) for place in places), [])
            pictures.append([])
            for patch, x, y in parts:
                pictures[-1] += [patches.setdefault(patch, len(patches)), x, y]
        return list(patches), pictures

    def _places(self):
        """Where pictures differ: the connected parts of what changes."""
        numbers, _ = ndimage.label(self._changes, np.ones((3, 3)))
        height, width = self._shape
        first = self._shades.reshape(self._shape)
        for n, box in enumerate(ndimage.find_objects(numbers), 1):
            top, left = (side.start * BLOCK for side in box)
            bottom, right = (side.stop * BLOCK for side in box)
            mask = np.kron(numbers[box] == n, np.ones((BLOCK, BLOCK), bool))
            window = np.s_[top : min(bottom, height), left : min(right, width)]
            yield Place(first, window, mask[: height - top, : width - left])


class Place:
    """A part of all pictures, a window of which some pixels belong to it (mask)."""

    def __init__(self, first, window, mask):
        self._window, self._mask = window, mask
        # Looks, the parts that make them, and how many pixels differ from the first one.
        self._known = [(self._look(first), [], mask.size)]

    def _look(self, picture):
        return np.where(self._mask, picture[self._window], 0)

    def parts(self, picture):
        """What to draw over the first picture: (patch, x, y), one over the other; maybe none."""
        look = self._look(picture)
        differ = [np.count_nonzero(look != known) for known, _, _ in self._known]
        best = int(np.argmin(differ))
        if differ[best] > ALIKE * differ[0] or not differ[0]:
            best = 0
        known, parts, _ = self._known[best]
        parts = parts + self._difference(look, known)
        if best == 0 and differ[0]:
            self._remember(look, parts, differ[0])
        return parts

    def _remember(self, look, parts, differ):
        """Build on this look too; of too many the one most like the first is forgotten."""
        self._known.append((look, parts, differ))
        if len(self._known) > MOST_KNOWN:
            del self._known[int(np.argmin([known[2] for known in self._known]))]

    def _difference(self, look, known):
        """What a look has that a known one has not: nothing, or one (patch, x, y)."""
        part = np.where(look != known, look, 0)  # 0 is clear
        rows, columns = (np.flatnonzero(part.any(axis=axis)) for axis in (1, 0))
        if not rows.size:
            return []
        box = part[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        pixels = np.ascontiguousarray(box).view(np.uint8).reshape(*box.shape, 4)
        down, right = self._window
        return [(webp(pixels), int(right.start + columns[0]), int(down.start + rows[0]))]


def shades(pixels):
    """Pixels (n,), each one number; those at the edges of letters and lines get fewer shades.

    A color that many pixels have is an area, in which the eye would see another hue: it stays.
    """
    colors, which, count = np.unique(pixels, return_inverse=True, return_counts=True)
    fewer = SHADES[colors.view(np.uint8)].view(np.uint32)
    return np.where(count < AREA, fewer, colors)[which]


def _whole(picture):
    """Each pixel as one number, (height * width,)."""
    return np.ascontiguousarray(picture).view(np.uint32).ravel()


def webp(pixels):
    """Pixels as WebP bytes, exact in every pixel that is seen."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, **WEBP)
    return file.getvalue()
