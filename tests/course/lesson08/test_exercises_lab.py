"""The map of the exercises: in page order, what is done, what is due, what fits into a time."""

import json
import re

import nbformat
import numpy as np
import pytest

from course import exercises
from course.ask import record
from course.lesson08 import ExercisesLab, questions
from course.lesson08.exercises_lab import EXERCISES
from course.paths import LESSONS
from tests.course.live.reading_figures import is_drawn_whole

PARTS = [name for names in EXERCISES.values() for name in names]


@pytest.fixture
def path(tmp_path, monkeypatch):
    path = tmp_path / "my_progress.json"
    monkeypatch.setenv("NNLIB_PROGRESS", str(path))
    return path


def entry(state, when="2026-01-05 10:00"):
    return {"state": state, "tries": 1, "when": when}


def write(path, **states):
    """A progress file; a name is written as in code, with underscores."""
    kept = {f"{name[1:3]}-{name[4:].replace('_', '-')}": entry(s) for name, s in states.items()}
    path.write_text(json.dumps({"version": 2, "exercises": kept}), encoding="utf-8")


def new():
    return ExercisesLab(exercises.all())


def shown(lab):
    """Numbers of the exercises with a frame that can be seen."""
    return [number for number, frame in lab._frames.items() if frame.get_visible()]


def test_numbers_follow_the_page_and_all_its_exercises_have_one():
    assert list(EXERCISES) == list(range(1, 17))
    asked = [one.name for one in questions if not getattr(one, "prediction", False)]
    inverted = ["09-inverted-at-test", "09-inverted-in-both"]  # parts that are predictions
    assert sorted(PARTS) == sorted([*asked, *inverted])
    assert [name for name in PARTS if name in asked] == asked


def test_the_headings_of_the_page_have_the_same_numbers():
    (path,) = LESSONS.glob("08_*.ipynb")
    number, found = 0, {}
    for cell in nbformat.read(path, as_version=4).cells:
        headings = re.findall(r"^### Exercise (\d+)", cell.source, re.MULTILINE)
        number = int(headings[-1]) if headings else number
        for name in PARTS:
            if cell.source.strip() == f"questions.{exercises.get(name).attribute}":
                found.setdefault(number, []).append(name)
    assert {number: sorted(names) for number, names in found.items()} == {
        number: sorted(names) for number, names in EXERCISES.items()
    }
    assert list(found) == list(EXERCISES)


def test_at_first_nothing_is_done(path):
    lab = new()
    assert lab.sentence.startswith("None of the 16 exercises is done")
    assert set(lab.state["states"].values()) == {"not yet"}
    assert lab.state["left"] == sum(exercises.get(name).minutes for name in PARTS)
    assert lab.state["due"] == {}
    assert not path.exists()


def test_what_the_stored_page_shows_does_not_depend_on_a_record(path, monkeypatch):
    write(path, _01_scaling="done")
    monkeypatch.setenv("NNLIB_PROGRESS", "off")
    assert new().sentence.startswith("None of the 16 exercises is done")


@pytest.mark.parametrize("minutes", [5, 10, 15, 30, 60])
def test_frames_are_around_what_fits(path, minutes):
    lab = new()
    lab.controls["minutes"].value = minutes
    long = {n: sum(exercises.get(name).minutes for name in EXERCISES[n]) for n in EXERCISES}
    assert shown(lab) == lab.state["fit"] == [n for n in EXERCISES if long[n] <= minutes]
    if lab.state["fit"]:
        hard = {n: max(exercises.get(p).difficulty for p in EXERCISES[n]) for n in EXERCISES}
        assert hard[lab.state["next"]] == min(hard[n] for n in lab.state["fit"])
        assert f"exercise {lab.state['next']} (" in lab.sentence
        assert f"any one of the {len(lab.state['fit'])} in blue frames" in lab.sentence
    else:
        assert "not enough for any of them" in lab.sentence


def test_look_again_reads_the_file_anew(path):
    lab = new()
    before = lab.picture.value
    write(path, _01_scaling="done", _03_bits="tried", _05_updates="done", _05_slopes="done")
    lab.again.click()
    assert is_drawn_whole(lab)
    assert lab.state["done"] == [1]
    assert lab.sentence.startswith("1 of the 16 exercises is done")
    states = lab.state["states"]
    assert [states[name] for name in PARTS[:2]] == ["done", "not yet"]
    assert (states["03-bits"], states["05-online"]) == ("tried", "not yet")
    lab.controls["minutes"].value = 5
    assert shown(lab) == [9]  # what is left of it, one part of three minutes
    last = exercises.get("05-online").title
    assert f"5 minutes are enough for exercise 9 ({last})." in lab.sentence
    assert lab.picture.value != before


def test_tiles_tell_the_states_in_color_and_without(path):
    write(path, _01_scaling="done", _03_bits="tried")
    lab = new()
    looks = {name: (tile.get_facecolor(), tile.get_hatch()) for name, tile in lab._tiles.items()}
    assert len({looks[name] for name in ("01-scaling", "03-bits", "06-backprop")}) == 3
    grays = [np.dot(looks[name][0][:3], [0.299, 0.587, 0.114]) for name in PARTS[:2]]
    assert abs(grays[0] - grays[1]) > 0.2
    assert looks["03-bits"][1]


def test_all_done(path):
    names = {f"_{name.replace('-', '_')}": "done" for name in PARTS}
    write(path, **names)
    lab = new()
    assert lab.sentence.startswith("16 of the 16 exercises are done, 0 minutes are left.")
    assert shown(lab) == []
    assert lab.state["next"] is None


def test_what_is_due_stands_beside_its_lesson(path):
    write(path, _05_online="tried", _09_how_many_lost="done", _01_scaling="done")
    lab = new()
    assert lab.state["due"] == {"05": 1, "09": 1}  # code does not come back
    assert [one.name for one in exercises.due()] == ["05-online", "09-how-many-lost"]
    told = {lesson: text.get_text() for lesson, text in lab._due.items() if text.get_text()}
    assert told == {"05": "1 due", "09": "1 due"}
    assert "2 questions are due" in lab.sentence


def test_a_damaged_file_is_told(path):
    path.write_text("{", encoding="utf-8")
    lab = new()
    assert "was damaged" in lab.sentence
    write(path, _01_scaling="done")
    lab.again.click()
    assert "damaged" not in lab.sentence


def test_a_check_shows_after_look_again(path):
    lab = new()
    record.note("01-scaling", "right")
    lab.again.click()
    assert lab.state["done"] == [1]
