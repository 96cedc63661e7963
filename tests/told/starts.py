"""The table of many starts, for the numbers that lessons 07 and 09 tell of it."""

import numpy as np

from course.measured import starts

TABLE = starts.read()
SETS = "full", "mini"
AFTER_07 = 30, "none", starts.EVERYTHING, 30  # trained like the network of lesson 07


def column(name, data, hidden, scaled, images, epochs, eta=3.0):
    """A column of a group of runs on one set, (seeds,); see `starts.group`."""
    found = starts.group(TABLE, data, hidden, scaled, images, epochs, eta)[name]
    return np.array([float(cell) if str(cell) else np.nan for cell in found])


def medians(name, *group):
    """The median of a column on the full set and on the small one, of the runs that have it."""
    return [np.nanmedian(column(name, data, *group)) for data in SETS]


def counts(name, *group):
    """In how many runs a column is above 0, on the full set and on the small one."""
    return [int(np.sum(column(name, data, *group) > 0)) for data in SETS]


def most(name, *group):
    """The largest of a column on the full set and on the small one."""
    return [np.nanmax(column(name, data, *group)) for data in SETS]


def seeds(*group):
    """How many starts there are of a group on each set."""
    full, mini = (len(column("lost", data, *group)) for data in SETS)
    assert full == mini
    return full
