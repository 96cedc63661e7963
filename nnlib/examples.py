"""Examples for a network in every form that people have them, brought into one.

`training` and `labeled` take a list (or zip) of (x, y) columns, as the book has them, or images
with labels or targets, as arrays, tables or a Split. They return arrays, or raise a ValueError that
says what was given, what was expected and what to type instead. Nothing is changed.
"""

from collections.abc import Iterator, Sized

import numpy as np

from nnlib import arguments


class Examples:
    """n checked examples: what the book has as a list of (x, y) columns, held as two arrays.

    images: (n, n_in).  targets: (n, n_out), of the same type. `for x, y in examples` gives the
    columns, (n_in, 1) and (n_out, 1), one example after the other; `len` is n.
    """

    __slots__ = ("images", "targets")

    def __init__(self, images, targets):
        self.images, self.targets = images, targets

    def __len__(self):
        return len(self.images)

    def __iter__(self):
        return zip(self.images[:, :, np.newaxis], self.targets[:, :, np.newaxis])

    def take(self, places):
        """The examples at these places, whole numbers of shape (m,), as Examples."""
        return Examples(self.images.take(places, axis=0), self.targets.take(places, axis=0))


def training(data, sizes, dtype, name="training_data"):
    """Examples to learn from.  sizes: of the network's layers.  dtype: of its weights.

    data: (x, y) pairs of columns, or (images, answers) with images (n, n_in) and as answers labels
    (n,) or targets (n, n_out). For one output neuron targets are numbers, usually 0 and 1.
    """
    if isinstance(data, Examples):
        found = [data.images.shape[1], data.targets.shape[1]]
        if found != [sizes[0], sizes[-1]]:
            raise ValueError(
                f"{name} was made for a network with {found[0]} inputs and {found[1]} outputs; "
                f"this one has the sizes {sizes}"
            )
        return data
    images, answers = _images_and_answers(data, sizes[0], dtype, name)
    targets = _targets(answers, sizes[-1], dtype, name)
    if targets.shape != (len(images), sizes[-1]):
        raise ValueError(
            f"{name} has targets of shape {targets.shape}: expected "
            f"{(len(images), sizes[-1])}, one row of {sizes[-1]} outputs for each image; "
            "or give labels, one whole number for each image"
        )
    return Examples(arguments.finite(images, name), arguments.finite(targets, name))


def labeled(data, sizes, dtype, name="test_data"):
    """Images (n, n_in) and labels (n,), whole numbers, to count right answers with.

    data: (x, label) pairs, or any form that `training` takes; of targets the label is the highest.
    The labels of one output neuron are 0 and 1.
    """
    if isinstance(data, Examples):
        data = data.images, data.targets
    images, answers = _images_and_answers(data, sizes[0], dtype, name)
    n_out = sizes[-1]
    if answers.ndim == 2 and answers.shape[1] == n_out:
        answers = answers.argmax(axis=1) if n_out > 1 else answers[:, 0]
    return images, _labels(answers, max(2, n_out), name)


def form(data, name):
    """`data`, if it is in a form that `labeled` takes, whatever the network; a zip as a list."""
    data = list(data) if isinstance(data, Iterator) else data
    if not isinstance(data, Examples):
        _refuse_other_arguments(data, None, name)
        if _pair_of_arrays(data) is None:
            _unzipped(data, name)
    return data


def rows(images, n_in, name="the images"):
    """The array of images, if it has the shape (n, n_in), one row for each of n > 0 images."""
    shape, hint = images.shape, ""
    if len(shape) == 2 and shape[1] == n_in and len(images) > 0:
        return images
    if len(shape) != 2 and images.size % n_in == 0:
        hint = f"; type images.reshape(-1, {n_in})"
    elif len(shape) == 2 and shape[0] == n_in:
        hint = "; type images.T"
    elif len(shape) == 2 and shape[1] != n_in:
        hint = f"; or make the network for them: its sizes begin with {shape[1]}"
    raise ValueError(f"{name} have shape {shape}: expected (n, {n_in}), one row per image{hint}")


def one_hot(labels, n_out, dtype):
    """Targets (n, n_out) for labels (n,): 1.0 in the column of the label, 0.0 elsewhere."""
    return np.eye(n_out, dtype=dtype)[labels]


def _targets(answers, n_out, dtype, name):
    """Answers as targets: labels become one-hot rows, or one number each for one output neuron."""
    if answers.ndim == 1 and n_out > 1:
        return one_hot(_labels(answers, n_out, name), n_out, dtype)
    targets = arguments.array(answers, dtype, name)
    return targets[:, np.newaxis] if targets.ndim == 1 else targets


def _images_and_answers(data, n_in, dtype, name):
    """Images (n, n_in) and, as given, the labels or targets that belong to them."""
    _refuse_other_arguments(data, n_in, name)
    images, answers = _pair_of_arrays(data) or _stacked(data, n_in, name)
    images = arguments.array(images, dtype, f"the images of {name}")
    answers = arguments.plain_array(answers, f"the labels of {name}")
    if images.ndim == 1 and answers.ndim == 2:
        raise ValueError(f"{name} is swapped: expected (images, labels), found (labels, images)")
    if images.ndim and len(images) == 0:
        raise ValueError(_empty(data, name))
    rows(images, n_in, f"the images of {name}")
    if answers.ndim == 0 or len(answers) != len(images):
        given = len(answers) if answers.ndim else "no list of"
        raise ValueError(
            f"{name} has {len(images)} images and {given} labels: expected one label per image"
        )
    return images, answers


def _refuse_other_arguments(data, n_in, name):
    """Name the mistakes that are easily made: three splits at once, images alone, one example."""
    parts = data if isinstance(data, (tuple, list)) else ()
    if hasattr(data, "train") or (len(parts) == 3 and not any(map(_is_example, parts))):
        raise ValueError(
            f"{name} has three parts, as all three splits have: expected one split; type for "
            "example training, validation, test = mnist.load() and give one of the three"
        )
    if len(getattr(data, "shape", ())) >= 2:
        raise ValueError(
            f"{name} is one array of shape {np.shape(data)}: expected images and labels together; "
            "type (images, labels), in parentheses"
        )
    if len(parts) == 2 and getattr(parts[0], "shape", ()) == (n_in, 1) != (1, 1):
        raise ValueError(f"{name} is one example (x, y): expected a list of them; type [(x, y)]")


def _is_example(part):
    """Whether a part of a list looks like one example: an x, which is one column, and a y."""
    is_pair = isinstance(part, (tuple, list)) and len(part) == 2
    return is_pair and np.shape(part[0])[1:] == (1,)


def _pair_of_arrays(data):
    """Images and labels, if each is one array, table, column of a table or list; None if not."""
    if hasattr(data, "images") and hasattr(data, "labels"):
        return data.images, data.labels
    if not isinstance(data, (tuple, list)) or len(data) != 2:
        return None
    images, labels = data
    lists = isinstance(data, tuple) and isinstance(images, list) and isinstance(labels, list)
    if hasattr(images, "shape") or (lists and images and isinstance(images[0], list)):
        return images, labels
    return None


def _stacked(data, n_in, name):
    """Rows from an iterable of (x, y) pairs, x a column (n_in, 1), y a column or a label."""
    xs, ys = _unzipped(data, name)
    try:
        wrong, shapes = {np.shape(x) for x in xs} - {(n_in, 1)}, {np.shape(y) for y in ys}
    except ValueError:
        raise ValueError(f"{name} has an x or y whose rows differ in length") from None
    if wrong:
        shape = wrong.pop()
        raise ValueError(
            f"{name} has an x of shape {shape}: expected ({n_in}, 1), a column"
            + arguments.shape_hint(shape, n_in, "x")
        )
    if len(shapes) > 1:
        raise ValueError(f"{name} mixes answers of different shapes; give labels or columns to all")
    shape = shapes.pop()
    if len(shape) > 1 and shape[1:] != (1,):
        raise ValueError(
            f"{name} has a y of shape {shape}: expected a column, (n_out, 1), or a label"
            + (f"; type y.reshape({shape[1]}, 1)" if shape[0] == 1 else "")
        )
    return np.concatenate(xs).reshape(len(xs), n_in), np.reshape(ys, (len(ys), *shape[:1]))


def _unzipped(data, name):
    """The x's and the y's of an iterable of pairs."""
    if not np.iterable(data):
        raise ValueError(
            f"{name} is {type(data).__name__}: expected a list of (x, y) pairs, "
            "or a pair of arrays (images, labels)"
        )
    pairs = list(data)
    if not pairs:
        raise ValueError(_empty(data, name))
    try:
        xs, ys = zip(*pairs, strict=True)
    except (TypeError, ValueError):
        raise ValueError(
            f"{name} is {type(data).__name__}, but not every element is a pair (x, y); "
            "mnist_loader.load_data_wrapper() makes such a list"
        ) from None
    return xs, ys


def _empty(data, name):
    if isinstance(data, Iterator) or not isinstance(data, Sized):
        return (
            f"{name} is empty. A zip can be read only once: after the first run nothing is left "
            f"of it; type {name} = list({name}) before using it"
        )
    hint = "; to count nothing, leave it out" if name == "test_data" else ""
    return f"{name} is empty: expected at least one example{hint}"


def _labels(labels, n_out, name):
    """Labels (n,) as integers from 0 to n_out - 1."""
    if labels.ndim != 1:
        raise ValueError(
            f"{name} has labels of shape {labels.shape}: expected (n,), one whole number for each "
            f"image, or targets of shape (n, {n_out})"
        )
    allowed = np.isin(labels, np.arange(n_out))
    if not allowed.all():
        raise ValueError(
            f"{name} has the label {labels[~allowed][0].item()!r}: expected whole numbers from 0 "
            f"to {n_out - 1}, one for each image"
        )
    return labels.astype(np.intp)
