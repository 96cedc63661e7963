"""The checks of the exercises, one function each."""

from course.lesson08.checks.confusion import inverted_images, which_digit
from course.lesson08.checks.gradient import backprop, find_the_bug
from course.lesson08.checks.layers import bits, components, parameters
from course.lesson08.checks.perceptrons import nand_xor, scaling
from course.lesson08.checks.reports import choose_eta, no_hidden_layer
from course.lesson08.checks.steep import differ, steep
from course.lesson08.checks.steps import best_step, one_variable
from course.lesson08.checks.updates import slopes, updates

__all__ = [
    "backprop",
    "best_step",
    "bits",
    "choose_eta",
    "components",
    "differ",
    "find_the_bug",
    "inverted_images",
    "nand_xor",
    "no_hidden_layer",
    "one_variable",
    "parameters",
    "scaling",
    "slopes",
    "steep",
    "updates",
    "which_digit",
]
