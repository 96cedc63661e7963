"""Neural networks from one perceptron to handwritten digits: the package behind the lessons.

Importing `nnlib` loads nothing but this line; each part is imported where it is used, for
example `from nnlib import network, mnist_loader`.
"""

__version__ = "0.1.0"
