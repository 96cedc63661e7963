"""The digits under other names and places, and what is told about files that are not right."""

import gzip
import hashlib
import os
import pickle
import re
import shutil
import time
import zipfile

import numpy as np
import pytest

from nnlib import mnist
from nnlib.mnist import __main__ as command
from nnlib.mnist import (
    _book_pickle as book_pickle,
)
from nnlib.mnist import (
    _finding as finding,
)
from nnlib.mnist import (
    _originals as originals,
)
from tests.nnlib.mnist.worlds import (
    TEST_IMAGES,
    TEST_LABELS,
    TRAIN_IMAGES,
    TRAIN_LABELS,
    assert_is_world,
    small_world,
)


@pytest.fixture
def world(tmp_path, monkeypatch):
    return small_world(tmp_path / "data", monkeypatch)


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """An empty folder that NNLIB_DATA names."""
    folder = tmp_path / "mine"
    folder.mkdir()
    monkeypatch.setenv("NNLIB_DATA", str(folder))
    return folder


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


# Names and places.

PLACES = {
    "dots": lambda name: name.replace("-idx", ".idx"),
    "upper case": str.upper,
    "MNIST/raw": "MNIST/raw/{}".format,
    "a folder for each": lambda name: f"{name}/{name}",
    "second download": "{} (1)".format,
    "spaces and Greek": "my digits \u03b7/{} \u03b4".format,
    "nothing alike": lambda name: hashlib.sha256(name.encode()).hexdigest(),
    "hidden type": "{}.bin".format,
}


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("place", PLACES)
def test_the_files_are_found_under_any_name_up_to_two_folders_down(world, mine, place, packed):
    for name, content in (world.packed if packed else world.unpacked).items():
        put(mine, PLACES[place](name), content)
    assert_is_world(mnist.load(), world)
    assert command.main() == 0
    assert_is_world(mnist.load("full"), world)


def test_the_data_folder_is_searched_likewise(world):
    world.folder.mkdir()
    world.fill(world.folder / "MNIST")
    assert_is_world(mnist.load(), world)


def test_some_files_may_lie_elsewhere_than_others(world, mine):
    world.fill(mine)
    (mine / "sub").mkdir()
    (mine / f"{TEST_LABELS}.gz").rename(mine / "sub" / "labels.dat")
    assert_is_world(mnist.load(), world)


def test_three_folders_down_is_too_far(world, mine):
    for name, content in world.packed.items():
        put(mine, f"a/b/c/{name}", content)
    with pytest.raises(FileNotFoundError, match="up to two folders down"):
        mnist.load()


def test_an_unpacked_file_that_is_still_called_gz_is_read(world, mine):
    for name, content in world.unpacked.items():
        put(mine, f"{name}.gz", content)
    assert_is_world(mnist.load(), world)


def test_files_that_are_swapped_are_told_apart_by_their_contents(world, mine):
    world.fill(mine)
    one, other = mine / f"{TRAIN_IMAGES}.gz", mine / f"{TEST_IMAGES}.gz"
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)
    assert_is_world(mnist.load(), world)


def test_links_are_followed_and_a_circle_of_them_ends(world, mine, tmp_path):
    world.fill(tmp_path / "store")
    (mine / "circle").symlink_to(mine, target_is_directory=True)
    (mine / "there").symlink_to(tmp_path / "store", target_is_directory=True)
    (mine / "nowhere").symlink_to(tmp_path / "nothing")
    assert_is_world(mnist.load(), world)
    assert len(finding.files(mine)) == 4


def test_a_pipe_is_never_opened(world, mine):
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    world.fill(mine)
    (mine / f"{TRAIN_IMAGES}.gz").unlink()
    os.mkfifo(mine / f"{TRAIN_IMAGES}.gz")
    os.mkfifo(mine / "train-images.idx3-ubyte")
    with pytest.raises(FileNotFoundError, match=f"lacks {TRAIN_IMAGES} "):
        mnist.load()


def test_a_folder_that_may_not_be_read_is_passed_over(world, mine, monkeypatch):
    world.fill(mine / "readable")
    (mine / "closed").mkdir()
    scandir = os.scandir

    def guarded(folder):
        if str(folder).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", guarded)
    assert_is_world(mnist.load(), world)


def test_what_is_hidden_is_no_data(world, mine):
    world.fill(mine / ".cache")
    put(mine, f"._{TRAIN_IMAGES}", world.unpacked[TRAIN_IMAGES])
    with pytest.raises(FileNotFoundError, match=f"lacks {TRAIN_IMAGES}"):
        mnist.load()


def test_a_zip_is_not_opened(world, mine):
    with zipfile.ZipFile(mine / "mnist.zip", "w") as packed:
        for name, content in world.unpacked.items():
            packed.writestr(name, content)
    with pytest.raises(FileNotFoundError, match="lacks"):
        mnist.load()


def test_no_more_files_are_looked_at_than_agreed(mine, monkeypatch):
    for number in range(50):
        put(mine, f"{number}", b"")
    monkeypatch.setattr(finding, "MOST", 20)
    assert len(finding.files(mine)) == 20


def test_a_folder_of_thousands_of_files_is_searched_quickly(world, mine):
    for number in range(5000):
        (mine / f"{number}.txt").write_bytes(bytes(100))
    world.fill(mine / "z")
    start = time.process_time()
    assert_is_world(mnist.load(), world)
    assert time.process_time() - start < 5  # usually under 1


def test_a_file_is_hashed_once_to_be_found_and_read(world, mine, monkeypatch):
    hashed, sha256 = [], hashlib.sha256

    def counted(data):
        hashed.append(len(data))
        return sha256(data)

    monkeypatch.setattr(originals.hashlib, "sha256", counted)
    world.fill(mine / "MNIST")
    put(mine, "photo.jpg", bytes(30_000))
    mnist.load()
    assert sorted(hashed) == sorted(known.size for known in world.files.values())


@pytest.mark.parametrize("quote", ['"{}"', "'{}'"])
def test_quotes_around_the_path_do_no_harm(world, mine, monkeypatch, quote):
    world.fill(mine)
    monkeypatch.setenv("NNLIB_DATA", quote.format(mine))
    assert_is_world(mnist.load(), world)


def test_the_home_folder_may_be_written_with_a_tilde(world, mine, monkeypatch):
    world.fill(mine)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(mine.parent))
    monkeypatch.setenv("NNLIB_DATA", "~/mine")
    assert_is_world(mnist.load(), world)


def test_one_of_the_four_files_in_place_of_the_folder_is_told(world, mine, monkeypatch):
    world.fill(mine)
    monkeypatch.setenv("NNLIB_DATA", str(mine / f"{TRAIN_IMAGES}.gz"))
    with pytest.raises(FileNotFoundError, match=f"Name the folder that holds it: {mine}$"):
        mnist.load()


# Files that are not right.

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 9912422\n"
WRONG = {
    "pointer": (POINTER, "is a Git LFS pointer"),
    "page": (b"\xef\xbb\xbf\r\n<!DOCTYPE html><title>Log in</title>", r"is a web page \(HTML\)"),
    "packed page": (gzip.compress(b"<html>404</html>"), r"is a web page \(HTML\)"),
    "error page": (b'<?xml version="1.0"?><Error><Code>AccessDenied', r"is a web page \(HTML\)"),
    "nothing": (b"", "is cut off: 0 bytes"),
}
ALIKE = [f"{TRAIN_IMAGES}.gz", TRAIN_IMAGES, "raw/Train_Images (2).gz", "train-images.idx3-ubyte"]


@pytest.mark.parametrize("name", ALIKE)
@pytest.mark.parametrize("what", WRONG)
def test_what_came_in_place_of_a_file_is_named(world, mine, what, name):
    content, words = WRONG[what]
    world.fill(mine)
    (mine / f"{TRAIN_IMAGES}.gz").unlink()
    path = put(mine, name, content)
    with pytest.raises(ValueError, match=f"{re.escape(str(path))} {words}.*, run: "):
        mnist.load()


@pytest.mark.parametrize("what", WRONG)
@pytest.mark.parametrize("good", [TRAIN_IMAGES, f"a/b/{TRAIN_IMAGES}", "train-images (1)"])
def test_a_wrong_file_does_not_hide_a_good_one(world, mine, what, good):
    world.fill(mine)
    put(mine, f"{TRAIN_IMAGES}.gz", WRONG[what][0])
    put(mine, good, world.unpacked[TRAIN_IMAGES])
    assert_is_world(mnist.load(), world)


def test_a_copy_of_another_file_is_named(world, mine):
    world.fill(mine)
    put(mine, f"{TRAIN_LABELS}.gz", world.packed[f"{TEST_LABELS}.gz"])
    with pytest.raises(ValueError, match=f"{TRAIN_LABELS}.gz holds the contents of {TEST_LABELS}"):
        mnist.load()


def test_a_file_that_may_not_be_read_is_named(world, mine, monkeypatch):
    world.fill(mine)

    def closed(path, *_):
        if str(path).endswith(f"{TEST_LABELS}.gz"):
            raise PermissionError(13, "Permission denied")
        return open(path, "rb")

    monkeypatch.setattr(originals, "open", closed, raising=False)
    with pytest.raises(ValueError, match=rf"{TEST_LABELS}.gz cannot be read \(Permission denied"):
        mnist.load()


def test_many_files_of_like_names_do_not_hide_the_right_one(world, mine):
    world.fill(mine)
    (mine / f"{TRAIN_IMAGES}.gz").unlink()
    for number in range(2 * originals.MOST_READ):
        put(mine, f"train_images_{number:04}.png", b"a picture")
    put(mine, "z/train-images.idx3-ubyte", world.unpacked[TRAIN_IMAGES])
    assert_is_world(mnist.load(), world)


def test_a_stranger_of_the_right_size_is_not_blamed(world, mine):
    world.fill(mine)
    (mine / f"{TRAIN_IMAGES}.gz").unlink()
    put(mine, "photo.raw", bytes(world.files[TRAIN_IMAGES].size))
    with pytest.raises(FileNotFoundError, match=f"lacks {TRAIN_IMAGES} "):
        mnist.load()


def test_a_file_in_the_place_of_the_data_folder_is_told(world):
    world.folder.write_bytes(b"no folder")
    with pytest.raises(PermissionError, match="Nothing can be put into .*Set NNLIB_DATA"):
        mnist.load("full")


# The book's file.


def book(content=None):
    splits = [(np.full((n, 784), k / 4, "f4"), np.full(n, k)) for k, n in enumerate((50, 10, 10))]
    return pickle.dumps(splits if content is None else content, 2)


@pytest.mark.parametrize(
    "name", ["mnist.pkl", "MNIST.PKL", "a/b/mnist.pkl.gz", "mnist.pkl (1).gz", "mnist_py3k.pkl"]
)
@pytest.mark.parametrize("packed", [True, False])
def test_the_book_s_file_is_found_packed_or_not(world, mine, monkeypatch, name, packed):
    path = put(mine, name, gzip.compress(book()) if packed else book())
    assert mnist.load().validation.labels.tolist() == [1] * 10
    monkeypatch.setenv("NNLIB_DATA", str(path))
    assert mnist.load().name == "full"
    assert command.main() == 0


@pytest.mark.parametrize("packed", [True, False])
def test_a_path_to_the_book_s_file_may_have_any_name(world, mine, monkeypatch, packed):
    path = put(mine, "the digits", gzip.compress(book()) if packed else book())
    monkeypatch.setenv("NNLIB_DATA", str(path))
    assert mnist.load().name == "full"


def test_another_or_damaged_pickle_does_not_hide_the_book_s(world, mine):
    put(mine, "mnist.pkl", book()[:1000])
    put(mine, "mnist_expanded.pkl.gz", gzip.compress(book([])))
    put(mine, "deeper/mnist.pkl.gz", gzip.compress(book()))
    assert mnist.load().name == "full"
    shutil.rmtree(mine / "deeper")
    with pytest.raises(ValueError, match=r"mnist\.pkl is damaged"):
        mnist.load()


def test_the_book_s_file_helps_out_where_originals_are_damaged(world, mine):
    world.fill(mine)
    put(mine, f"{TRAIN_IMAGES}.gz", b"damaged")
    put(mine, "mnist.pkl", book())
    assert "the book's" in mnist.load().source


@pytest.mark.parametrize("what", ["pointer", "page", "error page"])
def test_what_came_in_place_of_the_book_s_file_is_named(tmp_path, what):
    content, words = WRONG[what]
    with pytest.raises(ValueError, match=f"it {words}"):
        book_pickle.read(put(tmp_path, "mnist.pkl.gz", content), (50, 10, 10))
