"""What an answer needs of its notebook: enough for its names, and no more."""

import pytest

from course.teach import needed_code


def needed(own, above=(), below=()):
    parts = (own,), above, below
    return needed_code.needed(
        *([one for source in part for one in needed_code.statements(source)] for part in parts)
    )


@pytest.mark.parametrize(
    ("own", "above", "wanted"),
    [
        ("answer = np.zeros(3)", ["import numpy as np\nx = 1", "y = 2"], ["import numpy as np"]),
        ("answer = 1 + len([2])", ["import numpy as np"], []),
        ("def f(x):\n    return g(x)", ["def g(x):\n    return h(x)\ndef h(x):\n    return x"],
         ["def g(x):\n    return h(x)", "def h(x):\n    return x"]),
        ("answer = total", ["total = 0", "for k in range(3):\n    total += k", "k = 7"],
         ["total = 0", "for k in range(3):\n    total += k", "k = 7"]),
        ("answer = xs", ["xs = []", "xs.append(1)", "xs[0] = 2", "ys = [xs]"],
         ["xs = []", "xs.append(1)", "xs[0] = 2"]),
        ("answer = a", ["a, *c = f()", "from m import f as g"], ["a, *c = f()"]),
        ("def f(np):\n    return np", ["import numpy as np"], []),
        ("answer = [k for k in range(3)]", ["k = 5"], []),
        ("answer = {k: {k for k in range(3)} for k in range(3)}", ["k = 5"], []),
        ("answer = {n: k for n in range(3)}", ["k = 5", "n = 5"], ["k = 5"]),
        ("class A(B):\n    x = C", ["class B: pass", "C = 1"], ["class B:\n    pass", "C = 1"]),
        ("w = 2 * w\nanswer = w", ["w = 1"], ["w = 1"]),
        ("for k in range(2):\n    w += k\nanswer = w", ["w = 1", "k = 3"], ["w = 1"]),
        ("w[0] = 2\nanswer = w", ["w = [1]"], ["w = [1]"]),
        ("print(w)\nw = 2", ["w = 1"], ["w = 1"]),
        ("w = 2\nw = 3 * w", ["w = 1"], []),
        ("answer = ones(3)", ["from numpy import *", "x = 1"], ["from numpy import *"]),
        ("answer = 3", ["from numpy import *"], []),
        ("np.random.seed(1)", ["import numpy as np"], ["import numpy as np"]),
        ("def f(x):\n    random.shuffle(x)", ["import random"], ["import random"]),
        ("def f(x):\n    w = x\n    w = w + g(x)\n    return w\ndef g(x):\n    return 1",
         ["w = 1", "g = 2"], []),
        ("answer = w", ["w = 1", "questions.bits.check(w)", "%matplotlib inline\nv = 1"],
         ["w = 1"]),
    ],
)  # fmt: skip
def test_what_makes_the_names(own, above, wanted):
    assert needed(own, above) == wanted


def test_what_is_made_below_only_counts_if_nothing_above_makes_it():
    assert needed("answer = helper(1)", [], ["def helper(x):\n    return x"])
    assert needed("answer = w", ["w = 1"], ["w = 2"]) == ["w = 1"]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("%%time\nanswer = 7", ["answer = 7"]),
        ("!pip install x\nanswer = 7", ["answer = 7"]),
        ("%timeit 1\nanswer = 7\nanswer?", ["answer = 7"]),
        ("questions.bits\nanswer = 7\nquestions.bits.check(answer)", ["answer = 7"]),
        ("answer = (", []),
        ("\0", []),
        ("(" * 5000, []),
    ],
)
def test_cells_as_people_write_them(source, wanted):
    assert [one.text for one in needed_code.statements(source)] == wanted
