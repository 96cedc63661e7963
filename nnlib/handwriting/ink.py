"""From a sheet of paper to the ink on it: light and dark sorted out, shadows and ruling removed."""

import numpy as np
from scipy import ndimage

SMALL = 64  # pixels of the longer side: too small to show shadows or ruling
CLEAN_SHARE = 0.18  # of the pixels have the paper's very value: drawn on a screen, no photo
SAME = 2.5 / 255  # values that differ by less are the same
LEAST_CONTRAST = 0.08  # between paper and the darkest ink
FAINT = 0.12  # of the darkest ink: what is fainter is paper
BLOCKS = 40  # of paper along the longer side, whose brightness is found one by one


def ink(page):
    """How much ink there is, (height, width) in float32: 0 is paper, 1 is the darkest ink.

    page: gray values (height, width), 0 to 1. Ink may be dark on light or light on dark; what there
    is less of is taken as ink. Uneven light is evened out, and lines from edge to edge, as
    of ruled paper, are taken away. All is 0 if nothing stands out from the paper.
    """
    clean = _is_clean(page)
    if clean:
        difference, least = page - _commonest(page), LEAST_CONTRAST
    else:
        difference = page - _paper(page)
        least = max(LEAST_CONTRAST, 6 * _noise(difference))
    strength = _less_of_the_two(difference)
    darkest = _darkest(strength)
    if darkest < least:
        return np.zeros_like(page)
    strength = np.clip(strength / darkest, 0, 1)
    strength[strength < FAINT] = 0
    if max(page.shape) > SMALL:
        # On a screen one line from edge to edge may be the bar of a 7 that fills the image.
        for turned in (strength, strength.T):
            turned[_ruling(turned, least=2 if clean else 1)] = 0
    return strength if clean else _without_grain(strength)


def _commonest(page):
    """The most frequent gray value: that of the paper, where there is more of it than of ink."""
    counts, edges = np.histogram(page, bins=256, range=(0, 1))
    place = counts.argmax()
    return np.median(page[(page >= edges[place]) & (page <= edges[place + 1])])


def _is_clean(page):
    """Whether the paper has one gray value throughout, as on a screen, or is too small to tell."""
    off = np.abs(page - _commonest(page))
    even = np.mean(off < SAME) >= CLEAN_SHARE and not _is_shaded(off / max(off.max(), SAME))
    return even or max(page.shape) <= SMALL


def _is_shaded(off):
    """Whether wide areas are neither paper (0) nor ink (1): no pen leaves them, but shadows do."""
    between = ((off > FAINT) & (off < 0.8)).astype(np.uint8)
    return ndimage.minimum_filter(between, max(9, max(off.shape) // 12)).mean() > 0.05


def _less_of_the_two(difference):
    """What is darker than the paper, or what is lighter: the one that stands out more."""
    dark, light = np.maximum(-difference, 0), np.maximum(difference, 0)
    return dark if (dark**2).sum() >= (light**2).sum() else light


def _darkest(strength):
    """The strength of full ink: a high value that a few odd pixels do not decide."""
    inked = strength[strength > 0]
    if not inked.size:
        return 0.0
    few = max(1, min(inked.size // 50, strength.size // 2000))
    return float(np.partition(inked, -few)[-few])


def _noise(difference):
    """The standard deviation of paper, from the median: ink is too rare to change it."""
    return 1.4826 * float(np.median(np.abs(difference - np.median(difference))))


def _paper(page):
    """The brightness of the paper at each pixel, (height, width), whatever the light.

    The median of each small block is paper unless a stroke fills it; a second median, over
    blocks, drops such blocks.
    """
    side = max(2, round(max(page.shape) / BLOCKS))
    rows, columns = (max(1, length // side) for length in page.shape)
    blocks = [
        [np.median(part) for part in np.array_split(band, columns, axis=1)]
        for band in np.array_split(page, rows, axis=0)
    ]
    smooth = ndimage.median_filter(np.array(blocks, np.float32), size=5, mode="nearest")
    smooth = ndimage.gaussian_filter(smooth, 1, mode="nearest")
    factors = [length / blocks for length, blocks in zip(page.shape, smooth.shape)]
    paper = ndimage.zoom(smooth, factors, order=1, mode="nearest", grid_mode=True)
    return paper[: page.shape[0], : page.shape[1]]


def _without_grain(strength):
    """The ink of a photo without grain and without what reaches in from the edge."""
    strength = np.clip((strength - 0.25) / 0.5, 0, 1)  # below: grain, rests of lines
    labels, count = ndimage.label(strength > 0, np.ones((3, 3)))
    if not count:
        return strength
    spans = ndimage.find_objects(labels)
    heights = np.array([max(s.stop - s.start for s in span) for span in spans])
    peaks = ndimage.maximum(strength, labels, np.arange(1, count + 1))
    keep = (peaks > 0.5) & (heights >= max(3, 0.08 * heights[peaks > 0.5].max(initial=0)))
    edges = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    inside = ~np.isin(np.arange(1, count + 1), edges)
    if (keep & inside).any():
        keep &= inside
    return np.where(np.concatenate([[False], keep])[labels], strength, 0)


def _ruling(strength, least):
    """Where at least so many horizontal lines run from edge to edge: booleans (height, width).

    A line is found by its long straight parts. Where a stroke crosses it there is more ink above
    and below than a line has, and the stroke stays.
    """
    height, width = strength.shape
    mask = strength > FAINT
    thick = ndimage.maximum_filter1d(mask.astype(np.uint8), 3, axis=0)
    length = max(9, width // 12 | 1)  # odd, so that both filters have the same middle
    short_gone = ndimage.minimum_filter1d(thick, length, axis=1)
    straight = ndimage.maximum_filter1d(short_gone, length, axis=1)
    labels, _ = ndimage.label(straight, np.ones((3, 3)))
    found = [
        label
        for label, (rows, columns) in enumerate(ndimage.find_objects(labels), start=1)
        if columns.stop - columns.start >= 0.85 * width
        and rows.stop - rows.start <= max(6, 0.12 * width)
    ]
    lines = np.isin(labels, found) & mask
    if len(found) < least:
        return np.zeros_like(mask)
    runs = _vertical_runs(mask)
    thickness = np.median(runs[lines])
    return lines & (runs <= 1.7 * thickness + 1)


def _vertical_runs(mask):
    """For each True pixel, how many True pixels stand above and below it without a gap."""
    labels, count = ndimage.label(mask, [[0, 1, 0]] * 3)
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    return sizes[labels]
