"""The controls that several labs have; a new run starts when a slider is let go."""

import ipywidgets as widgets

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
