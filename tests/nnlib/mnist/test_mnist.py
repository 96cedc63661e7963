import gzip
import os
import pickle
import re
import subprocess
import sys
import time
import warnings

import numpy as np
import pytest

from course.paths import ROOT
from nnlib import mnist
from nnlib.mnist import __main__ as command
from nnlib.mnist import _download as download
from nnlib.mnist import _originals as originals
from tests.nnlib.mnist.data_server import DataServer, refusing_url
from tests.nnlib.mnist.worlds import REAL_MINI_ARRAYS, assert_is_world, small_world
from tools import small_set

TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS = originals.FILES
MEND = re.escape(originals.mend_command())
QUICK = ["missing", "cut off", "shortened", "corrupt", "altered", "swapped", "login page"]
QUICK += ["unpacks without end"]
SLOW = ["silent", "trickle", "stop half way"]


def lose_patience(monkeypatch, fault):
    """One second for a mirror that never sends all; one that does has as long as in earnest."""
    if fault in SLOW:
        monkeypatch.setattr(download, "TIMEOUT", 1.0)
        monkeypatch.setattr(download, "PATIENCE", 1.0)


@pytest.fixture
def world(tmp_path, monkeypatch):
    return small_world(tmp_path / "data", monkeypatch)


def use(monkeypatch, *servers):
    monkeypatch.setattr(originals, "MIRRORS", tuple(server.url for server in servers))


# The real digits.


@pytest.fixture(scope="module")
def mini():
    return mnist.load("mini")


def assert_well_formed(data, sizes):
    train, validation, test = data
    assert (train, validation, test) == (data.train, data.validation, data.test)
    for (images, labels), n in zip(data, sizes, strict=True):
        assert images.shape == (n, 784)
        assert images.dtype == np.float32
        assert images.flags.c_contiguous
        assert (images.min(), images.max()) == (0.0, 1.0)
        assert labels.shape == (n,)
        assert labels.dtype == np.int64


def test_facts_of_the_full_set(full):
    assert_well_formed(full, (50_000, 10_000, 10_000))
    counts = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert np.bincount(full.test.labels).tolist() == counts
    assert full.train.labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert full.test.labels[:5].tolist() == [7, 2, 1, 0, 4]
    assert full.name == "full"
    assert "50,000 training, 10,000 validation and 10,000 test" in repr(full)


def test_facts_of_the_mini_set(mini):
    assert_well_formed(mini, (4000, 500, 500))
    for split, n in zip(mini, (400, 50, 50), strict=True):
        assert np.bincount(split.labels).tolist() == [n] * 10
    assert mini.train.labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 3, 6, 7, 8]
    assert mini.name == "mini"


def test_the_mini_set_learns_from_the_first_rows_of_its_file_and_is_tested_on_the_last(mini):
    pixels, labels = mnist._mini_arrays()
    for split, rows in zip(mini, np.split(np.arange(5000), (4000, 4500))):
        np.testing.assert_allclose(split.images, pixels[rows] / 255, rtol=1e-6)
        assert split.labels.tolist() == labels[rows].tolist()


def test_no_digit_of_the_mini_set_is_in_two_splits(mini):
    assert len({image.tobytes() for split in mini for image in split.images}) == 5000


def test_the_command_makes_the_small_set_again(full):
    for made, kept in zip(small_set.small_set(full), mnist._mini_arrays(), strict=True):
        np.testing.assert_array_equal(made, kept)


def test_digits_of_the_small_set_come_from_their_own_split(full, mini):
    for split, whole in zip(mini, full, strict=True):
        known = {image.tobytes(): label for image, label in zip(*whole)}
        assert [known[image.tobytes()] for image in split.images] == split.labels.tolist()


def test_a_small_set_with_other_digits_is_noticed(monkeypatch):
    monkeypatch.setattr(mnist, "_mini_arrays", REAL_MINI_ARRAYS)
    monkeypatch.setattr(mnist, "MINI_SHA256", "0" * 64)
    with pytest.raises(ValueError, match="mnist_5000.npz was altered"):
        mnist.load("mini")


def test_pixels_are_divided_by_255_exactly():
    every = np.arange(256, dtype=np.uint8)
    np.testing.assert_array_equal(
        originals.scaled(every), every.astype(np.float32) / np.float32(255)
    )


def test_the_full_set_loads_quickly_and_in_little_memory(full):
    if not os.path.exists("/proc/self/status"):
        pytest.skip("only Linux tells a process its own peak of memory")
    code = (
        "import time; from nnlib import mnist; start = time.process_time();"
        "data = mnist.load('full'); print(time.process_time() - start);"
        "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    )
    output = subprocess.check_output([sys.executable, "-c", code])
    seconds, kilobytes = map(float, output.split())
    assert kilobytes < 350_000
    assert seconds < 2.5


# Which set, and from where.


@pytest.mark.parametrize("which", ["Full", "", 5, True])
def test_another_word_than_full_or_mini_is_refused(which):
    with pytest.raises(ValueError, match='expected "full", "mini" or nothing'):
        mnist.load(which)


@pytest.mark.parametrize("packed", [True, False])
def test_files_in_the_data_folder_are_used_packed_or_not(world, packed):
    world.fill(world.folder, packed=packed)
    assert_is_world(mnist.load(), world)
    assert mnist.load().source == "the data folder"


@pytest.mark.parametrize("packed", [True, False])
def test_nnlib_data_comes_first(world, monkeypatch, tmp_path, packed):
    world.fill(world.folder)
    (world.folder / TEST_LABELS).write_bytes(b"damaged")
    folder = world.fill(tmp_path / "mine", packed=packed)
    monkeypatch.setenv("NNLIB_DATA", str(folder))
    data = mnist.load()
    assert_is_world(data, world)
    assert str(tmp_path) not in data.source + repr(data)


def test_an_empty_nnlib_data_counts_as_unset(world, monkeypatch):
    world.fill(world.folder)
    monkeypatch.setenv("NNLIB_DATA", "")
    assert_is_world(mnist.load(), world)


@pytest.mark.parametrize("which", [None, "full"])
def test_nnlib_data_that_leads_nowhere_is_an_error(world, monkeypatch, tmp_path, which):
    world.fill(world.folder)
    (tmp_path / "a_file").touch()
    for name in ("nowhere", "a_file"):
        monkeypatch.setenv("NNLIB_DATA", str(tmp_path / name))
        with pytest.raises(FileNotFoundError, match=f"(?s){name}.*expected a folder.*nnlib.mnist"):
            mnist.load(which)
    assert mnist.load("mini").name == "mini"


def test_nnlib_data_without_all_files_is_an_error_that_names_them(world, monkeypatch, tmp_path):
    world.fill(world.folder)
    folder = tmp_path / "mine"
    folder.mkdir()
    monkeypatch.setenv("NNLIB_DATA", str(folder))
    with pytest.raises(FileNotFoundError, match=f"lacks {TRAIN_IMAGES}.*{TEST_LABELS}.*run: "):
        mnist.load()
    world.fill(folder)
    (folder / f"{TEST_IMAGES}.gz").unlink()
    with pytest.raises(FileNotFoundError, match=f"lacks {TEST_IMAGES} .*{MEND}"):
        mnist.load()


DAMAGES = ["cut off", "cut off before packing", "empty", "altered", "corrupt", "no gzip"]
DAMAGES += ["labels", "test set"]


def damage(folder, how):
    """Damage the folder's training images, and say which words the error must have."""
    path = folder / f"{TRAIN_IMAGES}.gz"
    content = path.read_bytes()
    if how == "cut off":
        path.write_bytes(content[:-100])
        return "is cut off"
    if how == "cut off before packing":
        path.write_bytes(gzip.compress(gzip.decompress(content)[:-100]))
        return "is cut off: 46,956 bytes instead of 47,056"
    if how == "empty":
        path.write_bytes(b"")
        return "is cut off: 0 bytes"
    if how == "altered":
        path.write_bytes(gzip.compress(gzip.decompress(content)[:-1] + b"\0"))
        return "was altered"
    if how == "corrupt":
        path.write_bytes(content[:1000] + bytes([content[1000] ^ 255]) + content[1001:])
        return "is damaged"
    if how == "no gzip":
        path.write_bytes(b"<html>")
        return "is a web page (HTML)"
    other = {"labels": TRAIN_LABELS, "test set": TEST_IMAGES}[how]
    path.write_bytes((folder / f"{other}.gz").read_bytes())
    return f"holds the contents of {other}"


@pytest.mark.parametrize("place", ["NNLIB_DATA", "data folder"])
@pytest.mark.parametrize(
    "how",
    DAMAGES,
)
def test_a_damaged_file_is_named_with_the_command_that_mends_it(
    world, monkeypatch, tmp_path, place, how
):
    folder = world.fill(tmp_path / "mine" if place == "NNLIB_DATA" else world.folder)
    if place == "NNLIB_DATA":
        monkeypatch.setenv("NNLIB_DATA", str(folder))
    words = damage(folder, how)
    for which in (None, "full"):
        with pytest.raises(ValueError, match=f"{TRAIN_IMAGES}.gz .*run: {MEND}") as info:
            mnist.load(which)
        assert words in str(info.value)


def test_the_data_folder_is_the_project_s_or_a_cache(tmp_path, monkeypatch):
    assert mnist.data_folder() == ROOT / "data"
    monkeypatch.setattr(mnist, "ROOT", tmp_path / "site-packages")
    assert mnist.data_folder().name == "nnlib"
    assert tmp_path not in mnist.data_folder().parents


@pytest.mark.parametrize("place", ["file", "folder"])
def test_nnlib_data_may_point_at_the_book_s_file(world, monkeypatch, tmp_path, place):
    splits = [(np.full((n, 784), k / 4, "f4"), np.full(n, k)) for k, n in enumerate((50, 10, 10))]
    path = tmp_path / "mnist.pkl.gz"
    path.write_bytes(gzip.compress(pickle.dumps(splits, 2)))
    monkeypatch.setenv("NNLIB_DATA", str(path if place == "file" else tmp_path))
    data = mnist.load()
    for split, (images, labels) in zip(data, splits, strict=True):
        np.testing.assert_array_equal(split.images, images)
        np.testing.assert_array_equal(split.labels, labels)
    assert data.name == "full"
    assert "the book's mnist.pkl.gz" in data.source
    assert command.main() == 0


def test_original_files_come_before_the_book_s(world, monkeypatch, tmp_path):
    folder = world.fill(tmp_path / "mine")
    (folder / "mnist.pkl.gz").write_bytes(b"never read")
    monkeypatch.setenv("NNLIB_DATA", str(folder))
    assert mnist.load().source == "the folder in NNLIB_DATA"


# Downloading.


def test_the_download_is_verified_kept_and_not_repeated(world, monkeypatch):
    with DataServer(world.packed) as server:
        use(monkeypatch, server)
        assert_is_world(mnist.load(), world)
        assert server.asked == list(world.packed)
        assert sorted(os.listdir(world.folder)) == sorted(world.packed)
        assert_is_world(mnist.load(), world)
        assert_is_world(mnist.load("full"), world)
        assert server.asked == list(world.packed)


def test_other_gz_bytes_of_the_same_contents_are_accepted(world, monkeypatch):
    repacked = {name: gzip.compress(gzip.decompress(c), 1) for name, c in world.packed.items()}
    assert all(repacked[name] != world.packed[name] for name in repacked)
    with DataServer(repacked) as server:
        use(monkeypatch, server)
        assert_is_world(mnist.load("full"), world)


@pytest.mark.parametrize("fault", QUICK + SLOW)
def test_the_second_mirror_helps_out(world, monkeypatch, fault):
    lose_patience(monkeypatch, fault)
    faults = {f"{TRAIN_IMAGES}.gz": fault}  # large enough to be slow
    with DataServer(world.packed, faults) as bad, DataServer(world.packed) as good:
        use(monkeypatch, bad, good)
        start = time.monotonic()
        assert_is_world(mnist.load("full"), world)
        assert time.monotonic() - start < 10
        assert good.asked == [f"{TRAIN_IMAGES}.gz"]
    assert sorted(os.listdir(world.folder)) == sorted(world.packed)


WORDS = {
    "missing": "answered 404 Not Found",
    "cut off": "broke off in the middle",
    "shortened": "what it sent is cut off",
    "corrupt": "what it sent is damaged",
    "altered": "what it sent was altered",
    "swapped": "what it sent holds the contents of",
    "login page": "what it sent is a web page (HTML)",
    "unpacks without end": "what it sent was altered, or is another file",
    "silent": "silent for|too slow",
    "trickle": "too slow",
    "stop half way": "could not be reached, or the connection was lost|too slow",
}


@pytest.mark.parametrize("fault", QUICK + SLOW)
def test_when_every_mirror_fails_each_is_named_with_its_fault(world, monkeypatch, fault):
    lose_patience(monkeypatch, fault)
    with DataServer(world.packed, fault) as bad:
        monkeypatch.setattr(originals, "MIRRORS", (bad.url, refusing_url()))
        with pytest.raises(ConnectionError, match=f"{bad.url}{TRAIN_IMAGES}.gz: ") as info:
            mnist.load("full")
        assert bad.asked == [f"{TRAIN_IMAGES}.gz"]  # no time is lost with the other three
    lines = str(info.value).splitlines()
    assert any(words in lines[1] for words in WORDS[fault].split("|"))
    assert originals.MIRRORS[1] in lines[2]
    assert "could not be reached" in lines[2]
    assert os.listdir(world.folder) == []


def test_without_a_network_it_fails_fast(world):
    start = time.monotonic()
    with pytest.raises(ConnectionError, match=f"there is a network, run: {MEND}"):
        mnist.load("full")
    assert time.monotonic() - start < 5


def test_more_bytes_than_any_real_file_are_not_taken(world, monkeypatch):
    monkeypatch.setattr(download, "MAX_BYTES", 10_000)
    with DataServer(world.packed) as server:
        use(monkeypatch, server)
        with pytest.raises(ConnectionError, match="it sent more than 10,000 bytes"):
            mnist.load("full")


def test_an_interrupted_download_goes_on_where_it_stopped(world, monkeypatch):
    finished = []

    def interrupt_the_third(futures, timeout):
        if len(finished) == 2:
            raise KeyboardInterrupt
        finished.append(futures[0].result())
        return wait(futures, timeout)

    wait = download.wait
    with DataServer(world.packed, {f"{TEST_IMAGES}.gz": "stop half way"}) as server:
        use(monkeypatch, server)
        with monkeypatch.context() as patch:
            patch.setattr(download, "wait", interrupt_the_third)
            with pytest.raises(KeyboardInterrupt):
                mnist.load()
    assert sorted(os.listdir(world.folder)) == [f"{TRAIN_IMAGES}.gz", f"{TRAIN_LABELS}.gz"]
    with DataServer(world.packed) as server:
        use(monkeypatch, server)
        assert_is_world(mnist.load(), world)
        assert server.asked == [f"{TEST_IMAGES}.gz", f"{TEST_LABELS}.gz"]


def test_a_partial_file_never_counts_as_data(world, monkeypatch):
    world.fill(world.folder)
    (world.folder / f"{TEST_LABELS}.gz").rename(world.folder / ".0123.part")
    with pytest.raises(ConnectionError):
        mnist.load("full")


def test_a_folder_that_cannot_be_written_to_is_said(world, monkeypatch):
    monkeypatch.setattr(originals.os, "access", lambda *_: False)
    with pytest.raises(PermissionError, match="Nothing can be put into .*NNLIB_DATA"):
        mnist.load("full")


def test_offline_forbids_the_download(world, monkeypatch):
    monkeypatch.setenv("NNLIB_OFFLINE", "1")
    with DataServer(world.packed) as server:
        use(monkeypatch, server)
        with pytest.raises(FileNotFoundError, match=f"NNLIB_OFFLINE.*run: {MEND}"):
            mnist.load("full")
        with pytest.warns(mnist.SmallDataWarning, match="NNLIB_OFFLINE"):
            assert mnist.load().name == "mini"
        assert server.asked == []


# The small set in the place of the full one.


def test_the_small_set_steps_in_and_says_so_once(world):
    with pytest.warns(mnist.SmallDataWarning) as seen:
        data = [mnist.load() for _ in range(3)]
    assert [found.name for found in data] == ["mini"] * 3
    # Of what a test before has left open, others may tell in the meantime.
    [ours] = [one for one in seen if one.category is mnist.SmallDataWarning]
    assert ours.filename == __file__
    assert "5,000 of the 70,000" in str(ours.message)
    assert "could not be reached" in str(ours.message)
    assert originals.mend_command() in str(ours.message)


def test_asking_for_a_set_says_nothing(world):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert mnist.load("mini").name == "mini"
        world.fill(world.folder)
        assert mnist.load("full").name == "full"


def test_a_network_that_failed_is_left_alone_for_a_while(world, monkeypatch):
    with DataServer(world.packed, "missing") as server:
        use(monkeypatch, server)
        with pytest.warns(mnist.SmallDataWarning):
            mnist.load()
        mnist.load()
        assert len(server.asked) == 1
        with pytest.raises(ConnectionError):  # asked for by name, it is tried at once
            mnist.load("full")
        assert len(server.asked) == 2
        monkeypatch.setattr(mnist, "QUIET_SECONDS", 0)
        mnist.load()
        assert len(server.asked) == 3


def test_a_fresh_process_without_data_and_network(tmp_path):
    code = (
        "import sys, pathlib; from nnlib import mnist_loader, mnist;"
        "heavy = {'pooch', 'requests', 'tqdm', 'pandas', 'sklearn', 'matplotlib'};"
        "print(heavy & set(sys.modules));"
        "mnist.data_folder = lambda: pathlib.Path('data');"
        "print([len(part) for part in mnist_loader.load_data_wrapper()], mnist.load())"
    )
    hidden = {"NNLIB_DATA", "PYTHONWARNINGS"}
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    root = str(mnist.ROOT)
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=environment | {"NNLIB_OFFLINE": "1", "PYTHONPATH": root},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    light, data = run.stdout.splitlines()
    assert light == "set()"
    assert data.startswith("[4000, 500, 500] MNIST, mini set: 4,000 training")
    assert run.stderr.count("SmallDataWarning: 5,000 of the 70,000") == 1
    assert originals.mend_command() in run.stderr


# The command that mends.


def test_the_command_replaces_what_is_wrong_and_nothing_else(world, monkeypatch, capsys):
    world.fill(world.folder)
    damage(world.folder, "labels")
    (world.folder / f"{TEST_LABELS}.gz").unlink()
    with DataServer(world.packed) as server:
        use(monkeypatch, server)
        assert command.main() == 0
        assert server.asked == [f"{TRAIN_IMAGES}.gz", f"{TEST_LABELS}.gz"]
        assert command.main() == 0
        assert len(server.asked) == 2
    assert "50 training, 10 validation and 10 test digits" in capsys.readouterr().out
    assert_is_world(mnist.load(), world)


def test_the_command_mends_the_folder_in_nnlib_data(world, monkeypatch, tmp_path):
    folder = world.fill(tmp_path / "mine", packed=False)
    (folder / TEST_LABELS).write_bytes(b"damaged")
    monkeypatch.setenv("NNLIB_DATA", str(folder))
    with pytest.raises(ValueError, match=TEST_LABELS):
        mnist.load()
    with DataServer(world.packed) as server:
        use(monkeypatch, server)
        assert command.main() == 0
    assert_is_world(mnist.load(), world)
    assert not world.folder.exists()


def test_the_command_says_what_failed_and_what_there_is(world, monkeypatch, capsys):
    assert command.main() == 1
    said = capsys.readouterr().out
    assert "could not be reached" in said
    assert "mini set: 4,000 training" in said
    monkeypatch.setenv("NNLIB_DATA", "/nowhere")
    assert command.main() == 1
    assert "expected a folder" in capsys.readouterr().out


def test_the_command_can_be_stopped(world, monkeypatch, capsys):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(download, "fetch", stop)
    assert command.main() == 1
    assert f"To go on, run: {originals.mend_command()}" in capsys.readouterr().out
