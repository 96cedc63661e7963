"""Clicks on a live picture, told in the coordinates of the axes that were clicked."""

from pathlib import Path

import anywidget
import ipywidgets as widgets

HERE = Path(__file__).parent


class Sheet(anywidget.AnyWidget):
    """A clear sheet over the picture beside it, which tells where it is clicked."""

    _esm = HERE / "clicks.js"
    _css = HERE / "clicks.css"


class ClickablePicture(widgets.Box):
    """A LivePicture that can be clicked.

    on_click: a function of (ax, x, y), called with the axes that were clicked and the place in
    their data coordinates. What a click does must have a way by keyboard too.
    """

    def __init__(self, picture, on_click):
        self._figure, self._on_click = picture.figure, on_click
        self.sheet = Sheet()
        self.sheet.on_msg(self._clicked)
        super().__init__([picture, self.sheet])
        self.add_class("nn-clickable")

    def _clicked(self, _, place, __):
        """Find the axes; `place` has the shares of the picture `right` and `up`, from 0 to 1."""
        at = self._figure.bbox.size * (place["right"], place["up"])
        for ax in self._figure.axes:
            if ax.bbox.contains(*at):
                self._on_click(ax, *map(float, ax.transData.inverted().transform(at)))
                return
