"""Handwriting for a network that learned from MNIST: digits and whole numbers from any image.

`normalise` makes of one digit what MNIST would have made of it, `read_digit` reads it, and
`read_number` finds the digits of a number first. `reader()` is the network that the course trained.
"""

from dataclasses import dataclass, field
from functools import cache

import numpy as np

from nnlib import storage
from nnlib.commands import ROOT
from nnlib.handwriting import pieces, segmentation
from nnlib.handwriting.ink import ink
from nnlib.handwriting.normalising import (
    Steps,
    bounding_box,
    center,
    center_of_mass,
    crop,
    normalise,
    scale,
    steps,
)
from nnlib.handwriting.page import ImageError, page
from nnlib.handwriting.segmentation import best_path
from nnlib.network import Network

__all__ = [
    "ImageError", "Reading", "Steps", "best_path", "bounding_box", "center", "center_of_mass",
    "crop", "ink", "normalise", "page", "read_digit", "read_number", "reader", "scale", "steps",
]  # fmt: skip

READER_FILE = ROOT / "data" / "reader.npz"
SURE = 0.5  # activations from here on mean yes
EMPTY = "There is no ink on this sheet."


@dataclass(frozen=True, eq=False)
class Reading:
    """What was read, digit by digit from left to right.

    text: the digits, "" if there are none.  confidences: the activation of each digit's output.
    runners_up: for each, the second digit and its activation.  boxes: where each stands on the
    page, (top, left, bottom, right).  cuts: the trial cuts considered, see `pieces.Cut`; used:
    those that part two digits.  pieces: all pieces considered, see `segmentation.Piece`; path:
    those of them that were chosen.  ink: (height, width), what the boxes belong to.
    note: what to say about it, "" if nothing.
    """

    text: str
    confidences: list = field(default_factory=list)
    runners_up: list = field(default_factory=list)
    boxes: list = field(default_factory=list)
    cuts: list = field(default_factory=list)
    used: list = field(default_factory=list)
    pieces: list = field(default_factory=list)
    path: list = field(default_factory=list)
    ink: np.ndarray = None
    note: str = ""

    def __repr__(self):
        pairs = zip(self.text, self.confidences)
        sure = ", ".join(f"{digit}: {100 * activation:.0f} %" for digit, activation in pairs)
        return f"{self.text!r}" + f" ({sure})" * bool(sure) + f". {self.note}" * bool(self.note)


@cache
def _kept():
    return storage.load_arrays(READER_FILE)


def reader():
    """A new copy of the network that the course trained, [784, 250, 10]; see data/README.md."""
    kept = _kept()
    network = Network(kept["sizes"].tolist())
    network.biases = [kept[f"biases_{layer}"].astype(np.float32) for layer in (1, 2)]
    network.weights = [kept[f"weights_{layer}"].astype(np.float32) for layer in (1, 2)]
    return network


def read_digit(image, network=None):
    """The one digit on an image, as a `Reading`.

    image: see `page`.  network: a Network [784, ..., 10]; the `reader()` if none is given.
    An empty sheet gives the text "" and a note; a digit with all outputs below 0.5 gets a note.
    Raises ImageError for what is no image, ValueError for another network.
    """
    network, made = _checked(network), steps(image)
    if not made.ink.any():
        return Reading("", ink=made.ink, note=EMPTY)
    outputs = network.feedforward(made.centered.reshape(784, 1))[:, 0]
    box, digit = bounding_box(made.ink), int(outputs.argmax())
    whole = segmentation.Piece(0, 1, box, made.centered, outputs, digit, 0.0)
    return _told([whole], [whole], ink=made.ink)


def read_number(image, network=None):
    """The digits on an image that stand in one row, as a `Reading`.

    Connected strokes are cut wherever little ink is in the way; every run of neighbors that may be
    a digit is normalised and scored by the network; the best path through them is the number.
    Arguments and errors: see `read_digit`.
    """
    network, dark = _checked(network), ink(page(image))
    atoms, height = pieces.atoms(dark)
    tried = segmentation.candidates(atoms, height, network)
    by_place = {(piece.start, piece.stop): piece for piece in tried}
    way = best_path({place: piece.score for place, piece in by_place.items()}, len(atoms))
    if not way:
        return Reading("", ink=dark, note=EMPTY if not atoms else "No digit was found.")
    cuts = [atom.cut for atom in atoms if atom.cut]
    used = [cut for start, _ in way if (cut := pieces.cut_before(atoms, start))]
    return _told([by_place[place] for place in way], tried, cuts=cuts, used=used, ink=dark)


def _checked(network):
    """The network to read with; raises ValueError for one that cannot read digits."""
    network = reader() if network is None else network
    if not isinstance(network, Network) or (network.sizes[0], network.sizes[-1]) != (784, 10):
        raise ValueError(
            f"network is {network!r:.60}: expected a Network [784, ..., 10], or None for reader()."
        )
    return network


def _told(path, tried, **more):
    """The Reading of the pieces of a path."""
    seconds = [np.argsort(piece.outputs)[-2] for piece in path]
    unsure = [str(piece.digit) for piece in path if piece.outputs[piece.digit] < SURE]
    return Reading(
        text="".join(str(piece.digit) for piece in path),
        confidences=[float(piece.outputs[piece.digit]) for piece in path],
        runners_up=[(int(k), float(piece.outputs[k])) for k, piece in zip(seconds, path)],
        boxes=[piece.box for piece in path],
        pieces=tried,
        path=path,
        note=f"Not sure of {', '.join(unsure)}: no output is above 0.5." if unsure else "",
        **more,
    )
