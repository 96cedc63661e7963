"""Keys typed in a lab stay in the lab."""

from pathlib import Path

import anywidget


class Keys(anywidget.AnyWidget):
    """Not seen; inside a box of the class nn-lab it keeps keys from the notebook's shortcuts."""

    _esm = Path(__file__).with_name("keys.js")
