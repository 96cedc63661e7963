"""The numbers of arrays, written out."""

import numpy as np
from matplotlib.patches import Rectangle

from nnlib.plots.look import (
    SIGNED,
)


def array_row(ax, arrays, names, signs):
    """Arrays side by side as grids of their numbers: shaded blue above 0, red below.

    arrays: of one or two axes; one axis is drawn as a row.  names: one text per array, written
    under it together with its shape.  signs: what stands between them, one fewer.
    Returns the grids as images, from left to right.
    Raises ValueError for arrays that cannot be drawn so, or names and signs that do not match.
    """
    if not len(arrays) == len(names) == len(signs) + 1:
        raise ValueError(
            f"{len(arrays)} arrays, {len(names)} names and {len(signs)} signs: expected a name for "
            "each array and a sign between neighbors, for example ['w', 'a'] and ['@']"
        )
    arrays = [_grid_of_numbers(array, name) for array, name in zip(arrays, names)]
    limit = max(np.abs(array).max() for array in arrays) or 1  # all zero: white
    height = max(np.atleast_2d(array).shape[0] for array in arrays)
    grids, left = [], 0.0
    for array, name, sign in zip(arrays, names, [*signs, ""], strict=True):
        grids.append(_number_grid(ax, np.atleast_2d(array), left, limit))
        columns = np.atleast_2d(array).shape[1]
        label = f"{name}\n{np.shape(array)}"
        ax.text(left + columns / 2, -height / 2 - 0.15, label, ha="center", va="top")
        ax.text(left + columns + 0.5, 0, sign, ha="center", va="center", fontsize=18)
        left += columns + 1
    ax.set(xlim=(-0.4, left - 0.6), ylim=(-height / 2 - 1.1, height / 2 + 0.1))
    ax.set_axis_off()
    return grids


def _grid_of_numbers(array, name):
    """array as floats, if they are finite and stand in one or two axes."""
    try:
        array = np.asarray(array, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {array!r}: expected an array of numbers") from None
    if array.ndim not in (1, 2) or array.size == 0:
        raise ValueError(
            f"{name} has shape {array.shape}: expected one or two axes and at least one number"
        )
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds a value that is not a finite number (NaN or infinity)")
    return array


def _number_grid(ax, array, left, limit):
    """One array (rows, columns) as squares of side 1 with its numbers, from x = left on."""
    rows, columns = array.shape
    extent = (left, left + columns, -rows / 2, rows / 2)
    image = ax.imshow(array, cmap=SIGNED, vmin=-1.8 * limit, vmax=1.8 * limit, extent=extent)
    for row, column in np.ndindex(rows, columns):
        x, y = left + column + 0.5, rows / 2 - row - 0.5
        ax.text(x, y, f"{array[row, column]:.2f}", ha="center", va="center", fontsize=11)
    ax.add_patch(Rectangle((left, -rows / 2), columns, rows, fill=False, linewidth=1))
    return image
