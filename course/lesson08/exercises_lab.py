"""Lesson 08: the exercises as a map, one row a lesson: what is done, what is due and how long."""

import ipywidgets as widgets
from matplotlib.patches import Rectangle

from course import figures
from course.ask import record, schedule
from course.live import controls
from course.live.labs import Lab
from course.live.pictures import LivePicture

EXERCISES = {  # number on the page -> names of its parts
    1: ["01-scaling"],
    2: ["01-nand-xor"],
    3: ["02-steep", "02-differ"],
    4: ["03-parameters"],
    5: ["03-components"],
    6: ["03-bits"],
    7: ["04-best-step"],
    8: ["04-one-variable", "04-fourth-power"],
    9: ["05-updates", "05-slopes", "05-online"],
    10: ["06-find-the-bug"],
    11: ["06-backprop"],
    12: ["06-kill-the-mutants"],
    13: ["07-no-hidden-layer"],
    14: ["07-choose-eta"],
    15: ["09-how-many-lost", "09-which-digit"],
    16: ["09-inverted-at-test", "09-inverted-images", "09-inverted-in-both"],
}
LEGEND = "green: done      hatched: tried      blue frame: not done yet, and fits into your minutes"
FACES = {"done": "#8FD3BC", "tried": figures.YELLOW, "not yet": "white"}
HATCHES = {"tried": "//"}
DUE_AT = 66  # minutes: to the right of the longest lesson
HEIGHT = 0.8  # of a tile, in rows


class ExercisesLab(Lab):
    """The exercises of this lesson as tiles, as wide as they are long, and which fit into a time.

    The slider is the minutes that you have; *Look again* reads the progress file anew.
    questions: those of all lessons, as exercises.all() gives them.
    `state` holds the `minutes`, the `states` of the parts by name ("done", "tried", "not yet"), the
    numbers of exercises that are `done` and that `fit`, which of these is `next` (or None), the
    minutes that are `left`, and how many questions are `due` by lesson.
    """

    frozen = ({"minutes": "all"},)
    frozen_note = "What you have done is shown in the notebook."

    def __init__(self, questions):
        self.questions = {question.name: question for question in questions}
        self.parts = {
            number: [self.questions[name] for name in names] for number, names in EXERCISES.items()
        }
        self._read()
        minutes = widgets.IntSlider(15, 5, 60, 5, description="minutes", **controls.LOOK)
        super().__init__({"minutes": minutes}, LivePicture(size=(9.4, 4.7)))

    def prepare(self):
        """A button that reads the progress file; a row of tiles for each lesson."""
        self.again = widgets.Button(description="Look again", icon="refresh")
        self.again.on_click(self._look_again)
        self.panel[-1].children += (self.again,)
        ax = self.picture.axes
        lessons = list(dict.fromkeys(parts[0].lesson for parts in self.parts.values()))
        self._tiles, self._frames, starts = {}, {}, dict.fromkeys(lessons, 0)
        for number, parts in self.parts.items():
            row = lessons.index(parts[0].lesson)
            start = starts[parts[0].lesson]
            starts[parts[0].lesson] += self._add_exercise(ax, number, parts, start, row)
        ax.set(xlim=(-0.5, DUE_AT + 8), ylim=(len(lessons) - 0.5, -0.5), xlabel="minutes")
        ax.set_yticks(range(len(lessons)), [f"lesson {lesson}" for lesson in lessons])
        ax.set_xticks(range(0, DUE_AT, 10))
        ax.tick_params(left=False)
        ax.spines[:].set_visible(False)
        ax.set_title(LEGEND, loc="left", fontsize=11)
        place = {"va": "center", "color": figures.RED, "fontweight": "bold"}
        self._due = {
            lesson: ax.text(DUE_AT, row, "", **place) for row, lesson in enumerate(lessons)
        }
        self.picture.moving = list(self._frames.values())

    def _add_exercise(self, ax, number, parts, start, row):
        """Tiles for the parts of an exercise, and two frames around them; returns its minutes."""
        minutes, at = _minutes(parts), start
        for part in parts:
            tile = _box(at, row, part.minutes, edgecolor=figures.GREY, linestyle=":")
            self._tiles[part.name] = ax.add_patch(tile)
            at += part.minutes
        ax.add_patch(_box(start, row, minutes, fill=False, edgecolor=figures.GREY, linewidth=1.5))
        frame = _box(start + 0.25, row, minutes - 0.5, fill=False, edgecolor=figures.BLUE)
        frame.set(linewidth=3, zorder=3)
        self._frames[number] = ax.add_patch(frame)
        words = f"{number}\n{minutes} min {'*' * _difficulty(parts)}"
        ax.text(
            start + minutes / 2,
            row,
            words,
            ha="center",
            va="center",
            fontsize=10.5,
            linespacing=1.05,
        )
        return minutes

    def _look_again(self, _):
        with self.lock:
            self._read()
            self.picture.forget_background()
            self.on_change()

    def _read(self):
        self._entries, self._remark = record.read()

    def compute(self, minutes):
        rows = record.Table(self.questions.values(), self._entries).rows
        states = {name: state for _, name, _, _, state in rows}
        open_parts = {
            number: [part for part in parts if states[part.name] != "done"]
            for number, parts in self.parts.items()
        }
        left = {number: _minutes(parts) for number, parts in open_parts.items() if parts}
        fit = [number for number in left if left[number] <= minutes]
        lessons = [one.lesson for one in schedule.due(self.questions.values(), self._entries)]
        return {
            "minutes": minutes,
            "states": {part.name: states[part.name] for part in sum(self.parts.values(), [])},
            "done": [number for number in self.parts if number not in left],
            "fit": fit,
            "next": min(fit, key=lambda one: _difficulty(open_parts[one]), default=None),
            "left": sum(left.values()),
            "due": {lesson: lessons.count(lesson) for lesson in sorted(set(lessons))},
        }

    def draw(self, state):
        for name, tile in self._tiles.items():
            tile.set(
                facecolor=FACES[state["states"][name]], hatch=HATCHES.get(state["states"][name])
            )
        for number, frame in self._frames.items():
            frame.set_visible(number in state["fit"])
        for lesson, text in self._due.items():
            count = state["due"].get(lesson, 0)
            text.set_text(f"{count} due" if count else "")

    def describe(self, state):
        count, number, due = len(state["done"]), state["next"], sum(state["due"].values())
        words = [
            f"{count or 'None'} of the {len(self.parts)} exercises {'is' if count < 2 else 'are'} "
            f"done, {state['left']} minutes are left."
        ]
        if number:
            words.append(self._what_fits(state, number))
        elif state["left"]:
            words.append(f"{state['minutes']} minutes are not enough for any of them.")
        if due:
            words.append(f"In all lessons together {due} question{_s(due)} due.")
        return " ".join([*words, self._remark]).strip()

    def _what_fits(self, state, number):
        """A sentence on the exercises in frames; the easiest has its first open part's title."""
        parts, count = self.parts[number], len(state["fit"])
        title = next(part.title for part in parts if state["states"][part.name] != "done")
        many = "" if count == 1 else f"any one of the {count} in blue frames; begin with "
        return f"{state['minutes']} minutes are enough for {many}exercise {number} ({title})."


def _s(count):
    return " is" if count == 1 else "s are"


def _minutes(parts):
    return sum(part.minutes for part in parts)


def _difficulty(parts):
    return max(part.difficulty for part in parts)


def _box(start, row, minutes, **look):
    return Rectangle((start, row - HEIGHT / 2), minutes, HEIGHT, **look)
