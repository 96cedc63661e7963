"""Lesson 07: the numbers of the quiz, from labels with answers, and from chance."""

import numpy as np
from scipy import stats

from nnlib import diagnosis

labels = np.repeat(np.arange(10), 20)
answers = np.where(labels == 3, 8, labels)
recall = diagnosis.recall(diagnosis.confusion_matrix(answers, labels))

NUMBERS = {
    1: 100 * recall[8],
    2: 100 * stats.binom.std(900, 0.9) / 900,
}
