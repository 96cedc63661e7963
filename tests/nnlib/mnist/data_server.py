"""A server of files on the loopback address that can go wrong in the ways real ones do."""

import contextlib
import gzip
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class DataServer:
    """Serves `files` (name -> bytes) at `url`, each with the fault that `faults` has for it.

    faults: one of the words below for every file, or a dictionary name -> word. `asked` lists the
    names asked for.
    """

    def __init__(self, files, faults=None):
        self.files = files
        self.faults = faults if isinstance(faults, dict) else dict.fromkeys(files, faults)
        self.asked = []
        self.closing = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def __enter__(self):
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def _handler(self):
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                name = self.path.lstrip("/")
                outer.asked.append(name)
                with contextlib.suppress(ConnectionError):
                    outer.answer(self, name, outer.faults.get(name))

            def log_message(self, *_):
                pass

        return Handler

    def answer(self, request, name, fault):
        content = self.files[name]
        if fault == "missing":
            request.send_error(404)
        elif fault == "silent":
            self.closing.wait()
        elif fault == "trickle":
            self._trickle(request, content)
        elif fault == "stop half way":
            self._send(request, content[: len(content) // 2], announced=len(content))
            self.closing.wait()
        elif fault == "cut off":
            self._send(request, content[: len(content) // 2], announced=len(content))
        else:
            self._send(request, self._wrong(content, name, fault))

    def _wrong(self, content, name, fault):
        """What is sent in a complete answer: the right bytes without a fault."""
        if fault == "shortened":
            return content[: len(content) // 2]
        if fault == "corrupt":
            middle = len(content) // 2
            return content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :]
        if fault == "altered":
            return gzip.compress(gzip.decompress(content)[:-1] + b"\x0b")
        if fault == "swapped":
            return next(other for key, other in self.files.items() if key != name)
        if fault == "login page":
            return b"<html>Please sign in to the school's network</html>"
        if fault == "unpacks without end":
            return gzip.compress(bytes(20_000_000))
        return content

    def _send(self, request, content, announced=None):
        request.send_response(200)
        request.send_header("Content-Length", str(announced or len(content)))
        request.end_headers()
        request.wfile.write(content)
        request.wfile.flush()

    def _trickle(self, request, content):
        self._send(request, content[:1], announced=len(content))
        for byte in content[1:]:
            if self.closing.wait(0.02):
                return
            request.wfile.write(bytes([byte]))


def refusing_url():
    """An address on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/"
