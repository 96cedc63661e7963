"""Files that are damaged, are others, or are no files: told in words, and never loaded wrongly."""

import io
import os
import subprocess
import sys
import time
import tracemalloc

import numpy as np
import pytest
from PIL import Image

from course.ask import record
from course.lesson10 import collection
from course.measured import sweep, tables
from course.paths import ROOT
from course.teach import copies, report
from nnlib import mnist, storage
from nnlib.handwriting import page
from nnlib.network import Network
from tests.faults.damage import damaged, flipped, gzip_bomb, no_files, zip_bomb, zipped
from tests.faults.told import faults_of, tried
from tests.nnlib.mnist.worlds import assert_is_world, small_world

pytestmark = pytest.mark.timeout(120)  # whoever opens a pipe waits for ever
NAMES = ("net.npz", "mein Netz – größer (1).npz")
RUN = {"sizes": "784-10", "eta": 3.0, "seed": 1, "final": 91.2, "data": "mini"}


def arrays(sizes):
    """The arrays in the file of a network, written down once more."""
    network = Network(sizes, rng=1)
    found = {"sizes": np.array(network.sizes)}
    for layer, (b, w) in enumerate(zip(network.biases, network.weights), start=1):
        found |= {f"biases_{layer}": b, f"weights_{layer}": w}
    return found


def network_file():
    file = io.BytesIO()
    np.savez(file, **arrays([4, 3, 2]))
    return file.getvalue()


def arrays_of(network):
    return network.sizes, [p.tolist() for p in network.biases + network.weights]


def digits_file():
    file = io.BytesIO()
    np.savez(file, sheets=np.full((2, 112, 112), 7, np.uint8), labels=np.array([3, 5]))
    return file.getvalue()


def table_file():
    cells = [[RUN.get(name) for name in sweep.COLUMNS] for _ in range(3)]
    return tables.table_text(sweep.COLUMNS, cells, "runs of a test").encode()


def picture_file(form):
    file = io.BytesIO()
    Image.fromarray((np.arange(400).reshape(20, 20) % 251).astype(np.uint8)).save(file, form)
    return file.getvalue()


def progress_file():
    return (
        b'{"version": 2, "exercises": {"03-bits": {"state": "done", "tries": 2, "when": '
        b'"2026-01-01 10:00", "box": 2, "due": "2026-01-04"}}, "guesses": {"03-lines": "B"}}'
    )


# Name -> (reader, good bytes, what is compared).  The last two have no sum that would tell a
# flipped bit: then only words or a value of the right form are asked for.
READERS = {
    "a network": (Network.load, network_file(), arrays_of),
    "arrays": (
        storage.load_arrays,
        network_file(),
        lambda found: {name: array.tolist() for name, array in found.items()},
    ),
    "digits of a pad": (
        collection.load,
        digits_file(),
        lambda found: [array.tolist() for array in found],
    ),
    "a sweep": (sweep.read, table_file(), None),
    "progress": (record.load, progress_file(), None),
    "a PNG": (page, picture_file("PNG"), None),
    "a JPEG": (page, picture_file("JPEG"), None),
}


@pytest.fixture
def small(monkeypatch):
    """Fails if more than 20 MB were needed at once, or a second of the processor for one file."""
    gzip_bomb(), zip_bomb()  # made now, and not while memory is counted
    start = time.process_time()
    tracemalloc.start()
    yield
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20e6, f"{peak / 1e6:.0f} MB"
    assert time.process_time() - start < 60


@pytest.mark.parametrize("name", READERS)
def test_a_damaged_file_is_named_with_what_to_do_or_is_read_right(tmp_path, name, small):
    read, good, essence = READERS[name]
    path = tmp_path / NAMES[1]
    path.write_bytes(good)
    right = essence and essence(read(path))
    for what, content in damaged(good):
        path.write_bytes(content)
        found, fault = tried(read, path, names=[path.name])
        assert not fault, what
        if found is not None and essence and not what.startswith("bit"):
            assert essence(found) == right, what
        assert path.read_bytes() == content


@pytest.mark.parametrize("name", READERS)
def test_what_is_no_file_is_told(tmp_path, name):
    read = READERS[name][0]
    for what, path in no_files(tmp_path / "many").items():
        with pytest.raises((OSError, ValueError)) as caught:
            pytest.fail(f"{what}: {read(path)!r}")
        assert not faults_of(caught.value, path.name), what
    if read not in (page, record.load):  # an image, and what a zip holds, have other forms too
        for nothing in (None, 5, b"net.npz", ["net.npz"], io.BytesIO()):
            with pytest.raises(TypeError, match="path is .*: expected the name of a file"):
                read(nothing)


def test_a_flipped_bit_in_a_network_never_makes_another_network(tmp_path):
    good, path = network_file(), tmp_path / "net.npz"
    path.write_bytes(good)
    right = arrays_of(Network.load(path))
    for place in range(0, len(good), 7):
        path.write_bytes(flipped(good, place, place % 8))
        network, fault = tried(Network.load, path, names=[path.name])
        assert not fault
        assert network is None or arrays_of(network) == right


GOOD = arrays([4, 3, 2])
WRONG_NETWORKS = {
    "sizes of another": GOOD | {"sizes": np.array([4, 2, 2])},
    "a layer of another": GOOD | {"weights_2": arrays([4, 5, 2])["weights_2"]},
    "layers swapped": GOOD | {"weights_1": GOOD["weights_2"], "weights_2": GOOD["weights_1"]},
    "weights transposed": GOOD | {"weights_1": GOOD["weights_1"].T},
    "biases as rows": GOOD | {"biases_1": GOOD["biases_1"].T},
    "a layer is missing": {name: a for name, a in GOOD.items() if name != "biases_2"},
    "a layer too many": GOOD | {"weights_3": np.zeros((2, 2), np.float32)},
    "something else in it": GOOD | {"notes": np.zeros(3)},
    "NaN": GOOD | {"weights_1": np.full((3, 4), np.nan, np.float32)},
    "infinity": GOOD | {"biases_2": np.full((2, 1), np.inf, np.float32)},
    "whole numbers": GOOD | {"weights_1": np.ones((3, 4), int)},
    "two types": GOOD | {"weights_1": GOOD["weights_1"].astype(np.float64)},
    "no sizes": {name: a for name, a in GOOD.items() if name != "sizes"},
    "sizes of fractions": GOOD | {"sizes": np.array([4.0, 3.0, 2.0])},
    "sizes below zero": GOOD | {"sizes": np.array([4, -3, 2])},
    "many sizes": GOOD | {"sizes": np.ones(20_000, int)},
    "huge sizes": GOOD | {"sizes": np.array([10**18, 10**18])},
    "one size": GOOD | {"sizes": np.array(4)},
    "truth values": GOOD | {"sizes": np.array([True, True])},
}


@pytest.mark.parametrize("what", WRONG_NETWORKS)
def test_arrays_that_are_no_network_are_told(tmp_path, what):
    np.savez(tmp_path / "net.npz", **WRONG_NETWORKS[what])
    with pytest.raises(ValueError, match=r"net\.npz") as caught:
        Network.load(tmp_path / "net.npz")
    assert not faults_of(caught.value)
    assert "Network([784" not in str(caught.value)  # the file is wrong, and not what was typed


def test_a_table_that_is_cut_off_gives_whole_rows_or_none(tmp_path):
    text, path = "digit,share\n3,95.125\n5,91.25\n", tmp_path / "table.csv"
    for place in range(len(text)):
        path.write_text(text[:place])
        rows, fault = tried(tables.load_table, path, ["digit", "share"], names=[path.name])
        assert not fault
        assert rows in (None, [], [["3", "95.125"]])


def test_another_network_than_the_one_asked_for_is_told(tmp_path):
    Network([4, 3, 2], rng=0).save(tmp_path / "net")
    with pytest.raises(ValueError, match=r"holds a network of sizes \[4, 3, 2\], not \[4, 5, 2\]"):
        Network.load(tmp_path / "net", sizes=[4, 5, 2])


# Digits


@pytest.fixture
def world(tmp_path, monkeypatch):
    return small_world(tmp_path / "data", monkeypatch)


def test_digits_with_a_damaged_file_are_refused_or_right(world, monkeypatch):
    monkeypatch.setenv("NNLIB_OFFLINE", "1")
    world.fill(world.folder)
    for number, (name, good) in enumerate(world.packed.items()):
        for what, content in damaged(good, flips=12, seed=number):
            (world.folder / name).write_bytes(content)
            data, fault = tried(mnist.load, "full", names=[name, str(world.folder)])
            assert not fault, what
            if data is not None:
                assert_is_world(data, world)
        (world.folder / name).write_bytes(good)
    assert_is_world(mnist.load("full"), world)


def test_digits_whose_files_have_each_other_s_names_are_right_or_refused(world, monkeypatch):
    monkeypatch.setenv("NNLIB_OFFLINE", "1")
    names = list(world.packed)
    for shift in (1, 2, 3):
        world.fill(world.folder)
        for place, name in enumerate(names):
            other = names[(place + shift) % 4]
            (world.folder / name).write_bytes(world.packed[other])
        data, fault = tried(mnist.load, "full", names=names)
        assert not fault
        if data is not None:
            assert_is_world(data, world)


def test_what_is_no_file_in_place_of_digits_is_told(world, tmp_path, monkeypatch):
    monkeypatch.setenv("NNLIB_OFFLINE", "1")
    for what, path in no_files(tmp_path / "many").items():
        monkeypatch.setenv("NNLIB_DATA", str(path))
        with pytest.raises((OSError, ValueError)) as caught:
            pytest.fail(f"{what}: {mnist.load()}")
        assert not faults_of(caught.value, path.name), what


# What a few bytes may ask for


PICKLES = {
    "a number in the memo": b"\x80\x04Nr\xff\xff\xff\x0f.",
    "a number in the memo, as text": b"Np268435455\n.",
    "bytes without end": b"\x80\x04\x8e" + (4 * 10**9).to_bytes(8, "little") + b".",
    "bytes that change": b"\x80\x05\x96" + (4 * 10**9).to_bytes(8, "little") + b".",
    "text without end": b"\x80\x04\x8d" + (4 * 10**9).to_bytes(8, "little") + b".",
    "a frame without end": b"\x80\x04\x95" + (4 * 10**9).to_bytes(8, "little") + b"N.",
}
MEASURE = """
import resource, sys
from nnlib.mnist import _book_pickle
from nnlib.network import Network
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    try:
        Network.load(path) if path.endswith(".npz") else _book_pickle.read(path, (1, 1, 1))
    except ValueError as error:
        print("refused")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted as Linux does")
def test_a_few_bytes_never_take_much_memory(tmp_path):
    files = {f"{number}.pkl": content for number, content in enumerate(PICKLES.values())}
    files |= {"bomb.pkl.gz": gzip_bomb(), "bomb.npz": zip_bomb()}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    paths = [str(tmp_path / name) for name in files]
    command = [sys.executable, "-c", MEASURE, *paths]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=100)
    assert run.returncode == 0, run.stderr
    *said, kilobytes = run.stdout.split()
    assert said == ["refused"] * len(files)
    assert int(kilobytes) < 30_000


# Notebooks of a teacher and hand-ins of a class


def test_a_damaged_notebook_that_is_to_be_copied_is_named(tmp_path):
    (tmp_path / "source").mkdir()
    good = (ROOT / "notebooks" / "00_start_here.ipynb").read_bytes()
    for name in ("00_a.ipynb", "01_b.ipynb"):
        (tmp_path / "source" / name).write_bytes(good)
    for what, content in (("cut", good[: len(good) // 2]), ("other", b"[1]"), ("nothing", b"")):
        (tmp_path / "source" / "01_b.ipynb").write_bytes(content)
        with pytest.raises(ValueError, match=r"01_b\.ipynb cannot be copied") as caught:
            copies.write_copies(tmp_path / "copies", copies.solve, tmp_path / "source")
        assert not faults_of(caught.value), what
        assert not (tmp_path / "copies").exists()


def test_hand_ins_that_are_damaged_are_named_and_the_others_are_counted(tmp_path):
    (tmp_path / "Ada").mkdir()
    (tmp_path / "Ada" / "my_progress.json").write_bytes(progress_file())
    zips = zipped({"my_progress.json": progress_file()})
    for what, content in damaged(zips, flips=10):
        (tmp_path / "Bob.zip").write_bytes(content)
        rows, problems = report.table(tmp_path)
        text = report.as_csv(rows)
        assert "Ada" in text, what
        assert "Bob" in text, what
        bob = next(line for line in text.splitlines() if line.startswith("Bob"))
        told = "no progress file" in bob or any("Bob" in problem for problem in problems)
        assert told or ",1," in bob, what


def test_no_files_among_hand_ins_are_named_and_never_opened(tmp_path):
    (tmp_path / "Ada").mkdir()
    (tmp_path / "Ada" / "my_progress.json").write_bytes(progress_file())
    no_files(tmp_path / "Bob")
    rows, problems = report.table(tmp_path)
    assert "Ada" in report.as_csv(rows)
    assert any("a pipe" in problem for problem in problems)
    for what, path in no_files(tmp_path / "elsewhere").items():
        zipped_name = path.with_name(f"{path.name[:200]}.zip")
        if os.path.lexists(path):
            path.rename(zipped_name)
        if what != "a folder":
            with pytest.raises((OSError, ValueError)) as caught:
                report.table(zipped_name)
            assert not faults_of(caught.value, zipped_name.name), what
