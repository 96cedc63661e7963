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
        return _of_this_network(data, sizes, name)
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


def one_hot(labels, n_out, dtype):
    """Targets (n, n_out) for labels (n,): 1.0 in the column of the label, 0.0 elsewhere."""
    return np.eye(n_out, dtype=dtype)[labels]


def _of_this_network(examples, sizes, name):
    found = [examples.images.shape[1], examples.targets.shape[1]]
    if found != [sizes[0], sizes[-1]]:
        raise ValueError(
            f"{name} was made for a network with {found[0]} inputs and {found[1]} outputs; "
            f"this one has the sizes {sizes}"
        )
    return examples


def _targets(answers, n_out, dtype, name):
    """Answers as targets: labels become one-hot rows, or one number each for one output neuron."""
    if answers.ndim != 1:
        return arguments.array(answers, dtype, name)
    if n_out == 1:
        return arguments.array(answers, dtype, name)[:, np.newaxis]
    return one_hot(_labels(answers, n_out, name), n_out, dtype)


def _images_and_answers(data, n_in, dtype, name):
    """Images (n, n_in) and, as given, the labels or targets that belong to them."""
    _refuse_other_arguments(data, n_in, name)
    images, answers = _arrays(data) if _is_array_pair(data) else _stacked(data, n_in, name)
    images = arguments.array(images, dtype, f"the images of {name}")
    answers = arguments.plain_array(answers, f"the labels of {name}")
    if images.ndim == 1 and answers.ndim == 2:
        raise ValueError(f"{name} is swapped: expected (images, labels), found (labels, images)")
    if images.ndim != 2 or images.shape[1] != n_in:
        raise ValueError(
            f"{name} has images of shape {images.shape}: expected (n, {n_in}), one row per image"
            + _row_hint(images.shape, n_in)
        )
    if len(images) == 0:
        raise ValueError(_empty(data, name))
    if answers.ndim == 0 or len(answers) != len(images):
        given = len(answers) if answers.ndim else "no list of"
        raise ValueError(
            f"{name} has {len(images)} images and {given} labels: expected one label per image"
        )
    return images, answers


def _refuse_other_arguments(data, n_in, name):
    """Name the mistakes that are easily made: three splits at once, images alone, one example."""
    parts = data if isinstance(data, (tuple, list)) else ()
    if hasattr(data, "train") or (len(parts) == 3 and not any(_is_example(p) for p in parts)):
        raise ValueError(
            f"{name} has three parts, as all three splits have: expected one split; type for "
            "example training, validation, test = mnist.load() and give one of the three"
        )
    if _has_axes(data, 2):
        raise ValueError(
            f"{name} is one array of shape {np.shape(data)}: expected images and labels together; "
            "type (images, labels), in parentheses"
        )
    if len(parts) == 2 and _has_axes(parts[0], 2) and parts[0].shape == (n_in, 1) != (1, 1):
        raise ValueError(f"{name} is one example (x, y): expected a list of them; type [(x, y)]")


def _is_example(part):
    """Whether a part of a list looks like one example: an x, which is one column, and a y."""
    return (
        isinstance(part, (tuple, list))
        and len(part) == 2
        and np.ndim(part[0]) == 2
        and (np.shape(part[0])[1] == 1)
    )


def _is_array_pair(data):
    """Whether data is images and labels, each as one array, table, column of a table or list."""
    if hasattr(data, "images") and hasattr(data, "labels"):
        return True
    if not isinstance(data, (tuple, list)) or len(data) != 2:
        return False
    rows = data[0]
    as_lists = isinstance(data, tuple) and isinstance(rows, list) and isinstance(data[1], list)
    return hasattr(rows, "shape") or (as_lists and bool(rows) and isinstance(rows[0], list))


def _arrays(data):
    return (data.images, data.labels) if hasattr(data, "labels") else data


def _has_axes(data, count):
    return hasattr(data, "shape") and len(data.shape) >= count


def _stacked(data, n_in, name):
    """Rows from an iterable of (x, y) pairs, x a column (n_in, 1), y a column or a label."""
    xs, ys = _unzipped(data, name)
    shapes = {_shape(x, name) for x in xs}
    if shapes != {(n_in, 1)}:
        wrong = next(shape for shape in shapes if shape != (n_in, 1))
        raise ValueError(
            f"{name} has an x of shape {wrong}: expected ({n_in}, 1), a column"
            + arguments.shape_hint(wrong, n_in, "x")
        )
    shapes = {_shape(y, name) for y in ys}
    if len(shapes) > 1:
        raise ValueError(f"{name} mixes answers of different shapes; give labels or columns to all")
    shape = shapes.pop()
    if len(shape) > 1 and shape[1:] != (1,):
        raise ValueError(
            f"{name} has a y of shape {shape}: expected a column, (n_out, 1), or a label"
            + (f"; type y.reshape({shape[1]}, 1)" if shape[0] == 1 else "")
        )
    images = np.concatenate([np.asarray(x) for x in xs]).reshape(len(xs), n_in)
    return images, np.reshape(ys, (len(ys), *shape[:1])) if len(shape) == 2 else np.array(ys)


def _unzipped(data, name):
    """The x's and the y's of an iterable of pairs."""
    try:
        pairs = list(data)
    except TypeError:
        raise ValueError(
            f"{name} is {type(data).__name__}: expected a list of (x, y) pairs, "
            "or a pair of arrays (images, labels)"
        ) from None
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


def _shape(x, name):
    try:
        return np.shape(x)
    except ValueError:
        raise ValueError(f"{name} has an x or y whose rows differ in length") from None


def _row_hint(shape, n_in):
    if len(shape) == 3 and shape[1] * shape[2] == n_in:
        return f"; type images.reshape(len(images), {n_in})"
    if len(shape) == 2 and shape[0] == n_in:
        return "; type images.T"
    if len(shape) == 2:
        return f"; or make the network for them: its sizes begin with {shape[1]}"
    return ""


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
    whole = labels.dtype.kind in "biuf" and np.all(labels == labels // 1)
    if not whole or labels.min() < 0 or labels.max() >= n_out:
        raise ValueError(
            f"{name} has the label {_first_wrong(labels, n_out)!r}: expected whole numbers from 0 "
            f"to {n_out - 1}, one for each image"
        )
    return labels.astype(np.intp)


def _first_wrong(labels, n_out):
    allowed = set(range(n_out))
    return next((label for label in labels.tolist() if label not in allowed), labels[0])
