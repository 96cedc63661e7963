"""What a plan shows in a lab is what the lab of that page says at these settings."""

import ast
import os
import re

import pytest

from nnlib import mnist
from tests.teaching import page_labs, plans

pytestmark = pytest.mark.filterwarnings("ignore:.*MNIST digits are in use")
SETS = {"full set": "full", "small set": "mini"}
NUMBER = r"-?\d+(?:\.\d+)?"
LONG = "WatchLab"  # its page trains for 30 epochs: the small set is enough here


def marks(number, lab):
    """The mark of a test whose words hang on a training run."""
    return [pytest.mark.trains] if page_labs.needs_training(number, lab) else []


def row(number, lab, cell, says, _):
    """A row of a table of labs as a parameter."""
    (name,), wanted = plans.code(lab), lab.partition("`, ")[2]
    named = f"{number}-{lab}-{cell}"
    return pytest.param(number, name, wanted, cell, says, marks=marks(number, name), id=named)


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


def values(name, words):
    """The numbers of a setting in words like `eta at 0.5, then 5`; none of a range, `0 to 10`."""
    more = rf"(?:,|,? then| and)(?: at| {name})? {NUMBER}"
    found = re.findall(rf"\b{name} (?:at |= )?({NUMBER}\b(?:{more}\b)*)(?! to)", words)
    return [ast.literal_eval(one) for run in found for one in re.findall(NUMBER, run)]


def only_in_class(plan):
    """(lab, control, value): what the 45 minutes show beyond the settings of the table of labs."""
    text = "\n".join(you for table in plan.classes for _, you, *_ in table)
    told = {}
    for lab, cell, *_ in plan.labs:
        for name, value in settings(cell).items():
            told.setdefault((*plans.code(lab), name), []).append(value)
    for (lab, name), known in told.items():
        for words in re.findall(rf"`{re.escape(lab)}`(.*?)(?=`\w+Lab`|$)", text, re.MULTILINE):
            yield from ((lab, name, value) for value in values(name, words) if value not in known)


SHOWN = [
    pytest.param(path.stem, *one, marks=marks(path.stem, one[0]), id=f"{path.stem}-{one}")
    for path in plans.PLANS
    for one in only_in_class(plans.read(path))
]


@pytest.mark.parametrize(("number", "lab", "name", "value"), SHOWN)
def test_what_a_class_is_shown_can_be_set(number, lab, name, value):
    page_labs.said(number, lab, {name: value})
    made = page_labs.make(number, lab, os.environ.get("NNLIB_DATA"))
    assert made.controls[name].value == value


def test_the_values_of_a_setting_are_read():
    assert values("m", "at m = 1, 10, 100. Before") == [1, 10, 100]
    assert values("z", "z at 0, at -6.5; then z at 0.1, with c at 10") == [0, -6.5, 0.1]
    assert values("row", "row 3, row 12, row 15.") == [3, 12, 15]
    assert values("neuron", "neurons 0 to 10") == values("neuron", "neuron 0 to 10") == []


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
