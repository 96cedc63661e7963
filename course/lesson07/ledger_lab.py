"""Lesson 07: the stored runs of one row of the ledger, seed by seed beside what was published."""

import ipywidgets as widgets
import numpy as np

from course.lesson07 import figures
from course.live import controls
from course.live.labs import Lab
from course.live.pictures import LivePicture
from course.measured import ledger
from nnlib import arguments

MOST = min(entry.seeds for entry in ledger.ENTRIES)  # runs that every row has


class LedgerLab(Lab):
    """One row of the ledger: its runs appear one after the other, with the recall of the last.

    row: number of the row that is shown first, 0 to 12.  *Next seed* shows one more run, up to
    ten.
    `state` holds the row's `name`, the `published` percents, the `finals` of the runs shown, in
    percent, which digits each has `lost`, and the `recall` of the last one, fractions (10,).
    Raises ValueError for a row that is not there.
    """

    frozen = ({"row": "all", "runs": "all"},)

    def __init__(self, row=0):
        if arguments.whole_number("row", row, at_least=0) >= len(ledger.ENTRIES):
            raise ValueError(
                f"row is {row}: expected one from 0 to {len(ledger.ENTRIES) - 1}; type for example "
                "LedgerLab(row=6)"
            )
        runs = ledger.read()
        self._names = figures.ledger_names(ledger.summary(runs))
        rows = [ledger.runs(runs, entry) for entry in ledger.ENTRIES]
        self._runs = [row[np.argsort(row.seed)] for row in rows]
        picture = LivePicture(1, 2, size=(9.4, 3.6), width_ratios=[3, 2])
        super().__init__(_controls(self._names, row), picture, [["row"], ["runs"]])

    def prepare(self):
        """A button behind the slider; the runs at the left, recall at the right."""
        self.next_seed = widgets.Button(description="Next seed", icon="step-forward")
        self.next_seed.on_click(self._show_one_more)
        self.panel[-1].children += (self.next_seed,)
        left, right = self.picture.axes
        self._chart = figures.RunsBySeed(left, MOST)
        self._bars = figures.recall_bars(right, np.zeros(10))
        self._title = right.set_title(" ", loc="left")
        self.picture.moving = [*self._chart.artists, *self._bars, self._title]

    def _show_one_more(self, _):
        runs = self.controls["runs"]
        runs.value = min(runs.value + 1, MOST)

    def compute(self, row, runs):
        shown = self._runs[row][:runs]
        recall = [shown[f"recall_{digit}"][-1] / 100 for digit in range(10)] if runs else [0] * 10
        return {
            "name": self._names[row],
            "published": [percent for percent, _ in ledger.ENTRIES[row].published],
            "finals": np.array(shown.final),
            "lost": [[int(digit) for digit in lost.split()] for lost in shown.lost],
            "recall": np.array(recall),
        }

    def draw(self, state):
        lost = state["lost"][-1] if state["lost"] else []
        self._chart.show(state["finals"], state["lost"], state["published"])
        figures.update_recall_bars(self._bars, state["recall"], lost)
        seed = len(state["finals"]) - 1
        self._title.set_text(f"seed {seed}" if seed >= 0 else "no run yet")

    def describe(self, state):
        finals, published = state["finals"], ", ".join(f"{p} %" for p in state["published"])
        said = f"{state['name']}; published: {published or 'nothing'}."
        if not len(finals):
            return f"{said} No run yet: press Next seed."
        lost = ", ".join(map(str, state["lost"][-1])) or "none"
        with_losses = sum(bool(one) for one in state["lost"])
        return (
            f"{said} Seed {len(finals) - 1}: {finals[-1]:.2f} %, lost digits: {lost}. "
            f"Of the runs so far, {with_losses} of {len(finals)} lost a digit."
        )


def _controls(names, row):
    rows = [(name, number) for number, name in enumerate(names)]
    return {
        "row": widgets.Dropdown(options=rows, value=row, description="row", **controls.LOOK),
        "runs": widgets.IntSlider(0, 0, MOST, description="runs", **controls.LOOK),
    }
