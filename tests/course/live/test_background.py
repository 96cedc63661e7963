"""What all labs that train in the background share: the thread, Stop, and what an error does."""

import dataclasses
import threading

import numpy as np
import pytest

from course.lesson05 import lab as sgd
from course.lesson07 import lab as training
from course.lesson09 import lab as saturation
from course.live.background import Job
from nnlib import mnist

pytestmark = pytest.mark.trains

# class of the lab, its module, and the function in it that every run begins with
LABS = [
    (training.TrainingLab, training, "start_run"),
    (saturation.SaturationLab, saturation, "output_inputs"),
    (sgd.BatchLab, sgd, "run"),
]


@pytest.fixture(scope="module")
def small():
    data = mnist.load("mini")
    parts = {"train": data.train.first(200), "validation": data.validation.first(100)}
    return dataclasses.replace(data, **parts)


@pytest.fixture(params=LABS, ids=lambda entry: entry[0].__name__)
def kind(request):
    return request.param


def move(lab, name, value):
    lab.controls[name].value = value
    assert lab.job.wait(60)


def test_an_error_is_said_and_the_next_run_works(kind, small, monkeypatch):
    lab_class, module, function = kind
    lab = lab_class(small)

    def fail(*_, **__):
        raise RuntimeError("no more memory: 3 < 4")

    monkeypatch.setattr(module, function, fail)
    move(lab, "seed", 3)
    assert "no more memory: 3 < 4" in lab.sentence
    assert "no more memory: 3 &lt; 4" in lab.caption.value
    assert 'role="alert"' in lab.caption.value
    assert lab.stop.disabled
    monkeypatch.undo()
    move(lab, "seed", 2)
    move(lab, "seed", 3)
    assert lab.state["seed"] == 3
    assert "no more memory" not in lab.caption.value


def test_the_error_of_the_first_run_is_raised(kind, small):
    cut = mnist.Split(small.train.images[:, :700], small.train.labels)
    with pytest.raises(ValueError, match="784"):
        kind[0](dataclasses.replace(small, train=cut))


def test_stop_answers_while_a_run_goes_on_and_at_once(kind, small, monkeypatch):
    lab_class, module, function = kind
    lab = lab_class(small)
    assert lab.stop.disabled
    begun, go_on = threading.Event(), threading.Event()
    real = getattr(module, function)

    def waiting(*args, **options):
        begun.set()
        go_on.wait(60)
        return real(*args, **options)

    monkeypatch.setattr(module, function, waiting)
    lab.controls["seed"].value = 7
    assert begun.wait(60)
    assert not lab.stop.disabled
    lab.stop.click()
    assert lab.stop.disabled
    go_on.set()
    assert lab.job.wait(60)
    assert lab.job.error is None
    monkeypatch.undo()
    move(lab, "seed", 8)
    assert lab.state["seed"] == 8


def test_job_stops_the_earlier_work_first():
    order = []

    def work(stopping):
        stopping.wait(10)
        order.append("first ended")

    job = Job(on_error=order.append)
    job.start(work)
    job.start(lambda stopping: order.append("second"))
    assert job.wait(10)
    assert order == ["first ended", "second"]


def test_first_images_of_a_split():
    split = mnist.Split(np.arange(12).reshape(4, 3), np.arange(4))
    images, labels = split.first(2)
    assert images.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert labels.tolist() == [0, 1]
    assert len(split.first(9).labels) == 4
