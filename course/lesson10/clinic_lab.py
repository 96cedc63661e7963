"""Lesson 10: the clinic, where digits get a fault and the reader leaves out steps."""

import ipywidgets as widgets
import numpy as np

from course.lesson10 import clinic, figures
from course.lesson10.lab import label, steps_to_leave_out
from course.live import controls, given
from course.live.labs import Lab
from course.live.pictures import LivePicture

SHOWN = 8  # digits
AMOUNTS = {  # what the slider means: six amounts, and the words for one
    "off center": ((0, 2, 4, 6, 10, 14), "moved {} pixels to the right and down"),
    "too small": ((1, 0.8, 0.6, 0.5, 0.4, 0.3), "{} times their size"),
    "too thin": ((0, 0.5, 0.75, 1, 1.25, 1.5), "{} pixels thinner at each edge of a stroke"),
    "slanted": ((0, 10, 20, 30, 40, 50), "leaning {}° to the right"),
    "light on dark": ((0, 25, 45, 50, 75, 100), "with gray values {} % of the way to inverted"),
    "cut off": ((0, 2, 4, 6, 8, 10), "with their lowest {} rows beyond the edge of the sheet"),
}


class ClinicLab(Lab):
    """Test digits with a fault: the sheets, what the network sees, and how many it reads right.

    digits: a Split; the first 1,000 test digits, or the 500 of the small set, if it is not given.
    `state` holds the settings, the `amount` that the slider means, `sheets` (8, 56, 56) with gray
    values, `seen` (8, 28, 28), their `answers` (-1 for an empty sheet) and `labels`, and the
    accuracies, without and with the fault, of `all_steps` and, where steps are left out, of
    `left_out`. Raises ValueError for what is no Split, or for fewer than eight digits.
    """

    frozen = (  # one fault after the other, because the ink of the last few is remembered
        *(
            {"fault": (fault,), "how_much": (how_much,), step: "all"}
            for fault in AMOUNTS
            for how_much in range(6)
            for step in clinic.STEPS
        ),
        {"fault": ("off center",), **dict.fromkeys(("crop", "scale", "center"), "all")},
    )

    def __init__(self, digits=None):
        digits = clinic.test_digits() if digits is None else digits
        self.digits = given.digits(digits, at_least=SHOWN, name="digits")
        look = {"width_ratios": [3.1, 1], "height_ratios": [1, 1.35]}
        rows = [["fault", "how_much"], clinic.STEPS]
        super().__init__(_controls(), LivePicture(2, 2, (9.4, 2.6), **look), rows)

    def lay_out(self, rows):
        """A label before the boxes to tick."""
        boxes = super().lay_out(rows)
        label(boxes[-1], "Leave out:")
        return boxes

    def compute(self, fault, how_much, **left_out):
        without = tuple(name for name in clinic.STEPS if left_out[name])
        amount, few = AMOUNTS[fault][0][how_much], self.digits.first(SHOWN)
        sheets = np.array([clinic.treated(fault, amount, image) for image in few.images])
        return {
            "fault": fault,
            "amount": amount,
            "without": without,
            "sheets": sheets,
            "seen": np.array([clinic.prepared(one, without) for one in sheets]),
            "answers": clinic.answers(fault, amount, without, self.digits)[:SHOWN],
            "labels": few.labels,
            "all_steps": self._accuracies(fault, amount, ()),
            "left_out": self._accuracies(fault, amount, without) if without else None,
        }

    def _accuracies(self, fault, amount, without):
        """Of the digits as they are, and of those with the fault."""
        cases = (None, 0), (fault, amount)
        return [clinic.accuracy(*case, without, self.digits) for case in cases]

    def prepare(self):
        """Two rows of digits, and the accuracies on their right."""
        axes = self.picture.axes
        (right,) = figures.joined(axes[:, 1], np.s_[:, 1])
        self._sheets = figures.Tiles(axes[0, 0], 1, SHOWN, clinic.SHEET, 0, title="the sheets")
        seen = {"title": "what the network sees, and what it answers", "fontsize": 10}
        self._seen = figures.Tiles(axes[1, 0], 1, SHOWN, **seen)
        self._bars = figures.AccuracyBars(right, ["as they\nare", "with the\nfault"])
        parts = self._sheets, self._seen, self._bars
        self.picture.moving = [artist for part in parts for artist in part.artists]

    def draw(self, state):
        wrong = state["answers"] != state["labels"]
        words = [figures.answer(*pair) for pair in zip(state["answers"], state["labels"])]
        colors = [figures.RED if is_wrong else None for is_wrong in wrong]
        self._sheets.show(1 - state["sheets"])
        self._seen.show(state["seen"], words, colors)
        self._bars.show(state["all_steps"], state["left_out"])

    def describe(self, state):
        how = AMOUNTS[state["fault"]][1].format(f"{state['amount']:g}")
        before, after = state["all_steps"]
        said = (
            f"Digits {how}: {100 * after:.1f} % of {len(self.digits.labels):,} digits are read "
            f"right, as they are {100 * before:.1f} %"
        )
        if not state["without"]:
            return f"{said}."
        before, after = state["left_out"]
        left_out = " and ".join(state["without"])
        return f"{said}; without {left_out} {100 * after:.1f} %, as they are {100 * before:.1f} %."


def _controls():
    fault = widgets.Dropdown(options=list(AMOUNTS), description="fault", **controls.LOOK)
    how_much = widgets.IntSlider(3, 0, 5, description="how much", **controls.ON_RELEASE)
    return {"fault": fault, "how_much": how_much} | steps_to_leave_out()
