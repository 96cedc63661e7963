"""Pictures told by a few numbers: whoever makes other pictures gets other numbers."""

import numpy as np


def of_pictures(pictures):
    """Ink, ink squared, and its moments over rows and columns, added up over all pictures.

    Relative to their number, so that one number that is off in one picture of fifty shows in the
    fourth digit.
    """
    return np.mean([of_picture(np.asarray(one, float)) for one in pictures], axis=0).round(3)


def of_picture(ink):
    rows, columns = np.indices(ink.shape)
    moments = (rows * ink).sum(), (columns * ink).sum(), (rows * columns * ink).sum()
    return [*ink.shape, ink.sum(), (ink**2).sum(), *(moment / 10 for moment in moments)]
