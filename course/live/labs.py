"""What all labs share: controls over one picture over one sentence."""

import html
import threading

import ipywidgets as widgets

from course import figures
from course.live.access import Access
from nnlib import threads


class Lab(widgets.VBox):
    """Controls over a live picture over a sentence with the numbers that it shows.

    A subclass gives the controls and the picture to this constructor, as the last thing that its
    own does, and four methods: `prepare()` makes the artists, `compute(**settings)` returns the
    numbers as a dict, `draw(state)` changes the artists, `describe(state)` returns the sentence.
    `compute` depends on nothing but the settings. Everything else is done here.
    `controls[name].value = ...` drives the lab from Python; `state` holds the numbers.

    In a stored notebook, and wherever widgets do not run, the picture and the sentence stand in
    for the lab. `frozen` lists the settings that a page without a kernel can show, as grids of
    values by control; None takes all of them, thinned if they are many: see `course.live.frozen`.
    """

    frozen = None
    frozen_note = ""  # what a page without a kernel cannot do, in words

    def __init__(self, controls, picture, rows=None):
        self.controls, self.picture = controls, picture
        self.state, self.sentence = {}, ""
        self.lock = threading.RLock()
        self.caption = widgets.HTML()
        self.panel = self.lay_out(rows or [list(controls)])
        super().__init__([Access(), *self.panel, self.frame(), self.caption])
        self.add_class("nn-lab")
        for control in controls.values():
            control.observe(self.on_change, names="value")
        self.prepare()
        self.begin()

    def lay_out(self, rows):
        """A box for each row of names of controls."""
        boxes = [widgets.HBox([self.controls[name] for name in row]) for row in rows]
        for box in boxes:
            box.layout.flex_flow = "row wrap"
        return boxes

    def frame(self):
        """The widget that holds the picture: itself, or one that can be clicked."""
        return self.picture

    def prepare(self):
        """Make what is drawn: the artists that stay, and in `picture` those that change."""

    def begin(self):
        """Show the settings at the start."""
        self.on_change()

    @property
    def settings(self):
        """The value of every control by name."""
        return {name: control.value for name, control in self.controls.items()}

    def on_change(self, _=None):
        """A control has moved: compute and show again."""
        with self.lock, threads.one_blas_thread():
            self.show(self.compute(**self.settings))

    def choose(self, **values):
        """Move several controls at once, by name, and show what comes of it once."""
        moved = [self.controls[name] for name in values]
        for control in moved:
            control.unobserve(self.on_change, names="value")
        try:
            for control, value in zip(moved, values.values()):
                control.value = value
        finally:
            for control in moved:
                control.observe(self.on_change, names="value")
        self.on_change()

    def frozen_controls(self):
        """The controls by name that a page without a kernel has."""
        return self.controls

    def show_frozen(self, **values):
        """Show values of the `frozen_controls`, and return when they are shown."""
        self.choose(**values)

    def show(self, state):
        """Show these numbers: picture, sentence and `state` change together."""
        with self.lock:
            self.draw(state)
            self.state, self.sentence = state, self.describe(state)
            self.picture.show()
            self.caption.value = f'<div role="status">{html.escape(self.sentence)}</div>'

    def _repr_mimebundle_(self, **options):
        view = super()._repr_mimebundle_(**options)
        figure = self.picture.figure
        width = round(figure.get_figwidth() * figures.PIXELS_PER_INCH)
        with self.lock:
            shown = self.picture.value, self.sentence, width, figures.signature_of(figure)
            return view | figures.mime_bundle(*shown)
