"""A lab for those who use it by keys or hear it: keys stay in it, its parts have names."""

from pathlib import Path

import anywidget


class Access(anywidget.AnyWidget):
    """Not seen; inside a box of the class nn-lab it keeps keys from the notebook's shortcuts.

    It gives the picture the lab's sentence as its text, and names to sliders and Play.
    """

    _esm = Path(__file__).with_name("access.js")
