"""The one look of all figures, and what two lessons or more draw."""

from course.figures.accuracy import (
    accuracy_axes,
    accuracy_curve,
    confusion_table,
    in_percent,
    recall_bars,
    update_recall_bars,
)
from course.figures.digits import (
    image_grid,
    weight_grid,
)
from course.figures.look import (
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
from course.figures.descents import (
    cost_curve,
    path_artists,
    set_path,
)
