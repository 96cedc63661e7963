"""Confusion matrix and recall at the edges: no images, small integer types, many classes."""

import numpy as np

from nnlib import diagnosis


def test_no_images_give_zeros_and_no_lost_digit():
    confusion = diagnosis.confusion_matrix([], [])
    assert confusion.shape == (10, 10)
    assert confusion.sum() == 0
    assert np.isnan(diagnosis.recall(confusion)).all()
    assert diagnosis.lost_digits(confusion) == []


def test_small_integers_do_not_overflow():
    label, answer = np.array([29], np.uint8), np.array([28], np.uint8)
    confusion = diagnosis.confusion_matrix(answer, label, classes=30)
    assert confusion[29, 28] == confusion.sum() == 1
