"""The controls that several labs have; a new run starts when a slider is let go."""

import ipywidgets as widgets
import traitlets

LOOK = {"style": {"description_width": "90px"}, "layout": {"width": "430px"}}
ON_RELEASE = LOOK | {"continuous_update": False}


def eta(values, value):
    """A slider for the learning rate over these values."""
    options = [(f"{option:g}", option) for option in values]
    return widgets.SelectionSlider(options=options, value=value, description="eta", **ON_RELEASE)


def hidden_size(value):
    """A slider for the size of the hidden layer, 0 to 100; 0 means no hidden layer."""
    return widgets.IntSlider(value, 0, 100, description="hidden size", **ON_RELEASE)


def epochs(value, most):
    """A slider for the number of epochs, 1 to `most`."""
    return widgets.IntSlider(value, 1, most, description="epochs", **ON_RELEASE)


def seed():
    """A slider for the seed of the start and of the shuffling, 0 to 20."""
    return widgets.IntSlider(0, 0, 20, description="seed", **ON_RELEASE)


def start():
    """A choice of how weights and biases are drawn at the start; see `nnlib.network.Network`."""
    return widgets.Dropdown(options=["gaussian", "scaled"], description="start", **LOOK)


class CountingButton(widgets.Button):
    """A button with a value: how often it was pressed."""

    value = traitlets.Int(0)

    def __init__(self, **look):
        super().__init__(**look)
        self.on_click(self._count)

    def _count(self, _):
        self.value += 1


def play(slider, milliseconds):
    """Play and Stop for a slider of whole numbers, one step each so many milliseconds, 125 or more.

    Returns the widgets to put beside it. A reader whose system asks for less motion does not see
    them, and moves the slider.
    """
    steps = {"min": slider.min, "max": slider.max, "step": slider.step, "value": slider.value}
    slider.play_every = milliseconds  # for a page where the player is not
    player = widgets.Play(**steps, interval=milliseconds, show_repeat=False)
    player.add_class("course-play")
    widgets.jslink((player, "value"), (slider, "value"))
    hide = "@media (prefers-reduced-motion: reduce) { .course-play { display: none } }"
    return player, widgets.HTML(f"<style>{hide}</style>")
