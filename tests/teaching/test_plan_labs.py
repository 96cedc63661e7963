"""What a plan shows in a lab is what the lab of that page says at these settings."""

import ast
import re

import pytest

from nnlib import mnist
from tests.teaching import page_labs, plans

pytestmark = pytest.mark.filterwarnings("ignore:.*MNIST digits are in use")
SETS = {"full set": "full", "small set": "mini"}
LONG = "WatchLab"  # its page trains for 30 epochs: the small set is enough here


def row(number, lab, cell, says, _):
    """A row of a table of labs as a parameter; marked if its words hang on a training run."""
    (name,), wanted = plans.code(lab), lab.partition("`, ")[2]
    marks = [pytest.mark.trains] if page_labs.needs_training(number, name) else []
    return pytest.param(number, name, wanted, cell, says, marks=marks, id=f"{number}-{lab}-{cell}")


ROWS = [row(path.stem, *cells) for path in plans.PLANS for cells in plans.read(path).labs]


def settings(cell):
    """The settings in a cell like `eta=0.5, steps=1`; an empty cell is what the lab begins with."""
    return eval(f"dict({''.join(plans.code(cell))})", {"__builtins__": {"dict": dict}})


def pieces(cell):
    """Patterns of the pieces of a sentence, each in quotes.

    An ellipsis in a piece stands for what differs from one computer to another.
    """
    return [re.escape(piece).replace("…", r"\S*") for piece in re.findall(r'"([^"]+)"', cell)]


@pytest.mark.parametrize(("number", "lab", "wanted", "cell", "says"), ROWS)
def test_a_lab_says_what_the_plan_promises(number, lab, wanted, cell, says, monkeypatch):
    if wanted == "small set" or lab.startswith(LONG):
        monkeypatch.setenv("NNLIB_DATA", "")
    if wanted and SETS[wanted] != mnist.load().name:
        pytest.skip(f"this row is for the {wanted}")
    sentence = page_labs.said(number, lab, settings(cell))
    assert pieces(says)
    for piece in pieces(says):
        assert re.search(piece, sentence), sentence


def test_settings_are_read():
    assert settings('`eta=0.5, function="two valleys", etas=(0.1,) * 2`') == {
        "eta": 0.5,
        "function": "two valleys",
        "etas": (0.1, 0.1),
    }
    assert settings("") == {}
    assert pieces('"one" and "two"') == ["one", "two"]
    assert re.fullmatch(pieces('"9… right."')[0], "925 right.")
    assert not re.fullmatch(pieces('"9… right."')[0], "9 or 10 right.")


def test_only_what_a_lab_needs_is_run():
    body = ast.parse(
        "import numpy as np\nnet = make(1)\nprint(net)\nother = 3\nfor one in [net]:\n"
        "    one.SGD(other)\nlate = net"
    ).body
    call = ast.parse("Lab(net)", mode="eval").body
    assert [ast.unparse(one) for one in page_labs.needed(body, call)] == [
        "net = make(1)",
        "other = 3",
        "for one in [net]:\n    one.SGD(other)",
    ]


def test_a_lab_that_is_not_on_the_page_is_named():
    with pytest.raises(LookupError, match="lesson 04 has no lab NoLab"):
        page_labs.make("04", "NoLab")
