"""What a lesson's cell gives to a lab, checked before the lab is made."""

import numpy as np

from nnlib import arguments, examples, mnist


def digits(split, most=None, *, at_least=1, name="split"):
    """The first `most` digits of labeled images, or all of them, as a Split.

    split: images (n, 784) and labels (n,) from 0 to 9, such as data.test.
    Raises ValueError for anything else, and for fewer than `at_least` images, with its name.
    """
    images, labels = examples.labeled(split, [784, 10], np.float32, name)
    if len(images) < at_least:
        raise ValueError(
            f"{name} has {len(images)} images: expected at least {at_least}, as data.test has"
        )
    first = mnist.Split(images[:most], labels[:most])
    arguments.finite(first.images, name)
    return first


def named(found, name, example):
    """`found`, if it is a dict with at least one name in it; example: what to type instead."""
    if not isinstance(found, dict) or not found or not all(isinstance(n, str) for n in found):
        raise ValueError(
            f"{name} is {arguments.short(found)}: expected a dict with one or more names; type "
            f"for example {example}"
        )
    return found
