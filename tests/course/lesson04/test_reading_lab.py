import numpy as np
import pytest

from course.lesson04 import ReadingLab
from tests.course.labs import as_at_first
from tests.course.pictures import same_pixels, shows_the_same, stored_picture

STEPS, COUNT = 6, 50


@pytest.fixture(scope="module")
def data():
    """Outputs of steps that come nearer to the targets; the last ten images stay wrong."""
    rng = np.random.default_rng(0)
    labels = np.arange(COUNT) % 10
    wanted = np.eye(10)[np.where(np.arange(COUNT) < 40, labels, (labels + 1) % 10)].T
    first = rng.uniform(0, 0.9, (10, COUNT))
    shares = np.linspace(0, 1, STEPS + 1)
    outputs = np.array([(1 - share) * first + share * wanted for share in shares])
    return outputs, rng.uniform(0, 1, (COUNT, 784)), labels


@pytest.fixture(scope="module")
def made(data):
    return ReadingLab(*data)


@pytest.fixture
def lab(made):
    return as_at_first(made)


@pytest.mark.parametrize("step", [0, 1, 3, STEPS])
def test_answers_counts_and_costs(lab, data, step):
    outputs, _, labels = data
    before = lab.picture.value
    lab.controls["step"].value = step
    assert (lab.picture.value != before) == (step != 0)
    answers = [int(np.argmax(outputs[step][:, i])) for i in range(COUNT)]
    assert lab.state["answers"].tolist() == answers
    right = sum(answer == label for answer, label in zip(answers, labels))
    costs = [
        sum((outputs[step][j, i] - (j == labels[i])) ** 2 for j in range(10)) for i in range(COUNT)
    ]
    assert lab.state["right"][-1] == right
    assert lab.state["costs"][-1] == pytest.approx(sum(costs) / (2 * COUNT))
    assert len(lab.state["costs"]) == len(lab.state["right"]) == step + 1
    assert f"After {step} step{'s' * (step != 1)} {right} of {COUNT} digits" in lab.sentence


def test_each_digit_has_its_answer_and_whether_it_is_right(lab, data):
    lab.controls["step"].value = 2
    for word, answer, label in zip(lab._words, lab.state["answers"], data[2]):
        assert word.get_text() == f"{answer} {'✓' if answer == label else '✗'}"
    assert len(lab._words) == 40


def test_curves_end_at_the_step(lab):
    lab.controls["step"].value = 4
    for (line, end), name in zip(lab._curves, ("right", "costs")):
        assert list(line.get_data()[0]) == [0, 1, 2, 3, 4]
        assert list(line.get_data()[1]) == lab.state[name].tolist()
        assert np.ravel(end.get_data()).tolist() == [4, lab.state[name][-1]]


def test_back_and_forth_gives_the_same_picture(lab):
    at_first = lab.picture.value
    for step in (STEPS, 1, 0):
        lab.controls["step"].value = step
    assert shows_the_same(lab.picture.value, at_first)


def test_what_is_stored_and_read_aloud(lab):
    data = lab._repr_mimebundle_()
    assert same_pixels(data, lab.picture.value)
    assert stored_picture(data)[:2] == (lab.sentence, 940)


def test_what_does_not_fit_is_refused_with_words(data):
    outputs, images, labels = data
    typed = r"ReadingLab\(states, x.T, labels\)"
    for wrong, said in (
        ((outputs[:, :9], images, labels), typed),
        ((outputs, images.T, labels), r"\(784, .*: expected \(n, 784\), .*type images.T"),
        ((outputs, images, labels[:-1]), "expected one label per image"),
        ((outputs[0], images, labels), typed),
        ((outputs[:, :, :30], images[:30], labels[:30]), typed),
    ):
        with pytest.raises(ValueError, match=said):
            ReadingLab(*wrong)
