"""A bar that a cell shows while it works and that leaves nothing in the stored notebook."""

import ipywidgets as widgets
from IPython.display import display


class LiveBar(widgets.IntProgress):
    """A callback for `sweep.run` that shows how many runs are done, as in "7 of 15 runs".

    Use it as `sweep.run(..., progress=LiveBar())`, or call it in a loop of your own: `bar(0, 15)`
    shows it, `bar(7, 15)` moves it, `bar(15, 15)` hides it. It is not shown if nothing is to do.
    """

    def __init__(self):
        super().__init__(style={"description_width": "initial"})

    def __call__(self, done, total):
        self.max, self.value = total, done
        self.description = f"{done} of {total} runs"
        self.layout.display = None if done < total else "none"
        if done == 0 and total > 0:
            show_view(self)


def show_view(widget):
    """Show a widget without the line of text that would stay where the widget is stripped."""
    view = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    display({"application/vnd.jupyter.widget-view+json": view}, raw=True)
