"""A download that goes wrong anywhere is told, leaves nothing half, and is whole next time."""

import contextlib
import gzip

import pytest

from nnlib import mnist
from nnlib.mnist import _download as download
from nnlib.mnist import _originals as originals
from tests.faults.damage import WEB_PAGE, gzip_bomb
from tests.faults.told import faults_of, tree
from tests.nnlib.mnist.data_server import DataServer
from tests.nnlib.mnist.worlds import assert_is_world, small_world


class BadServer(DataServer):
    """Answers a request by `bad`, a function (request, content) that sends what it likes."""

    def __init__(self, files, bad):
        super().__init__(files)
        self.bad = bad

    def answer(self, request, name, fault):
        self.bad(request, self.files[name])


def sends(status=200, **headers):
    """A function that begins an answer with these headers."""

    def begin(request):
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), str(value))
        request.end_headers()

    return begin


def cut(place):
    """Announces all and closes after a part of it, from 0 to 1."""

    def answer(request, content):
        sends(Content_Length=len(content))(request)
        request.wfile.write(content[: int(place * len(content))])

    return answer


def cut_without_a_length(place):
    def answer(request, content):
        sends()(request)
        request.wfile.write(content[: int(place * len(content))])

    return answer


def all_of(change, **headers):
    """Sends, in a complete answer, what `change` makes of the content."""

    def answer(request, content):
        sent = change(content)
        sends(Content_Length=len(sent), **headers)(request)
        request.wfile.write(sent)

    return answer


def announces(more):
    def answer(request, content):
        sends(Content_Length=len(content) + more)(request)
        request.wfile.write(content)

    return answer


def redirects_in_a_circle(request, content):
    sends(302, Location=request.path, Content_Length=0)(request)


def redirects_nowhere(request, content):
    sends(301, Location="http://127.0.0.1:9/", Content_Length=0)(request)


def redirects_to_a_page(request, content):
    if request.path.endswith("login"):
        all_of(lambda content: WEB_PAGE)(request, content)
    else:
        sends(302, Location="/login", Content_Length=0)(request)


def hangs_up(request, content):
    request.connection.close()


def stalls(request, content):
    sends(Content_Length=len(content))(request)
    request.wfile.write(content[: len(content) // 3])
    request.wfile.flush()
    request.server.closing.wait()


BAD = {
    **{f"cut at {place}": cut(place) for place in (0, 0.001, 0.3, 0.7, 0.999)},
    **{f"cut unseen at {place}": cut_without_a_length(place) for place in (0, 0.5, 0.999)},
    "too much": all_of(lambda content: content + b"more"),
    "twice": all_of(lambda content: 2 * content),
    "unpacked": all_of(lambda content: gzip.decompress(content) + b"x"),
    "another file": all_of(lambda content: gzip.compress(b"another file")),
    "a page": all_of(lambda content: WEB_PAGE, Content_Type="text/html"),
    "a bomb": all_of(lambda content: gzip_bomb()),
    "nothing": all_of(lambda content: b""),
    "announces more": announces(10),
    "announces less": announces(-10),
    "a circle": redirects_in_a_circle,
    "nowhere": redirects_nowhere,
    "to a page": redirects_to_a_page,
    "hangs up": hangs_up,
    "not found": lambda request, content: request.send_error(404),
    "broken": lambda request, content: request.send_error(500),
    "forbidden": lambda request, content: request.send_error(403),
    "stalls": stalls,
}


@pytest.fixture
def world(tmp_path, monkeypatch):
    return small_world(tmp_path / "data", monkeypatch)


@contextlib.contextmanager
def from_server(monkeypatch, server):
    server.server.closing = server.closing
    with server:
        monkeypatch.setattr(originals, "MIRRORS", (server.url,))
        yield server


@pytest.mark.parametrize("what", BAD)
def test_what_went_wrong_is_told_and_the_next_try_is_whole(world, monkeypatch, what):
    files = world.packed | {"login": WEB_PAGE}
    with from_server(monkeypatch, BadServer(files, BAD[what])), monkeypatch.context() as patch:
        patch.setattr(download, "TIMEOUT", 1.0 if what == "stalls" else download.TIMEOUT)
        with pytest.raises(
            ConnectionError, match=r"(?s)No mirror sent train-images.*run: "
        ) as told:
            mnist.load("full")
        assert not faults_of(told.value)
        assert tree(world.folder) == {}
    with from_server(monkeypatch, DataServer(world.packed)):
        assert_is_world(mnist.load("full"), world)
    assert tree(world.folder) == world.packed


@pytest.mark.parametrize("turn", range(4))
def test_files_that_came_before_it_stopped_stay_and_are_not_asked_for_again(
    world, monkeypatch, turn
):
    names = list(world.packed)
    faults = {names[turn]: "cut off"}
    with from_server(monkeypatch, DataServer(world.packed, faults)):
        with pytest.raises(ConnectionError):
            mnist.load("full")
        assert list(tree(world.folder)) == sorted(names[:turn])
    with from_server(monkeypatch, DataServer(world.packed)) as server:
        assert_is_world(mnist.load("full"), world)
        assert server.asked == names[turn:]
