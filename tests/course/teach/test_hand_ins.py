"""Whose a hand-in is, in folders, zips and files as people and learning systems name them."""

import os
import struct
import unicodedata

import pytest

from course.teach import archives, hand_ins
from tests.course.teach import classes

NOTEBOOK = classes.notebook({})
PROGRESS = classes.progress()


def found(folder):
    """{name: (system, number, labels of notebooks, labels of progress files)}, warnings."""
    students, warnings = hand_ins.find(folder)
    return {
        one.name: (one.system, one.number, [*map(str, one.notebooks)], [*map(str, one.progress)])
        for one in students
    }, warnings


def names(folder):
    return list(found(folder)[0])


def test_folders_files_and_zips_are_students(tmp_path):
    classes.write(
        tmp_path,
        {
            "Ada/08_exercises.ipynb": NOTEBOOK,
            "Ada/my_progress.json": PROGRESS,
            "Bob/week 3/lessons/03_architecture.ipynb": NOTEBOOK,
            "cy.zip": classes.zipped({"lessons/08_exercises.ipynb": NOTEBOOK}),
            "dan_08_exercises.ipynb": NOTEBOOK,
            "eve.JSON": PROGRESS,
            "fay/": b"",
        },
    )
    students, warnings = found(tmp_path)
    assert students == {
        "Ada": ("", "", ["Ada/08_exercises.ipynb"], ["Ada/my_progress.json"]),
        "Bob": ("", "", ["Bob/week 3/lessons/03_architecture.ipynb"], []),
        "cy": ("", "", ["cy.zip/lessons/08_exercises.ipynb"], []),
        "dan": ("", "", ["dan_08_exercises.ipynb"], []),
        "eve": ("", "", [], ["eve.JSON"]),
        "fay": ("", "", [], []),
    }
    assert not warnings


def test_moodle(tmp_path):
    one = "Lovelace Ada Maria_12345_assignsubmission_file_"
    classes.write(
        tmp_path,
        {
            f"{one}/08_exercises.ipynb": NOTEBOOK,
            "Lovelace Ada Maria_12345_assignsubmission_onlinetext/onlinetext.html": b"",
            "Bo_Li_99_assignsubmission_file/08_exercises (1).ipynb": NOTEBOOK,
            "Cy_7_assignsubmission_file_08_exercises.ipynb": NOTEBOOK,
            "Dee_8_assignsubmission_file_essay.pdf": b"",
        },
    )
    students, warnings = found(tmp_path)
    assert students["Lovelace Ada Maria"][:3] == ("Moodle", "12345", [f"{one}/08_exercises.ipynb"])
    assert students["Bo_Li"][1] == "99"
    assert students["Cy"][1:3] == ("7", ["Cy_7_assignsubmission_file_08_exercises.ipynb"])
    assert students["Dee"] == ("Moodle", "8", [], [])
    assert len(students) == 4
    assert not warnings


def test_canvas(tmp_path):
    classes.write(
        tmp_path,
        {
            "lovelaceada_4711_90001_08_exercises.ipynb": NOTEBOOK,
            "lovelaceada_4711_90002_08_exercises-1.ipynb": NOTEBOOK,
            "libo_LATE_4712_90003_my_progress.json": PROGRESS,
            "cy_4713_90004_lessons.zip": classes.zipped({"a/08_exercises.ipynb": NOTEBOOK}),
        },
    )
    students, _ = found(tmp_path)
    assert students["lovelaceada"][:3] == (
        "Canvas",
        "4711",
        [
            "lovelaceada_4711_90001_08_exercises.ipynb",
            "lovelaceada_4711_90002_08_exercises-1.ipynb",
        ],
    )
    assert students["libo"][1] == "4712"
    assert students["libo"][3] == ["libo_LATE_4712_90003_my_progress.json"]
    assert students["cy"][1] == "4713"


def test_two_students_of_one_name_stay_two(tmp_path):
    for number in (1, 2):
        folder = f"Ada_{number}_assignsubmission_file_"
        classes.write(tmp_path, {f"{folder}/08_exercises.ipynb": NOTEBOOK})
    students, _ = hand_ins.find(tmp_path)
    assert [(one.name, one.number) for one in students] == [("Ada (1)", "1"), ("Ada (2)", "2")]


def test_a_zip_of_the_class(tmp_path):
    files = {f"Ada_{k}_assignsubmission_file_/08_exercises.ipynb": NOTEBOOK for k in (1, 2)}
    files["bob/08_exercises.ipynb"] = NOTEBOOK
    classes.write(tmp_path, {"class/moodle.zip": classes.zipped(files)})
    for place in (tmp_path / "class", tmp_path / "class" / "moodle.zip"):
        students, _ = hand_ins.find(place)
        assert [(one.name, one.number) for one in students] == [
            ("Ada (1)", "1"),
            ("Ada (2)", "2"),
            ("bob", ""),
        ]


def test_a_zip_alone_that_is_a_student(tmp_path):
    classes.write(tmp_path, {"ada.zip": classes.zipped({"08_exercises.ipynb": NOTEBOOK})})
    assert names(tmp_path) == ["ada"]


def test_a_folder_that_is_one_student(tmp_path):
    classes.write(tmp_path, {"ada/08_exercises.ipynb": NOTEBOOK, "ada/03_x.ipynb": NOTEBOOK})
    assert "ada" in names(tmp_path / "ada")


def test_copies_stand_last_and_the_highest_number_at_the_end(tmp_path):
    for name in ("08_exercises (2).ipynb", "08_exercises.ipynb", "08_exercises (10).ipynb"):
        classes.write(tmp_path, {f"ada/{name}": NOTEBOOK})
    classes.write(tmp_path, {"ada (1).zip": classes.zipped({"08_exercises.ipynb": NOTEBOOK})})
    students, _ = found(tmp_path)
    assert list(students) == ["ada"]
    assert students["ada"][2] == [
        "ada/08_exercises.ipynb",
        "ada (1).zip/08_exercises.ipynb",
        "ada/08_exercises (2).ipynb",
        "ada/08_exercises (10).ipynb",
    ]


def test_what_editors_and_systems_leave_is_no_hand_in(tmp_path):
    classes.write(
        tmp_path,
        {
            "ada/08_exercises.ipynb": NOTEBOOK,
            "ada/.ipynb_checkpoints/08_exercises-checkpoint.ipynb": NOTEBOOK,
            "ada/.course/before/08_exercises.ipynb": NOTEBOOK,
            "ada/my_progress.damaged-1.json": b"{",
            "bo.zip": classes.zipped({"bo/08.ipynb": NOTEBOOK, "__MACOSX/bo/._08.ipynb": b""}),
            ".DS_Store": b"",
        },
    )
    students, warnings = found(tmp_path)
    assert students["ada"][2:] == (["ada/08_exercises.ipynb"], [])
    assert students["bo"][2] == ["bo.zip/bo/08.ipynb"]
    assert not warnings


@pytest.mark.parametrize(
    "name",
    ["Зоя Иванова", "李雷", "محمد", "Zoë", unicodedata.normalize("NFD", "Zoë"), "a\udcffb", "=1+1"],
)
def test_names_in_any_alphabet(tmp_path, name):
    try:
        classes.write(tmp_path, {f"{name}/08_exercises.ipynb": NOTEBOOK})
    except (OSError, UnicodeEncodeError):
        pytest.skip("this disk knows no such name")
    (student,) = names(tmp_path)
    student.encode()
    assert student == hand_ins.plain(name)
    assert student == unicodedata.normalize("NFC", student)


def test_files_of_nobody_and_packed_files_are_told(tmp_path):
    classes.write(tmp_path, {"notes.txt": b"", "ada/all.7z": b"", "ada/a.ipynb": NOTEBOOK})
    students, warnings = found(tmp_path)
    assert list(students) == ["ada"]
    assert warnings == [
        "ada/all.7z: not opened. Unpack it first; only zips are read.",
        "notes.txt: left out, for it is neither a notebook nor a zip.",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_pipes_and_links_are_told_and_not_opened(tmp_path):
    classes.write(tmp_path, {"class/ada/08_exercises.ipynb": NOTEBOOK, "else/x.ipynb": NOTEBOOK})
    os.mkfifo(tmp_path / "class" / "ada" / "03.ipynb")
    (tmp_path / "class" / "ada" / "endless.ipynb").symlink_to("/dev/zero")
    (tmp_path / "class" / "bob").symlink_to(tmp_path / "else")
    students, warnings = found(tmp_path / "class")
    assert students["ada"][2] == ["ada/08_exercises.ipynb"]
    assert students["bob"][2] == []
    assert warnings == [
        "ada/03.ipynb: left out, for it is no file.",
        "ada/endless.ipynb: left out, for it is a link.",
        "bob: left out, for it is a link.",
    ]


def test_groups_of_students_are_asked_about(tmp_path):
    classes.write(tmp_path, {f"group A/{one}/08_x.ipynb": NOTEBOOK for one in ("a", "b", "c")})
    students, warnings = found(tmp_path)
    assert list(students) == ["group A"]
    assert "give the name of this folder" in warnings[0]
    assert names(tmp_path / "group A") == ["a", "b", "c"]


def test_a_zip_leads_nowhere_and_writes_nothing(tmp_path):
    inside = {"../../evil.ipynb": NOTEBOOK, "/etc/a.ipynb": NOTEBOOK, "C:\\b.ipynb": NOTEBOOK}
    classes.write(tmp_path, {"class/ada.zip": classes.zipped(inside), "class/b/x.ipynb": NOTEBOOK})
    students, _ = found(tmp_path / "class")
    assert students["ada"][2] == ["ada.zip/b.ipynb", "ada.zip/etc/a.ipynb", "ada.zip/evil.ipynb"]
    assert not list(tmp_path.rglob("evil*"))


def test_bombs_are_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 2**20)
    monkeypatch.setattr(archives, "MOST_FILES", 100)
    bomb = classes.zipped({"08_exercises.ipynb": bytes(2**21)})
    deep = classes.zipped({"a.zip": classes.zipped({"b.zip": classes.zipped({"c.ipynb": b""})})})
    many = classes.zipped({f"{k}.ipynb": b"" for k in range(101)})
    classes.write(tmp_path, {"ada.zip": bomb, "bo.zip": deep, "cy.zip": many})
    students, warnings = hand_ins.find(tmp_path)
    assert [one.name for one in students] == ["ada", "bo", "cy"]
    with pytest.raises(ValueError, match="larger than 1 MB"):
        students[0].notebooks[0].read_bytes()
    assert warnings == [
        "bo.zip/a.zip/b.zip: not opened, a zip in a zip in a zip.",
        "cy.zip: not opened, it holds more than 100 files.",
    ]


def test_damaged_and_locked_zips_are_told(tmp_path):
    good = classes.zipped({"08_exercises.ipynb": NOTEBOOK})
    start = good.index(b"PK\x01\x02")
    locked = bytearray(good)
    for place in (6, start + 8):  # the bit that says: encrypted
        locked[place : place + 2] = struct.pack("<H", 1)
    broken = bytearray(good)
    broken[60:80] = bytes(20)
    files = {"ada.zip": good[:50], "bo.zip": bytes(locked), "cy.zip": bytes(broken), "d.zip": b""}
    students, warnings = hand_ins.find(classes.write(tmp_path, files))
    assert [one.name for one in students] == ["ada", "bo", "cy", "d"]
    assert [words.split(":")[0] for words in warnings] == ["ada.zip", "d.zip"]
    with pytest.raises(ValueError, match="password"):
        students[1].notebooks[0].read_bytes()
    with pytest.raises(ValueError, match="damaged|CRC"):
        students[2].notebooks[0].read_bytes()


def test_no_folder(tmp_path):
    with pytest.raises(ValueError, match="There is no folder"):
        hand_ins.find(tmp_path / "no")
