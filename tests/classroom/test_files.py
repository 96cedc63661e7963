"""What docs/classroom.md tells a teacher to use is there, and says what it says it does."""

import json
import os
import re
import subprocess

import pytest

from course.paths import ROOT

TEXT = (ROOT / "docs" / "classroom.md").read_text(encoding="utf-8")
HUB = ROOT / "deploy" / "hub"


def test_every_file_that_a_teacher_is_told_of_is_there():
    named = re.findall(r"`((?:deploy|binder|notebooks|\.devcontainer)/[\w./-]*)`", TEXT)
    named += [
        f"deploy/hub/{name}" for name in re.findall(r"^\| `([\w./]+)` \|", TEXT, re.MULTILINE)
    ]
    assert len(named) > 8
    assert not [name for name in named if not (ROOT / name).exists()]


def test_every_way_of_the_table_has_its_part():
    parts = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles()}
    links = re.findall(r"\]\(#([\w-]+)\)", TEXT)
    assert len(links) > 7
    assert set(links) <= parts


def titles():
    return re.findall(r"^##+ (.+)$", TEXT, re.MULTILINE)


def test_the_image_holds_what_the_hub_runs():
    text = (HUB / "Dockerfile").read_text()
    paths = re.findall(r"/srv/course/([\w./]+)", text)
    assert len(paths) >= 4
    assert not [path for path in paths if not (ROOT / path).exists()]
    command = json.loads(re.search(r"^CMD (.+)$", text, re.MULTILINE)[1])
    assert command == ["/srv/course/deploy/hub/start_lessons.sh"]


@pytest.mark.skipif(os.name == "nt", reason="a hub does not run on Windows")
def test_a_server_starts_on_the_students_own_lessons(tmp_path):
    """With a program that prints what it was given in the place of JupyterHub's."""
    program = tmp_path / "bin" / "jupyterhub-singleuser"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho $PYTHONPATH $NNLIB_MY_LESSONS $JUPYTER_CONFIG_PATH $@\n")
    program.chmod(0o755)
    python = program.with_name("python")
    python.write_text("#!/bin/sh\necho $@ >> $HOME/asked\n")
    python.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    given = {"HOME": str(tmp_path), "PATH": path}
    shown = subprocess.check_output([HUB / "start_lessons.sh", "--port=1"], env=given, text=True)
    course, lessons, settings, argument = shown.split()
    assert (course, lessons, argument) == (str(ROOT), str(tmp_path / "my_lessons"), "--port=1")
    assert all(os.path.isdir(f"{one}") for one in settings.split(":"))
    assert (tmp_path / "asked").read_text() == "-m course update\n"
