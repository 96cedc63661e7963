"""The pictures of README are what the lessons draw today, small, and said in words."""

import re
import sys

import numpy as np
import pytest
from PIL import Image

from course.paths import ROOT
from tests.course.pictures import Images
from tools import pictures

README = (ROOT / "README.md").read_text(encoding="utf-8")
MOST_BYTES, MOST_OF_ONE = 3_000_000, 1_500_000
FAR = 48  # of 255: what rounding and the drawing of letters do stays below


def frames(path):
    """All frames of a picture file, uint8 (n, height, width, 3)."""
    with Image.open(path) as film:
        found = []
        for n in range(film.n_frames):
            film.seek(n)
            found.append(np.asarray(film.convert("RGB")))
    return np.stack(found)


def share_of_other_pixels(first, second):
    """The largest share of pixels, over the frames, that are another color in one of two films."""
    assert first.shape == second.shape
    far = [
        (np.abs(one.astype(int) - other).max(axis=-1) > FAR).mean()
        for one, other in zip(first, second)
    ]
    return max(far)


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_each_picture_is_what_the_lesson_draws_today(name):
    drawn = np.stack([np.asarray(frame) for frame in pictures.PICTURES[name]().frames])
    stored = frames(pictures.FOLDER / f"{name}.webp")
    assert share_of_other_pixels(drawn, stored) < 0.002, (
        f"docs/pictures/{name}.webp is not what the lesson draws now. Look at both; if the new one "
        f"is right, store it with: python -m tools.pictures {name}"
    )


def test_the_command_writes_what_was_drawn(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["pictures", "fold", "--folder", str(tmp_path)])
    pictures.main()
    assert capsys.readouterr().out.startswith("fold.webp: ")
    written, stored = (frames(folder / "fold.webp") for folder in (tmp_path, pictures.FOLDER))
    assert share_of_other_pixels(written, stored) < 0.002


def test_another_number_on_the_pad_would_be_noticed():
    stored = frames(pictures.FOLDER / "finished.webp")
    moved = np.roll(stored, 30, axis=2)
    assert share_of_other_pixels(stored, moved) > 0.02


def test_the_moving_picture_writes_goes_on_for_ever_and_begins_with_the_whole_number():
    with Image.open(pictures.FOLDER / "reading.webp") as film:
        assert film.info["loop"] == 0
    shown = frames(pictures.FOLDER / "reading.webp")
    pad = shown[:, : shown.shape[1] * 2 // 5, :, 0]
    ink = (pad < 60).mean(axis=(1, 2))  # of the pad of each frame
    assert ink[0] == pytest.approx(ink[-1])
    assert np.all(np.diff(ink[1:]) >= 0)
    assert ink[1] == 0 < ink[0]


def test_readme_shows_every_picture_that_is_drawn_and_no_other():
    shown = re.findall(r"docs/pictures/(\w+)\.webp", README)
    assert sorted(shown) == sorted(pictures.PICTURES)
    assert {path.name for path in pictures.FOLDER.iterdir()} == {f"{name}.webp" for name in shown}


def test_every_picture_of_readme_is_said_in_words():
    words = [image["alt"] for image in Images(README).found]
    words += re.findall(r"!\[(.*?)\]\(docs/", README)
    assert len(words) == len(pictures.PICTURES) - 1  # one stands for another where nothing may move
    assert all(len(text.split()) >= 12 for text in words)
    assert len(set(words)) == len(words)


def test_pictures_are_small():
    sizes = [path.stat().st_size for path in (ROOT / "docs").rglob("*.*") if path.suffix != ".md"]
    assert sum(sizes) <= MOST_BYTES
    assert max(sizes) <= MOST_OF_ONE


def test_an_unknown_picture_is_named(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["pictures", "fold", "unfold"])
    with pytest.raises(SystemExit, match="No picture is named unfold. There are reading, "):
        pictures.main()
