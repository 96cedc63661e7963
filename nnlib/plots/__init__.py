"""Figures with one look for the whole course: matplotlib in, matplotlib out.

Every drawing function takes plain arrays and an Axes, draws, and returns what a test can check.
Figures are made without pyplot, whose global state does not survive several threads.
"""

from nnlib.plots.arrays import array_row
from nnlib.plots.backprop import backprop_diagram, number, update_backprop_diagram
from nnlib.plots.descent import (
    contour_map,
    cost_axes,
    cost_curve,
    path_artists,
    set_path,
    surface,
    tangent_artists,
    with_surface,
)
from nnlib.plots.digits import image_grid, mini_batch_rows, weight_grid
from nnlib.plots.look import (
    ACTIVATION,
    BLACK,
    BLUE,
    GREEN,
    GREY,
    HEIGHT,
    LOOK,
    ORANGE,
    PIXELS_PER_INCH,
    PURPLE,
    RED,
    SIGNED,
    SKY,
    YELLOW,
    Picture,
    figure,
    mime_bundle,
    png,
)
from nnlib.plots.networks import NetworkDrawing, draw_network, network_layout
from nnlib.plots.neurons import (
    TABLE,
    activation_axes,
    activation_diagram,
    decision_plane,
    draw_perceptron,
    half_plane,
    step_curve,
    truth_table,
    update_activation_diagram,
    update_decision_plane,
    update_truth_table,
)
from nnlib.plots.saturation import (
    SLOPE_EDGES,
    Z_EDGES,
    instrument_curves,
    share_histogram,
    slope_axes,
    update_share_histogram,
    z_axes,
)
from nnlib.plots.sweep import accuracy_against, accuracy_map
from nnlib.plots.training import (
    accuracy_axes,
    accuracy_bars,
    accuracy_curve,
    answer_table,
    confusion_table,
    in_percent,
    ledger_chart,
    recall_bars,
    update_recall_bars,
)
