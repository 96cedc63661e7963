"""The one look of all figures, and what two lessons or more draw."""

from course.figures.accuracy import (
    accuracy_axes,
    accuracy_curve,
    in_percent,
    recall_bars,
    update_recall_bars,
)
from course.figures.confusion import confusion_table
from course.figures.descents import cost_curve, drape, path_artists, set_path
from course.figures.digits import answered_images, image_grid, weight_grid
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
    forget_pixels,
    mime_bundle,
    png,
)
from course.figures.signature import signature_of, signature_of_paper
