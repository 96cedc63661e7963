"""The map of the exercises with a record by chance: tiles, frames, words and sentence."""

import json

import numpy as np
import pytest

from course import exercises
from course.ask import schedule
from course.lesson08 import ExercisesLab
from course.lesson08.exercises_lab import EXERCISES
from tests.course.live.reading_figures import (
    BLUE,
    RED,
    WHITE,
    YELLOW,
    color_of,
    controls_of,
    is_drawn_whole,
    named,
    settle,
    texts_of,
    ticks_of,
)

NAMES = [name for parts in EXERCISES.values() for name in parts]
LESSONS = ["01", "02", "03", "04", "05", "06", "07", "09"]
GREENISH = "#8fd3bc"
FACES = {"done": (GREENISH, None), "tried": (YELLOW, "//"), "not yet": (WHITE, None)}


@pytest.fixture
def path(tmp_path, monkeypatch):
    path = tmp_path / "my_progress.json"
    monkeypatch.setenv("NNLIB_PROGRESS", str(path))
    return path


def by_chance(rng):
    """{name: state} of all parts."""
    chances = rng.dirichlet([1, 1, 1])
    return {name: str(rng.choice(["done", "tried", "not yet"], p=chances)) for name in NAMES}


def write(path, states):
    kept = {
        name: {"state": state, "tries": 1, "when": "2026-01-05 10:00"}
        for name, state in states.items()
        if state != "not yet"
    }
    path.write_text(json.dumps({"version": 2, "exercises": kept}), encoding="utf-8")


def minutes_of(names):
    return sum(exercises.get(name).minutes for name in names)


def hardest(names):
    return max(exercises.get(name).difficulty for name in names)


def starts():
    """Where each exercise begins: {number: (minutes before it in its row, row)}."""
    found, used = {}, dict.fromkeys(LESSONS, 0)
    for number, names in EXERCISES.items():
        lesson = names[0][:2]
        found[number] = used[lesson], LESSONS.index(lesson)
        used[lesson] += minutes_of(names)
    return found


def check_tiles(lab, states):
    """A tile for each part, as wide as it is long, in the look of its state."""
    for number, names in EXERCISES.items():
        at, row = starts()[number]
        for name in names:
            tile = lab._tiles[name]
            assert tile.get_bbox().bounds == pytest.approx(
                (at, row - 0.4, exercises.get(name).minutes, 0.8)
            )
            assert (color_of(tile), tile.get_hatch()) == FACES[states[name]]
            at += exercises.get(name).minutes


def check_frames(lab, fit):
    for number, names in EXERCISES.items():
        frame, (at, row) = lab._frames[number], starts()[number]
        assert frame.get_visible() == (number in fit)
        left, bottom, width, height = frame.get_bbox().bounds
        assert (left, left + width) == pytest.approx((at + 0.25, at + minutes_of(names) - 0.25))
        assert (bottom, bottom + height) == pytest.approx((row - 0.4, row + 0.4))
        assert color_of(frame) == BLUE


def check_words(lab, due):
    texts = texts_of(lab.picture.axes)
    for number, names in EXERCISES.items():
        words = f"{number}\n{minutes_of(names)} min {'*' * hardest(names)}"
        at, row = starts()[number]
        assert texts.pop(words) == (at + minutes_of(names) / 2, row)
    told = [(text.get_text(), text.get_position()) for text in lab.picture.axes.texts]
    shown = [one for one in told if one[0].endswith("due")]
    rows = {lesson: row for row, lesson in enumerate(LESSONS)}
    wanted = [(f"{due.count(lesson)} due", (66, row)) for lesson, row in rows.items()]
    assert shown == [one for one in wanted if one[0] != "0 due"]
    assert all(text.get_color().lower() == RED for text in lab._due.values())


def sentence(states, minutes, fit, open_parts, due):
    done = sum(not parts for parts in open_parts.values())
    left = sum(map(minutes_of, open_parts.values()))
    words = f"{done or 'None'} of the 16 exercises {'is' if done < 2 else 'are'} done, {left} "
    words += "minutes are left."
    if fit:
        begin = min(fit, key=lambda number: hardest(open_parts[number]))
        title = exercises.get(open_parts[begin][0]).title
        many = f"any one of the {len(fit)} in blue frames; begin with " if len(fit) > 1 else ""
        words += f" {minutes} minutes are enough for {many}exercise {begin} ({title})."
    elif left:
        words += f" {minutes} minutes are not enough for any of them."
    if due:
        verb = "s are" if len(due) > 1 else " is"
        words += f" In all lessons together {len(due)} question{verb} due."
    return words


def check_map(path, states, minutes):
    """What the lab says once all of the map is that of a record."""
    write(path, states)
    lab = ExercisesLab(exercises.all())
    settle(lab, minutes=minutes)
    open_parts = {
        number: [name for name in names if states[name] != "done"]
        for number, names in EXERCISES.items()
    }
    fit = [n for n, parts in open_parts.items() if parts and minutes_of(parts) <= minutes]
    entries = json.loads(path.read_text(encoding="utf-8"))["exercises"]
    due = [one.lesson for one in schedule.due(exercises.all(), entries)]
    check_tiles(lab, states)
    check_frames(lab, fit)
    check_words(lab, due)
    assert lab.sentence == sentence(states, minutes, fit, open_parts, due)
    assert is_drawn_whole(lab)
    return lab.sentence


@pytest.mark.parametrize("seed", range(4))
def test_the_map_shows_the_record(path, seed):
    rng = np.random.default_rng(seed)
    check_map(path, by_chance(rng), int(rng.choice(range(5, 61, 5))))


def test_an_exercise_is_as_hard_as_what_is_left_of_it(path):
    done = dict.fromkeys(["03-parameters", "09-inverted-images"], "done")
    words = check_map(path, dict.fromkeys(NAMES, "not yet") | done, 15)
    assert "begin with exercise 16 (" in words


def test_the_axes_say_lessons_and_minutes(path):
    lab = ExercisesLab(exercises.all())
    title = (
        "green: done      hatched: tried      blue frame: not done yet, and fits into your minutes"
    )
    assert named(lab.picture.axes) == ([title], "minutes", "")
    rows = {float(row): f"lesson {lesson}" for row, lesson in enumerate(LESSONS)}
    assert ticks_of(lab.picture.axes.yaxis) == rows
    assert ticks_of(lab.picture.axes.xaxis) == {float(n): str(n) for n in range(0, 61, 10)}
    assert lab.picture.axes.yaxis_inverted()
    assert controls_of(lab) == {"minutes": ("minutes", 5, 60)}


def test_there_and_back_is_the_same_picture(path):
    lab = ExercisesLab(exercises.all())
    before = bytes(lab.picture.value)
    for minutes in (5, 60, 15):
        settle(lab, minutes=minutes)
    assert bytes(lab.picture.value) == before
