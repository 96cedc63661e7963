"""The twelve bugs: each is one line, each hides where its words say, and tests tell them apart."""

import inspect
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from course.lesson08 import mutants, questions
from course.lesson08.mutants import MUTANTS, backprop, one_by_one
from nnlib import gradients
from nnlib.network import Network
from tests.course.lesson08.answers_killed_mutants import told
from tests.course.lesson08.weaker_tests import SLIPS, case

CORRECT = backprop, one_by_one
BY_NAME = {mutant.name: mutant.backprop() for mutant in MUTANTS}
HIDDEN = {  # where a bug cannot be seen: layer sizes, examples
    "sum-for-mean": ([4, 5, 3, 2], 1),
    "columns-left": ([4, 5, 3, 2], 1),
    "same-layer": ([4, 3, 2], 7),
    "clipped": ([4, 5, 3, 2], 7),
    "not-transposed": ([4, 2], 7),
    "slope-of-rectified": ([4, 2], 7),
    "next-neuron": ([4, 2], 7),
}


@pytest.fixture(autouse=True)
def no_file(monkeypatch):
    monkeypatch.setenv("NNLIB_PROGRESS", "off")


def gradient(function, *size_and_count, factor=1):
    net, x, y = case(*size_and_count, factor)
    nabla_b, nabla_w = function(net.weights, net.biases, x, y)
    return [*nabla_b, *nabla_w]


def same(first, second):
    shapes = [[part.shape for part in one] for one in (first, second)]
    close = partial(np.allclose, atol=20 * np.finfo(first[0].dtype).eps)  # terms are below 1
    return shapes[0] == shapes[1] and all(map(close, first, second))


def test_the_second_correct_one_differs_in_each_number():
    """On every processor, so that no exact comparison passes on some of them."""
    for seed in range(40):
        net, rng = Network([3, 3, 2], rng=seed, dtype=np.float64), np.random.default_rng(seed)
        given = net.weights, net.biases, rng.random((3, 6)), rng.random((2, 6))
        for first, second in zip(*(sum(function(*given), []) for function in CORRECT)):
            assert not np.isclose(first, second, rtol=1e-16, atol=0).any()
            np.testing.assert_allclose(first, second, rtol=1e-12)


@pytest.mark.parametrize("function", CORRECT)
@pytest.mark.parametrize("sizes", [[4, 2], [1, 1, 1], [4, 3, 2], [3, 3, 3, 3], [4, 5, 3, 2]])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("m", [1, 7])
def test_both_correct_ones_are_the_gradient(function, sizes, dtype, m):
    net, rng = Network(sizes, rng=m, dtype=dtype), np.random.default_rng(m)
    x, y = rng.random((sizes[0], m)).astype(dtype), rng.random((sizes[-1], m)).astype(dtype)
    kept = [array.copy() for array in (*net.weights, *net.biases, x, y)]
    found, truth = function(net.weights, net.biases, x, y), net.backprop(x, y)
    for parts, true in zip(found, truth, strict=True):
        assert type(parts) is list
        assert [part.dtype for part in parts] == [dtype] * len(true)
        assert same(parts, true)
    assert all(map(np.array_equal, kept, (*net.weights, *net.biases, x, y)))


def test_twelve_bugs_each_in_one_line():
    source = inspect.getsource(backprop)
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) == 12
    assert len({(mutant.line, mutant.becomes) for mutant in MUTANTS}) == 12
    for mutant in MUTANTS:
        assert source.count(mutant.line) == 1
        assert mutant.becomes not in source.splitlines()
        assert "\n" not in mutant.line + mutant.becomes


@pytest.mark.parametrize("name", BY_NAME)
def test_each_bug_shows_somewhere_without_a_crash(name):
    """Two hidden layers of one size, as large as the output, saturated neurons, and examples."""
    truth = gradient(backprop, [3, 3, 3, 3], 7, factor=10)
    assert not same(gradient(BY_NAME[name], [3, 3, 3, 3], 7, factor=10), truth)


@pytest.mark.parametrize("name", HIDDEN)
def test_where_a_bug_hides(name):
    assert same(gradient(BY_NAME[name], *HIDDEN[name]), gradient(backprop, *HIDDEN[name]))


def test_what_is_said_about_the_bugs():
    truth = gradient(backprop, [4, 5, 3, 2], 7)
    assert same(gradient(BY_NAME["twice"], [4, 5, 3, 2], 7), [2 * part for part in truth])
    assert same(gradient(BY_NAME["wrong-sign"], [4, 5, 3, 2], 7), [-part for part in truth])
    summed = gradient(BY_NAME["sum-for-mean"], [4, 5, 3, 2], 7)
    assert all(map(np.array_equal, map(np.sign, summed), map(np.sign, truth)))
    left_out = gradient(BY_NAME["first-layer-forgotten"], [4, 5, 3, 2], 7)
    assert [bool(part.any()) for part in left_out] == [False, True, True, False, True, True]
    left_out = gradient(BY_NAME["biases-forgotten"], [4, 5, 3, 2], 7)
    assert [bool(part.any()) for part in left_out] == [False, False, False, True, True, True]


def test_signs_that_stay_right_for_one_example():
    truth = gradient(backprop, [4, 3, 2], 1)
    signs = gradient(BY_NAME["no-output-slope"], [4, 3, 2], 1)
    assert np.array_equal(np.sign(signs[1]), np.sign(truth[1]))
    signs = gradient(BY_NAME["slope-of-rectified"], [4, 3, 2], 1)
    assert all(map(np.array_equal, map(np.sign, signs), map(np.sign, truth)))
    for name in ("slope-of-rectified", "next-neuron"):
        found = gradient(BY_NAME[name], [4, 5, 3, 2], 7)
        right = gradient(backprop, [4, 5, 3, 2], 7)
        assert same([found[2], found[5]], [right[2], right[5]])


@pytest.mark.parametrize("sizes", [[4, 3, 2], [4, 5, 3, 2]])
def test_other_sizes_show_what_square_layers_hide(sizes):
    with pytest.raises(ValueError, match="matmul"):
        gradient(BY_NAME["not-transposed"], sizes, 7)
    assert np.shape(gradient(BY_NAME["not-transposed"], [3, 3, 3], 7)[0]) == (3, 1)


@pytest.mark.parametrize("words", SLIPS)
def test_which_bugs_slip_through_a_weaker_test(words):
    weak, slips = SLIPS[words]
    message = questions.kill_the_mutants.judge(weak).message
    assert [name for name in BY_NAME if told(name) in message] == slips
    for mutant in MUTANTS:
        verdict = "**slips through**" if mutant.name in slips else "caught"
        assert f"| `{mutant.line}` | `{mutant.becomes}` | {verdict} |" in message
    assert f"catches {12 - len(slips)} of 12 bugs" in message


def test_every_bug_slips_through_some_test_and_is_caught_by_some():
    slips = [set(slips) for _, slips in SLIPS.values()]
    assert len(slips) >= 10
    assert set.union(*slips) == set(BY_NAME)
    assert not set.intersection(*slips)


def endless(backprop):
    while True:
        pass


def until_learned(backprop):
    """Without an upper limit: with a wrong sign it never ends."""
    net, x, y = case([4, 3, 2], 1)
    while np.sum((net.feedforward(x) - y) ** 2) > 0.01:
        nabla_b, nabla_w = backprop(net.weights, net.biases, x, y)
        net.weights = [w - dw for w, dw in zip(net.weights, nabla_w)]
        net.biases = [b - db for b, db in zip(net.biases, nabla_b)]


def talkative(backprop):
    print("x" * 100_000)


def leaving(backprop):
    raise SystemExit


def interrupting(backprop):
    raise KeyboardInterrupt


def deep(backprop):
    deep(backprop)


def later(backprop):
    yield backprop


class NoTruth:
    def __bool__(self):
        raise RuntimeError("neither true nor false")


STRANGE = {
    "endless": (endless, "error", "Is there a loop that never ends? If not, make the networks"),
    "endless with a bug": (until_learned, "error", "with the bug wrong sign in `backprop`"),
    "prints": (talkative, "wrong", "believes every mutant"),
    "ends Python": (leaving, "error", "An answer must not end Python"),
    "interrupts": (interrupting, "error", "KeyboardInterrupt"),
    "calls itself": (deep, "error", "It calls itself without end"),
    "generator": (later, "wrong", "an object of type generator"),
    "no truth": (lambda backprop: NoTruth(), "wrong", "an object of type NoTruth"),
    "text": (lambda backprop: "good", "wrong", "text (str)"),
    "no argument": (lambda: True, "error", "TypeError"),
    "a class": (int, "wrong", "The answer is a class: expected a function"),
    "asserts False": (lambda backprop: 1 / 0, "error", "For a `backprop` without a bug"),
    "a number": (12, "wrong", "expected a function"),
}


@pytest.mark.parametrize("words", STRANGE)
def test_no_answer_breaks_the_check(words, capsys):
    answer, outcome, phrase = STRANGE[words]
    start, own = time.monotonic(), Network.backprop
    feedback = questions.kill_the_mutants.check(answer)
    assert (feedback.outcome, phrase in feedback.message) == (outcome, True), feedback
    assert time.monotonic() - start < 10
    assert Network.backprop is own
    assert len(capsys.readouterr().out) < 3000


def in_its_place(backprop):
    """The function that is tested as the method of all networks."""
    Network.backprop = lambda self, x, y: backprop(self.weights, self.biases, x, y)
    assert gradients.gradient_check(*case([4, 5, 3, 2], 7, 10)).verdict == "good"


def in_its_place_and_lost(backprop):
    in_its_place(backprop)
    raise ValueError


@pytest.mark.parametrize(
    ("test", "outcome"), [(in_its_place, "right"), (in_its_place_and_lost, "error")]
)
def test_networks_keep_their_own_backprop(test, outcome):
    own = Network.backprop
    for _ in range(2):
        assert questions.kill_the_mutants.judge(test).outcome == outcome
        assert Network.backprop is own


LOOKS = [
    lambda function: function in CORRECT,
    lambda function: "MUTANTS" in function.__globals__,
    lambda function: function.__code__ in [one.__code__ for one in CORRECT],
]


@pytest.mark.parametrize("looks", LOOKS)
def test_a_look_at_the_function_does_not_tell_a_bug(looks):
    assert questions.kill_the_mutants.judge(looks).outcome == "wrong"


def test_the_second_correct_one_is_tried_too():
    def only_the_first(function):
        assert function.__name__ != "one_by_one"

    feedback = questions.kill_the_mutants.judge(only_the_first)
    assert "For a second `backprop` without a bug" in feedback.message


def test_bugs_and_words_belong_together():
    text = Path(mutants.__file__).with_name("questions.md").read_text(encoding="utf-8")
    part = text.partition("# 06-kill-the-mutants")[2].partition("\n# ")[0]
    assert all(f"\n- {mutant.name}\n" in part for mutant in MUTANTS)
