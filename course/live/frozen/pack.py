"""Many pictures of one figure in little room: one whole picture, and of the others what differs."""

import base64
import io

import numpy as np
from PIL import Image
from scipy import ndimage

BLOCK = 16  # pixels; what changes is looked for in squares of this side
WEBP = {"format": "WEBP", "lossless": True, "method": 4, "quality": 60}


class Pack:
    """Pictures (height, width, 3) of one size, kept as differences from the first of them.

    A picture differs from the first in places, which are the same for all; what it shows in a
    place is kept once, however many pictures show it there.
    """

    def __init__(self, first):
        self.first, self._pictures = first, []
        height, width = first.shape[:2]
        self._changes = np.zeros((-(-height // BLOCK), -(-width // BLOCK)), bool)

    def add(self, picture):
        """Keep one more picture."""
        self._changes |= blocks(np.any(picture != self.first, axis=-1))
        self._pictures.append(webp(picture, method=0))

    def finish(self):
        """(patches, pictures): patches as WebP bytes, and for each picture [patch, x, y, ...]."""
        patches, pictures = {}, []
        places = list(self._places())
        for packed in self._pictures:
            picture = np.asarray(Image.open(io.BytesIO(packed)).convert("RGB"))
            parts = [part for place in places for part in self._part(picture, *place)]
            pictures.append([])
            for patch, x, y in parts:
                pictures[-1] += [patches.setdefault(patch, len(patches)), x, y]
        return list(patches), pictures

    def _places(self):
        """Where pictures differ: for each connected place its box and which pixels belong to it."""
        numbers, _ = ndimage.label(ndimage.binary_dilation(self._changes))
        height, width = self.first.shape[:2]
        for n, box in enumerate(ndimage.find_objects(numbers), 1):
            rows, columns = (slice(part.start * BLOCK, part.stop * BLOCK) for part in box)
            mask = np.kron(numbers[box] == n, np.ones((BLOCK, BLOCK), bool))
            window = (
                slice(rows.start, min(rows.stop, height)),
                slice(columns.start, min(columns.stop, width)),
            )
            yield (
                window,
                mask[: window[0].stop - window[0].start, : window[1].stop - window[1].start],
            )

    def _part(self, picture, window, mask):
        """What a picture has in a place that the first has not: nothing, or one (patch, x, y)."""
        part = picture[window]
        differs = mask & np.any(part != self.first[window], axis=-1)
        if not differs.any():
            return
        rows, columns = (np.flatnonzero(differs.any(axis=axis)) for axis in (1, 0))
        box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        clear = np.dstack([part, np.where(differs, 255, 0).astype(np.uint8)])[box]
        clear[clear[..., 3] == 0] = 0
        yield webp(clear), int(window[1].start + columns[0]), int(window[0].start + rows[0])


def blocks(mask):
    """Which squares of a mask (height, width) have something in them."""
    height, width = mask.shape
    padded = np.pad(mask, [(0, -height % BLOCK), (0, -width % BLOCK)])
    rows, columns = (side // BLOCK for side in padded.shape)
    return padded.reshape(rows, BLOCK, columns, BLOCK).any(axis=(1, 3))


def webp(pixels, **options):
    """Pixels as WebP bytes, exact in every pixel."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, **WEBP | options)
    return file.getvalue()


def text(packed):
    """Bytes as text that fits into a page."""
    return base64.b64encode(packed).decode()
