"""The checks of the exercises, one function each."""

from course.lesson08.checks.best_steps import best_step, one_variable
from course.lesson08.checks.bug_and_backprop import backprop, find_the_bug
from course.lesson08.checks.honest_reports import choose_eta, no_hidden_layer
from course.lesson08.checks.killed_mutants import kill_the_mutants
from course.lesson08.checks.lost_digits import inverted_images, which_digit
from course.lesson08.checks.nand_and_scaling import nand_xor, scaling
from course.lesson08.checks.online_learning import slopes, updates
from course.lesson08.checks.parameters_and_bits import bits, components, parameters
from course.lesson08.checks.steep_networks import differ, steep

__all__ = [
    "backprop",
    "best_step",
    "bits",
    "choose_eta",
    "components",
    "differ",
    "find_the_bug",
    "inverted_images",
    "kill_the_mutants",
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
