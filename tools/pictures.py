"""Draw the pictures of README.md with the labs and figures of the lessons.

    python -m tools.pictures                 all of them, into docs/pictures/
    python -m tools.pictures fold descent    those with these names

They need nothing but the small set and the tables of the course, so they are the same wherever they
are drawn, up to what fonts and rounding do.
"""

import argparse
import io
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from matplotlib.font_manager import findfont
from PIL import Image, ImageDraw, ImageFont

from course import figures, lesson11
from course.lesson01 import XorLab
from course.lesson03 import FeedforwardLab
from course.lesson04 import DescentLab
from course.lesson06 import BackpropLab
from course.lesson07 import WatchLab
from course.lesson10 import NumberLab, written
from course.lesson10.lab import NUMBER_PAD
from course.live.pad import Pad
from course.measured import ledger
from course.paths import ROOT
from nnlib import mnist, storage
from nnlib.network import Network

FOLDER = ROOT / "docs" / "pictures"
WIDTH = 900  # pixels of a picture that stands still: two for each that README shows
CUT = 0.56  # of the height of the lab of lesson 10: what is read, without the pieces tried
PARTS = 6  # frames in which a stroke grows
GROWS, READ, WAIT, END = 70, 450, 700, 3500  # milliseconds of a frame
EDGE, TEXT = "#9a9a9a", "#111111"


@dataclass(frozen=True)
class Film:
    """Pictures of one size, and the milliseconds that each of them is shown; one if it is still."""

    frames: list
    durations: list

    def write(self, path):
        """Write the film as a WebP file that loses nothing and begins again at its end."""
        first, *others = self.frames
        moving = {"save_all": True, "append_images": others, "duration": self.durations}
        with storage.replacing(path) as file:
            first.save(file, "WEBP", lossless=True, quality=100, method=4, loop=0, **moving)


def still(image):
    """A film of one picture, reduced to WIDTH."""
    height = round(image.height * WIDTH / image.width)
    return Film([image.resize((WIDTH, height), Image.Resampling.LANCZOS)], [0])


def of_lab(lab, **settings):
    """The picture of a lab at these settings."""
    lab.choose(**settings)
    return still(opened(lab.picture.value))


def opened(png):
    """The bytes of a PNG file as an image without transparency."""
    return Image.open(io.BytesIO(png)).convert("RGB")


@cache
def trained():
    """(network, data): the network that lesson 03 trains, on the small set."""
    data = mnist.load("mini")
    net = Network([784, 30, 10], rng=0, dtype=np.float64)
    net.SGD(data.train, 10, 10, 3.0, on_epoch=None)
    return net, data


def fold():
    """Lesson 01: two perceptrons fold the plane, so that one line is enough for XOR."""
    return of_lab(XorLab(), w11=2, w12=2, b1=-1, w21=-2, w22=-2, b2=3)


def through():
    """Lesson 03: a digit has gone through the network."""
    net, data = trained()
    return of_lab(FeedforwardLab(net, data.test), computed=41)


def descent():
    """Lesson 04: in the valley, eta is too large for one direction and too small for the other."""
    return of_lab(DescentLab(), function="stretched valley", eta=0.9)


def back():
    """Lesson 06: the error has come back to the hidden neurons."""
    return of_lab(BackpropLab(), formula=6)


def watch():
    """Lesson 07: a hundred unseen digits, the last mistake in the black frame."""
    net, data = trained()
    lab = WatchLab(net, {"the first 100": data.validation})
    activations = net.feedforward(data.validation.images[:100].T)
    wrong = np.flatnonzero(activations.argmax(axis=0) != data.validation.labels[:100])
    return of_lab(lab, number=int(wrong[-1]))


def habits():
    """Lesson 11: the measured accuracy of every choice of habits, seed by seed."""
    runs = ledger.read()
    entries = ledger.habit_entries()[:-1]
    words = [ledger.habit_words(entry.setting) for entry in entries[:-1]]
    finals = [ledger.runs(runs, entry).final for entry in entries]
    fig, ax = figures.figure(size=(9, 4.4))
    lesson11.figures.habits_chart(ax, list(zip([*words, "all five, 500 hidden"], finals)))
    return still(opened(figures.Picture(fig, habits.__doc__).png))


def finished():
    """Lesson 10: the number is written and read; for those who want nothing to move."""
    strokes = centered(written.NUMBER_504192)
    return Film([page(Pad(*NUMBER_PAD), strokes, NumberLab(strokes))], [0])


def reading():
    """Lesson 10: a number is written on the pad, and read after each stroke.

    It begins with the whole number, for those who see only the first frame.
    """
    strokes, pad = centered(written.NUMBER_504192), Pad(*NUMBER_PAD)
    shown = [(finished().frames[0], END)]
    lab = NumberLab()
    shown.append((page(pad, [], lab), WAIT))
    for k, stroke in enumerate(strokes):
        done = strokes[:k]
        shown += [(page(pad, [*done, part], lab), GROWS) for part in parts(stroke)]
        lab.pad.strokes = [*done, stroke]
        shown.append((page(pad, lab.pad.strokes, lab), READ))
    return Film(*map(list, zip(*shown)))


def centered(strokes):
    """The strokes as they are, in the middle of the pad's width."""
    places = [x for stroke in strokes for x, _ in stroke]
    right = round((NUMBER_PAD[0] - min(places) - max(places)) / 2)
    return [[[x + right, y] for x, y in stroke] for stroke in strokes]


def parts(stroke):
    """A stroke as far as it is drawn, in PARTS pieces, each longer than the one before."""
    ends = np.linspace(0, len(stroke), PARTS + 1)[1:]
    return [stroke[: max(1, round(end))] for end in ends]


def page(pad, strokes, lab):
    """The pad with strokes over what the lab has read of its own, and the lab's first sentence."""
    pad.strokes = strokes
    paper, sheet = opened(pad.picture().png), upper_part(lab.picture)
    paper = paper.resize((sheet.width, paper.height * sheet.width // paper.width))
    made = Image.new("RGB", (sheet.width, paper.height + sheet.height + 75), "white")
    made.paste(paper, (0, 0))
    made.paste(sheet, (0, paper.height + 12))
    pen = ImageDraw.Draw(made)
    pen.rectangle((1, 1, paper.width - 2, paper.height - 2), outline=EDGE, width=3)
    first = lab.sentence.split(". ")[0].rstrip(".") + "."
    font = ImageFont.truetype(findfont("DejaVu Sans"), 32)
    pen.text((made.width // 2, made.height - 32), first, fill=TEXT, font=font, anchor="mm")
    return made


def upper_part(picture):
    """A live picture of two rows down to where its second row begins."""
    whole = opened(picture.value)
    return whole.crop((0, 0, whole.width, round(whole.height * CUT)))


PICTURES = {f.__name__: f for f in (reading, finished, fold, through, descent, back, watch, habits)}


def main():
    """Draw the pictures named on the command line, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help=f"from {', '.join(PICTURES)}")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where they go")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - PICTURES.keys():
        sys.exit(f"No picture is named {sorted(unknown)[0]}. There are {', '.join(PICTURES)}.")
    for name in arguments.names or PICTURES:
        path = arguments.folder / f"{name}.webp"
        PICTURES[name]().write(path)
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB", flush=True)


if __name__ == "__main__":
    main()
