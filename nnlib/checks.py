"""What the public functions accept, and the words a student reads when something does not fit.

Each function returns its argument in the one form that the calculation uses, or raises a
ValueError that says what was given, what was expected and what to type instead. Nothing is changed.
"""

import numbers

import numpy as np


def layer_sizes(sizes):
    """Layer sizes as a list of ints: at least two, each at least 1."""
    try:
        sizes = list(sizes)
    except TypeError:
        sizes = [sizes]
    whole = all(_is_whole(n) and n >= 1 for n in sizes)
    if len(sizes) < 2 or not whole:
        raise ValueError(
            f"sizes is {sizes}: expected at least two layers, each a whole number of neurons "
            "from 1 up, input first; type for example Network([784, 30, 10])"
        )
    return [int(n) for n in sizes]


def float_type(dtype):
    """np.float32 or np.float64, as a numpy.dtype."""
    try:
        found = np.dtype(dtype)
    except TypeError:
        found = None
    if found not in (np.float32, np.float64):
        raise ValueError(f"dtype is {dtype!r}: expected np.float32 or np.float64")
    return found


def choice(name, value, allowed):
    """`value`, if it is one of the allowed words."""
    if not isinstance(value, str) or value not in allowed:
        words = " or ".join(repr(word) for word in allowed)
        raise ValueError(f"{name} is {value!r}: expected {words}; type for example {name}={words}")
    return value


def whole_number(name, value, *, at_least):
    """`value` as an int that is at least `at_least`."""
    if not _is_whole(value) or value < at_least:
        raise ValueError(
            f"{name} is {value!r}: expected a whole number from {at_least} up, "
            f"for example {name}={max(10, at_least)}"
        )
    return int(value)


def learning_rate(eta, dtype):
    """eta as an array without axes: computing with it leaves arrays of `dtype` at that dtype."""
    if not isinstance(eta, numbers.Real) or not abs(float(eta)) <= float(np.finfo(dtype).max):
        raise ValueError(f"eta is {eta!r}: expected a finite number, for example eta=3.0")
    return np.array(eta, dtype)


def columns(x, n, dtype, *, m=None, name="x"):
    """x as a finite array of shape (n, m) and `dtype`: one example per column."""
    x = _numbers(x, dtype, name)
    if x.ndim != 2 or x.shape[0] != n or x.shape[1] == 0 or m not in (None, x.shape[1]):
        expected = f"({n}, {'m' if m is None else m})"
        raise ValueError(
            f"{name} has shape {x.shape}: expected {expected}, one column per example"
            + _shape_hint(x.shape, n, name)
        )
    return _finite(x, name)


def training_examples(data, sizes, dtype):
    """Images (n, n_in) and targets (n, n_out) from a list of (x, y) columns or a pair of arrays."""
    images, targets = _arrays(data, sizes[0], dtype, "training_data")
    if targets.ndim == 1:
        targets = one_hot(_labels(targets, sizes[-1], "training_data"), sizes[-1], dtype)
    if targets.shape != (len(images), sizes[-1]):
        raise ValueError(
            f"training_data has targets of shape {targets.shape}: expected "
            f"{(len(images), sizes[-1])}, one row of {sizes[-1]} outputs for each image; "
            "or give labels, one whole number for each image"
        )
    return images, _finite(_numbers(targets, dtype, "training_data"), "training_data")


def labeled_examples(data, sizes, dtype, *, name="test_data"):
    """Images (n, n_in) and labels (n,) from (x, label) pairs, (x, y) columns or arrays."""
    images, labels = _arrays(data, sizes[0], dtype, name)
    if labels.ndim == 2 and labels.shape[1] == sizes[-1]:
        labels = labels.argmax(axis=1)
    return images, _labels(labels, sizes[-1], name)


def one_hot(labels, n_out, dtype):
    """Targets (n, n_out) for labels (n,): 1.0 in the column of the label, 0.0 elsewhere."""
    return np.eye(n_out, dtype=dtype)[labels]


def stored_network(arrays, path, sizes=None):
    """(sizes, biases, weights) from the arrays of a weights file, if they fit together."""
    wrong = f"{path} is not a file that Network.save wrote: "
    again = "; save the network again, or name another file"
    if "sizes" not in arrays:
        raise ValueError(f"{wrong}it has no array 'sizes'{again}")
    found = layer_sizes(np.ravel(arrays["sizes"]).tolist())
    if sizes is not None and found != layer_sizes(sizes):
        raise ValueError(
            f"{path} holds a network of sizes {found}, not {list(sizes)}; "
            "load it without sizes=, or name another file"
        )
    biases, weights = [], []
    for layer, (n_in, n_out) in enumerate(zip(found[:-1], found[1:]), start=1):
        for kind, shape, group in (
            ("biases", (n_out, 1), biases),
            ("weights", (n_out, n_in), weights),
        ):
            array = arrays.get(f"{kind}_{layer}", np.empty(0))
            if array.shape != shape or array.dtype not in (np.float32, np.float64):
                raise ValueError(
                    f"{wrong}'{kind}_{layer}' should be floats of shape {shape}, "
                    f"found {array.dtype} of shape {array.shape}{again}"
                )
            group.append(_finite(array, f"'{kind}_{layer}' in {path}"))
    if len({array.dtype for array in biases + weights}) > 1:
        raise ValueError(f"{wrong}it mixes float32 and float64{again}")
    return found, biases, weights


def _is_whole(value):
    return isinstance(value, numbers.Integral) and not isinstance(value, (bool, np.bool_))


def _numbers(x, dtype, name):
    """x as an array of `dtype`; not copied if it is one already."""
    try:
        return np.asarray(x, dtype=dtype)
    except (TypeError, ValueError):
        raise ValueError(
            f"{name} is not an array of numbers: it is {type(x).__name__}; "
            f"type np.asarray({name}) to see what it holds"
        ) from None


def _finite(x, name):
    if not np.isfinite(x).all():
        raise ValueError(
            f"{name} holds a value that is not a finite number (NaN or infinity); "
            "np.argwhere(~np.isfinite(...)) shows where"
        )
    return x


def _shape_hint(shape, n, name):
    """What to type to turn a likely mistake into columns."""
    if shape == (n,):
        return f"; type {name}.reshape({n}, 1)"
    if len(shape) == 2 and shape[1] == n:
        return f"; type {name}.T"
    if len(shape) == 3 and shape[1] * shape[2] == n:
        return f"; type {name}.reshape(-1, {n}).T"
    return ""


def _arrays(data, n_in, dtype, name):
    """Images (n, n_in) and, as given, the labels or targets that belong to them."""
    if _is_array_pair(data):
        images, answers = data
    else:
        images, answers = _stacked(data, n_in, name)
    images = _numbers(images, dtype, name)
    answers = np.asarray(answers)
    if images.ndim != 2 or images.shape[1] != n_in:
        raise ValueError(
            f"{name} has images of shape {images.shape}: expected (n, {n_in}), one row per image"
            + _row_hint(images.shape, n_in)
        )
    if len(images) == 0:
        raise ValueError(_empty(name))
    if answers.ndim == 0 or len(answers) != len(images):
        given = len(answers) if answers.ndim else "no list of"
        raise ValueError(
            f"{name} has {len(images)} images and {given} labels: expected one label per image"
        )
    return _finite(images, name), answers


def _is_array_pair(data):
    """Whether data is (images, labels) as two arrays, and not a list of (x, y) pairs."""
    return (
        isinstance(data, (tuple, list))
        and len(data) == 2
        and all(isinstance(part, np.ndarray) for part in data)
    )


def _stacked(data, n_in, name):
    """Rows from an iterable of (x, y) pairs, x a column (n_in, 1), y a column or a label."""
    try:
        pairs = list(data)
    except TypeError:
        raise ValueError(
            f"{name} is {type(data).__name__}: expected a list of (x, y) pairs, "
            "or a pair of arrays (images, labels)"
        ) from None
    if not pairs:
        raise ValueError(_empty(name))
    try:
        xs, ys = zip(*pairs, strict=True)
    except (TypeError, ValueError):
        raise ValueError(
            f"{name} is a list, but not every element is a pair (x, y); "
            "mnist_loader.load_data_wrapper() makes such a list"
        ) from None
    shapes = {np.shape(x) for x in xs}
    if shapes != {(n_in, 1)}:
        wrong = next(shape for shape in shapes if shape != (n_in, 1))
        raise ValueError(
            f"{name} has an x of shape {wrong}: expected ({n_in}, 1), a column"
            + _shape_hint(wrong, n_in, "x")
        )
    if len({np.shape(y) for y in ys}) > 1:
        raise ValueError(f"{name} mixes answers of different shapes; give labels or columns to all")
    images = np.concatenate(xs).reshape(len(xs), n_in)
    return images, np.array(ys)[..., 0] if np.ndim(ys[0]) == 2 else np.array(ys)


def _row_hint(shape, n_in):
    if len(shape) == 3 and shape[1] * shape[2] == n_in:
        return f"; type images.reshape(len(images), {n_in})"
    if len(shape) == 2 and shape[0] == n_in:
        return "; type images.T"
    return ""


def _empty(name):
    return (
        f"{name} is empty. A zip can be read only once: after the first training run nothing is "
        f"left of it; type {name} = list({name}) before using it"
    )


def _labels(labels, n_out, name):
    """Labels (n,) as integers from 0 to n_out - 1."""
    whole = labels.ndim == 1 and labels.dtype.kind in "iuf" and np.all(labels == labels // 1)
    if not whole or labels.min() < 0 or labels.max() >= n_out:
        wrong = labels if labels.ndim != 1 else _first_wrong(labels, n_out)
        raise ValueError(
            f"{name} has the label {wrong!r}: expected whole numbers from 0 to {n_out - 1}, "
            "one for each image"
        )
    return labels.astype(np.intp)


def _first_wrong(labels, n_out):
    allowed = set(range(n_out))
    return next(label for label in labels.tolist() if label not in allowed)
