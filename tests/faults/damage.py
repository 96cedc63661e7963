"""Files as they get when something goes wrong: cut, flipped, another file, or no file at all."""

import gzip
import io
import os
import random
import zipfile
from functools import cache

WEB_PAGE = b"<!DOCTYPE html><html><body>Please sign in to the school's network.</body></html>"
PROMISES = 100_000_000  # bytes of what a small file unpacks to


def damaged(content, flips=40, seed=0):
    """(what was done to it in words, bytes) of many files that came of these bytes."""
    rng = random.Random(seed)
    places = {0, 1, 2, 3, 4, 5, len(content) - 2, len(content) - 1}
    places |= {rng.randrange(len(content)) for _ in range(25)}
    for place in sorted(place for place in places if 0 <= place < len(content)):
        yield f"cut after {place} bytes", content[:place]
    for _ in range(flips):
        place, bit = rng.randrange(len(content)), rng.randrange(8)
        yield f"bit {bit} of byte {place} flipped", flipped(content, place, bit)
    yield "a block of zeros", content[: len(content) // 3] + bytes(len(content) * 2 // 3 + 1)
    yield "begun in the middle", content[len(content) // 2 :]
    yield from others(content, rng)


def flipped(content, place, bit):
    return content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]


def others(content, rng):
    """Files of another kind under the name of this one."""
    yield "zeros", bytes(len(content))
    yield "noise", rng.randbytes(len(content))
    yield "a web page", WEB_PAGE
    yield "text", "Änderungen, größer, 数字\n".encode()
    yield "text of Windows", "digits\r\n".encode("utf-16")
    yield "packed once more", gzip.compress(content)
    yield "in a zip", zipped({"inside": content})
    yield "a zip bomb", zip_bomb()
    yield "a gzip bomb", gzip_bomb()


def zipped(files):
    """A zip with these files, name -> bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return packed.getvalue()


@cache
def zip_bomb(name="sizes.npy"):
    packed = io.BytesIO()
    deflated = zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with deflated as file, file.open(name, "w") as member:
        for _ in range(100):
            member.write(bytes(PROMISES // 100))
    return packed.getvalue()


@cache
def gzip_bomb():
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as file:
        for _ in range(100):
            file.write(bytes(PROMISES // 100))
    return packed.getvalue()


def no_files(folder):
    """Name -> path of what is no file, though a name leads there; none of it can be read."""
    folder.mkdir()
    found = {name: folder / name for name in ("a folder", "a link to nothing", "a circle")}
    found["a folder"].mkdir()
    found["a link to nothing"].symlink_to(folder / "none")
    found["a circle"].symlink_to(found["a circle"])
    (folder / "a file").write_bytes(b"x")
    found["below a file"] = folder / "a file" / "x"
    found["nothing"] = folder / "missing"
    found["in no folder"] = folder / "missing" / "x"
    found["a long name"] = folder / ("x" * 300)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "a pipe")
        found["a pipe"] = folder / "a pipe"
        found["a device without an end"] = folder / "zeros"
        found["a device without an end"].symlink_to("/dev/zero")
    return found
