"""What all labs share: controls over one picture over one sentence."""

import html
import threading

import ipywidgets as widgets

from course import figures
from nnlib import threads


class LivePicture(widgets.Image):
    """One matplotlib figure that can be redrawn quickly, shown as an image.

    size: inches, 100 pixels each on the page.  rows, columns and options: see `figures.figure`.
    `moving` lists the artists that change; if it is not empty, only they are redrawn, over a
    saved background, until `forget_background` is called.
    """

    def __init__(self, rows=1, columns=1, size=(9, 4), **options):
        width = f"{round(size[0] * figures.PIXELS_PER_INCH)}px"
        super().__init__(format="png", layout=widgets.Layout(width=width, max_width="100%"))
        self.layout.object_fit = "contain"
        self.figure, self.axes = figures.figure(rows, columns, size, **options)
        self.moving = []
        self._background = None

    def show(self):
        """Draw what has changed and send it to the page."""
        canvas = self.figure.canvas
        if not self.moving:
            canvas.draw()
        elif self._background is None:
            for artist in self.moving:
                artist.set_animated(True)
            canvas.draw()
            self.figure.set_layout_engine("none")  # axes stay where the first drawing put them
            self._background = canvas.copy_from_bbox(self.figure.bbox)
        else:
            canvas.restore_region(self._background)
        for artist in self.moving:
            self.figure.draw_artist(artist)
        self.value = figures.png(self.figure)

    def forget_background(self):
        """Draw everything anew the next time: something other than `moving` has changed."""
        self._background = None


class Lab(widgets.VBox):
    """Controls over a live picture over a sentence with the numbers that it shows.

    A subclass gives the controls and the picture, and three methods: `compute(**settings)`
    returns the numbers as a dict, `draw(state)` changes the artists, `describe(state)` returns the
    sentence. `controls[name].value = ...` drives the lab from Python; `state` holds the numbers.

    In a stored notebook, and wherever widgets do not run, the picture and the sentence stand in
    for the lab.
    """

    def __init__(self, controls, picture, rows=None):
        self.controls, self.picture = controls, picture
        self.state, self.sentence = {}, ""
        self.lock = threading.RLock()
        self.caption = widgets.HTML()
        rows = rows or [list(controls)]
        self.panel = [widgets.HBox([controls[name] for name in row]) for row in rows]
        for box in self.panel:
            box.layout.flex_flow = "row wrap"
        super().__init__([*self.panel, picture, self.caption])
        for control in controls.values():
            control.observe(self.on_change, names="value")

    @property
    def settings(self):
        """The value of every control by name."""
        return {name: control.value for name, control in self.controls.items()}

    def on_change(self, _=None):
        """A control has moved: compute and show again."""
        with self.lock, threads.one_blas_thread():
            self.show(self.compute(**self.settings))

    def show(self, state):
        """Show these numbers: picture, sentence and `state` change together."""
        with self.lock:
            self.draw(state)
            self.state, self.sentence = state, self.describe(state)
            self.picture.show()
            self.caption.value = f'<div role="status">{html.escape(self.sentence)}</div>'

    def _repr_mimebundle_(self, **options):
        view = super()._repr_mimebundle_(**options)
        width = round(self.picture.figure.get_figwidth() * figures.PIXELS_PER_INCH)
        with self.lock:
            data, metadata = figures.mime_bundle(self.picture.value, self.sentence, width)
        return view | data, metadata
