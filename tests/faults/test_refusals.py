"""A disk that is full, a folder that may only be read: told in words, and nothing is lost."""

import builtins
import contextlib
import io
import os
import subprocess
import sys

import pytest

from nnlib import storage
from tests.faults.told import faults_of, left_over, tree
from tests.faults.writers import WRITERS, filled

pytestmark = pytest.mark.timeout(120)  # whoever opens a pipe waits for ever
NOBODY = 65534
NEW, OLD = "new", "old"  # whether a file stands there before
writers = pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
is_root = hasattr(os, "getuid") and os.getuid() == 0


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A path in a folder of its own."""
    monkeypatch.setenv("NNLIB_PROGRESS", "off")
    return filled(tmp_path / "größer als 1") / "my file.x"


def refused(writer, path, *words):
    """Fails unless the writer is refused in words, and leaves all that is in the folder as it was.

    Lock files, which are empty, do not count.
    """
    before = written(path.parent)
    with pytest.raises((OSError, ValueError)) as caught:  # noqa: PT011
        writer(path)
    assert not faults_of(caught.value, path.name, str(path.parent))
    assert all(word in str(caught.value) for word in words), caught.value
    assert written(path.parent) == before
    assert not left_over(path.parent)


def written(folder):
    return {name: content for name, content in tree(folder).items() if content != b""}


class FullDisk(io.FileIO):
    """A file on a disk that has room for so many bytes more."""

    room = 0

    def write(self, data):
        if self.tell() + len(data) > self.room:
            raise OSError(28, os.strerror(28))
        return super().write(data)


def with_room_for(room):
    """An `open` on a disk with so much room; files that are only read are as they were."""

    def opened(path, mode="r", *arguments, **options):
        if "x" not in mode and "w" not in mode:
            return builtins.open(path, mode, *arguments, **options)
        file = FullDisk(path, mode.replace("b", ""))
        file.room = room
        return io.BufferedWriter(file)

    return opened


@writers
@pytest.mark.parametrize("room", [0, 60])
def test_a_full_disk(writer, place, monkeypatch, room):
    writer(place)
    monkeypatch.setattr(storage, "open", with_room_for(room), raising=False)
    refused(writer, place, "the disk is full")
    monkeypatch.undo()
    writer(place)


@contextlib.contextmanager
def mounted(folder, options):
    """A small disk at the folder, where this computer lets us mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)]
    if not is_root or sys.platform != "linux" or subprocess.run(command).returncode:
        pytest.skip("a small disk can be mounted by root only")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@writers
def test_a_real_disk_that_is_full(writer, tmp_path, monkeypatch):
    monkeypatch.setenv("NNLIB_PROGRESS", "off")
    with mounted(tmp_path / "disk", "size=1m") as disk:
        path = filled(disk / "mine") / "my file.x"
        writer(path)
        with contextlib.suppress(OSError), open(disk / "all", "wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))
        refused(writer, path, "the disk is full")
        (disk / "all").unlink()
        writer(path)


@contextlib.contextmanager
def only_read(folder):
    """The folder may only be read by this process, which is nobody's if it was root's."""
    mode = folder.stat().st_mode
    folder.chmod(0o555)
    with contextlib.ExitStack() as stack:
        stack.callback(folder.chmod, mode)
        if is_root:
            for parent in (folder, *folder.parents):
                stack.callback(parent.chmod, parent.stat().st_mode) if parent != folder else None
                parent.chmod(parent.stat().st_mode | 0o055)
            stack.callback(os.setresuid, 0, 0, 0)
            os.setresuid(NOBODY, NOBODY, 0)
        yield


needs_modes = pytest.mark.skipif(os.name == "nt", reason="modes of files do not bind on Windows")


@writers
@pytest.mark.parametrize("before", [NEW, OLD])
@needs_modes
def test_a_folder_that_may_only_be_read(writer, place, before):
    writer(place)  # also what it imports is read now, since nobody may not look into every folder
    if before == NEW:
        place.unlink()
    with only_read(place.parent):
        refused(writer, place, "folder")


@writers
def test_a_place_that_is_none(writer, place):
    (place.parent / "file").write_bytes(b"x")
    place.mkdir()
    refused(writer, place)
    if writer.__name__ not in ("progress", "guess", "digit"):  # these make their folder
        refused(writer, place.parent / "missing" / "x", "Make it first")
    refused(writer, place.parent / "file" / "x")
    refused(writer, place.parent / ("x" * 300))
    if hasattr(os, "mkfifo"):
        os.mkfifo(place.parent / "pipe")
        refused(writer, place.parent / "pipe")
        (place.parent / "device").symlink_to("/dev/null")
        refused(writer, place.parent / "device")
