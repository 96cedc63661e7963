"""What the public functions accept, and the words a student reads when something does not fit.

Each function returns its argument in the one form that the calculation uses, or raises a
ValueError that says what was given, what was expected and what to type instead. Nothing is changed.
"""

import numbers

import numpy as np


def layer_sizes(sizes):
    """Layer sizes as a list of ints: at least two, each at least 1."""
    sizes = list(sizes) if np.iterable(sizes) else [sizes]
    if not _are_layer_sizes(sizes):
        raise ValueError(
            f"sizes is {short(sizes)}: expected at least two layers, each a whole number of "
            "neurons from 1 up, input first; type for example Network([784, 30, 10])"
        )
    return [int(n) for n in sizes]


def float_type(dtype):
    """np.float32 or np.float64, as a numpy.dtype."""
    try:
        found = np.dtype(dtype)
    except TypeError:
        found = None
    if dtype is None or found not in (np.float32, np.float64):
        raise ValueError(f"dtype is {dtype!r}: expected np.float32 or np.float64")
    return found


def choice(name, value, allowed):
    """`value`, if it is one of the allowed words."""
    if not isinstance(value, str) or value not in allowed:
        words = " or ".join(repr(word) for word in allowed)
        raise ValueError(
            f"{name} is {short(value)}: expected {words}; type for example {name}={words}"
        )
    return value


def whole_number(name, value, *, at_least):
    """`value` as an int that is at least `at_least`."""
    if not _is_whole(value) or value < at_least:
        raise ValueError(
            f"{name} is {short(value)}: expected a whole number from {at_least} up, "
            f"for example {name}={max(10, at_least)}"
        )
    return int(value)


def learning_rate(eta, dtype):
    """eta as a float: computing with it leaves arrays of `dtype` at that dtype."""
    found = number(eta)
    if not abs(found) <= float(np.finfo(dtype).max):
        raise ValueError(f"eta is {short(eta)}: expected a finite number, for example eta=3.0")
    return found


def number(value):
    """`value` as a float: NaN if it is no number, infinity if it is too large for one."""
    try:
        return float(value) if _is_number(value) else np.nan
    except OverflowError:
        return np.inf


def generator(rng):
    """A numpy.random.Generator from a seed, a Generator or None (another one each time)."""
    try:
        return np.random.default_rng(rng)
    except (TypeError, ValueError):
        raise ValueError(
            f"rng is {short(rng)}: expected a seed, a whole number from 0 up, or a Generator; "
            "type for example rng=0"
        ) from None


def callback(name, function):
    """`function`, if it is None or can be called."""
    if function is not None and not callable(function):
        raise ValueError(f"{name} is {short(function)}: expected a function, or None")
    return function


def network(found):
    """`found`, if it has what is asked of a Network: sizes, weights, biases and feedforward."""
    parts = ("sizes", "weights", "biases", "feedforward")
    if isinstance(found, type) or not all(hasattr(found, part) for part in parts):
        raise ValueError(
            f"network is {short(found)}: expected a Network; make one, for example by "
            "network = Network([784, 30, 10])"
        )
    return found


def short(value, longest=60):
    """How a value is written, in one line and cut off where it is long."""
    text = " ".join(repr(value).split())
    return text if len(text) <= longest else f"{text[:longest]}..."


class made_by_the_class(classmethod):  # noqa: N801 (a decorator)
    """A class method that makes a new object, and says so when it is called on an object."""

    def __get__(self, instance, owner=None):
        return super().__get__(None, owner) if instance is None else self._refuse

    def _refuse(self, *_, **__):
        name = self.__func__.__name__
        raise TypeError(
            f"{name} makes a new network and leaves this one as it is; "
            f'type for example net = Network.{name}("net.npz")'
        )


def columns(x, n, dtype, *, m=None, name="x"):
    """x as an array of shape (n, m) and `dtype`: one example per column."""
    x = array(x, dtype, name)
    shape = x.shape
    if len(shape) != 2 or shape[0] != n or shape[1] == 0 or m not in (None, shape[1]):
        expected = f"({n}, {'m' if m is None else m})"
        raise ValueError(
            f"{name} has shape {shape}: expected {expected}, one column per example"
            + shape_hint(shape, n, name)
        )
    return x


def shape_hint(shape, n, name):
    """What to type to turn a likely mistake into columns."""
    if shape == (n,):
        return f"; type {name}.reshape({n}, 1)"
    if len(shape) == 2 and shape[1] == n:
        return f"; type {name}.T"
    if len(shape) == 3 and shape[1] * shape[2] == n:
        return f"; type {name}.reshape(-1, {n}).T"
    return ""


def mini_batch(x, y, sizes, dtype):
    """x and y of one mini-batch as arrays of `dtype`, (n_in, m) and (n_out, m)."""
    x = columns(x, sizes[0], dtype)
    return x, columns(y, sizes[-1], dtype, m=x.shape[1], name="y")


def array(x, dtype, name):
    """x as an array of `dtype`; not copied if it is one already."""
    if type(x) is np.ndarray and x.dtype == dtype:
        return x
    try:
        if np.iscomplexobj(x):
            raise TypeError
        return np.asarray(x, dtype=dtype)
    except (TypeError, ValueError, OverflowError):
        hint = f"; give one of them, for example {name}[0]" if isinstance(x, tuple) else ""
        raise ValueError(f"{name}: expected an array of numbers, found {_kind(x)}{hint}") from None


def plain_array(x, name):
    """x as an array of numbers or truth values in whatever type it has; tables are taken too."""
    try:
        found = np.asarray(x)
        found = np.array(found.tolist()) if found.dtype == object else found
    except (ValueError, TypeError, OverflowError):
        raise ValueError(f"{name} differ in length: expected the same form for all") from None
    if found.dtype.kind not in "biuf":
        first = found.ravel().tolist()[0] if found.size else "missing"
        hint = "; type labels = np.array(labels).astype(int)" if isinstance(first, str) else ""
        raise ValueError(
            f"{name} are no numbers: expected an array of them; the first is {short(first)}{hint}"
        )
    return found


def finite(x, name):
    """The array x, if all its values are finite."""
    if not np.isfinite(x).all():
        raise ValueError(
            f"{name} holds a value that is not a finite number (NaN or infinity); "
            "np.argwhere(~np.isfinite(...)) shows where"
        )
    return x


def parameters(network):
    """Bring the network's weights and biases, where they were set by hand, into its own form.

    Afterwards they are two lists of arrays of its dtype in the shapes that its sizes ask for; lists
    and whole numbers are converted. What is so already stays the same object.
    """
    if _are_ready(network):
        return
    for name, shapes in network.parameter_shapes(network.sizes).items():
        group = getattr(network, name)
        if not isinstance(group, (list, tuple)) or len(group) != len(shapes):
            given = f"{len(group)} arrays" if isinstance(group, (list, tuple)) else _kind(group)
            raise ValueError(
                f"the network's {name} are {given}: expected a list of {len(shapes)}, one array "
                f"for each layer after the input, of the shapes {shapes}"
            )
        ready = [
            _parameter(p, shape, network.dtype, f"{name}[{layer}]")
            for layer, (p, shape) in enumerate(zip(group, shapes))
        ]
        setattr(network, name, ready)


def gradient(found, network):
    """(nabla_b, nabla_w), if it has the shapes of the network's biases and weights."""
    try:
        nabla_b, nabla_w = found
        shapes = [nabla.shape for nabla in nabla_b + nabla_w]
    except (AttributeError, TypeError, ValueError):
        shapes = nabla_b = []
    expected = [p.shape for p in network.biases + network.weights]
    if shapes != expected or len(nabla_b) != len(network.biases):
        raise ValueError(
            "backprop returned something else than (nabla_b, nabla_w): expected two lists "
            f"of the shapes of biases and weights: {network.parameter_shapes(network.sizes)}"
        )
    return nabla_b, nabla_w


def parameter_shapes(sizes):
    """The shapes of biases, (n_out, 1), and of weights, (n_out, n_in), layer by layer."""
    pairs = list(zip(sizes[:-1], sizes[1:]))
    return {
        "biases": [(n_out, 1) for _, n_out in pairs],
        "weights": [(n_out, n_in) for n_in, n_out in pairs],
    }


def stored_network(arrays, path, sizes=None, parameter_shapes=parameter_shapes):
    """(sizes, biases, weights) from the arrays of a weights file, if they fit together."""
    wrong = f"{path} is not a file that Network.save wrote: "
    again = "; save the network again, or name another file"
    if "sizes" not in arrays:
        raise ValueError(f"{wrong}it has no array 'sizes'{again}")
    stored = np.ravel(arrays["sizes"]).tolist()
    if not _are_layer_sizes(stored):
        raise ValueError(f"{wrong}its 'sizes' are {short(stored)}, no layer sizes{again}")
    if sizes is not None and stored != layer_sizes(sizes):
        raise ValueError(
            f"{path} holds a network of sizes {stored}, not {list(sizes)}; "
            "load it without sizes=, or name another file"
        )
    groups = {"biases": [], "weights": []}
    for kind, shapes in parameter_shapes(stored).items():
        for layer, shape in enumerate(shapes, start=1):
            array = arrays.get(f"{kind}_{layer}", np.empty(0))
            if array.shape != shape or array.dtype not in (np.float32, np.float64):
                raise ValueError(
                    f"{wrong}'{kind}_{layer}' should be floats of shape {shape}, "
                    f"found {array.dtype} of shape {array.shape}{again}"
                )
            if not np.isfinite(array).all():
                raise ValueError(f"{wrong}'{kind}_{layer}' has a NaN or an infinity{again}")
            groups[kind].append(array)
    known = {"sizes", *(f"{kind}_{n + 1}" for kind in groups for n in range(len(groups[kind])))}
    if unknown := sorted(arrays.keys() - known):
        raise ValueError(f"{wrong}no network has an array {unknown[0]!r} beside these{again}")
    if len({array.dtype for group in groups.values() for array in group}) > 1:
        raise ValueError(f"{wrong}it mixes float32 and float64{again}")
    return stored, groups["biases"], groups["weights"]


def _are_ready(network):
    """Whether all weights and biases have the network's form already; asked at every step."""
    return all(
        type(group := getattr(network, name)) is list
        and len(group) == len(shapes)
        and all(
            type(p) is np.ndarray and p.dtype == network.dtype and p.shape == shape
            for p, shape in zip(group, shapes)
        )
        for name, shapes in network.parameter_shapes(network.sizes).items()
    )


def _parameter(p, shape, dtype, name):
    """One array of biases or weights in the network's form."""
    found, hint = array(p, dtype, f"the network's {name}"), ""
    if found.shape == shape:
        return found
    if found.shape == shape[:1]:
        hint = f"; type net.{name} = np.reshape(net.{name}, {shape})"
    elif found.shape == shape[::-1]:
        hint = f"; type net.{name} = net.{name}.T"
    raise ValueError(f"the network's {name} has shape {found.shape}: expected {shape}{hint}")


def _kind(x):
    """What x is, for a message."""
    if isinstance(x, tuple):
        return f"a tuple of {len(x)} things"
    if isinstance(x, (str, list)) or x is None:
        return short(x)
    return f"an array of {x.dtype}" if hasattr(x, "dtype") else type(x).__name__


def _are_layer_sizes(sizes):
    return len(sizes) >= 2 and all(_is_whole(n) and n >= 1 for n in sizes)


def _is_number(value):
    return isinstance(value, numbers.Real) and not isinstance(value, (bool, np.bool_))


def _is_whole(value):
    return isinstance(value, numbers.Integral) and _is_number(value)
