"""Download one file from the first of several mirrors that sends it complete."""

import io
import threading
import time
from concurrent.futures import Future, wait

TIMEOUT = 10.0  # seconds that a mirror may be silent
PATIENCE = 5.0  # seconds before the speed is judged
MIN_SPEED = 4000  # bytes per second, on average from the start
MAX_BYTES = 64_000_000


class _Buffer(io.BytesIO):
    """Memory for one download that does not grow without end."""

    def write(self, chunk):
        if self.tell() + len(chunk) > MAX_BYTES:
            raise ValueError(f"it sent more than {MAX_BYTES:,} bytes")
        return super().write(chunk)


def fetch(name, mirrors, check):
    """The bytes of the file `name`, from the first of `mirrors` that sends the right ones.

    `mirrors` are addresses that end in a slash. `check(content)` raises ValueError if the bytes
    are not the right ones. Raises ConnectionError with what each mirror did if all of them fail.
    """
    failures = []
    for mirror in mirrors:
        try:
            content = _get(mirror, name)
            check(content)
            return content
        except (OSError, ValueError) as error:
            failures.append(f"  {mirror}{name}: {_in_words(error)}")
    raise ConnectionError("\n".join([f"No mirror sent {name}:", *failures]))


def _get(mirror, name):
    """The bytes at `mirror` + `name`; raises OSError or ValueError."""
    import pooch
    import requests  # noqa: F401  or pooch imports it while the mirror's time runs
    from tqdm.auto import tqdm

    # total=1 until the size is known: tqdm refuses bool(bar), which pooch asks for, without one.
    with (
        tqdm(total=1, desc=name, unit="B", unit_scale=True, leave=False) as bar,
        _Buffer() as buffer,
    ):
        downloader = pooch.HTTPDownloader(
            progressbar=bar,
            chunk_size=4096,
            timeout=TIMEOUT,
            headers={"Accept-Encoding": "identity"},  # the .gz itself, not unpacked on the way
        )
        _wait_for(_in_background(downloader, mirror + name, buffer, None), buffer)
        return buffer.getvalue()


def _in_background(job, *arguments):
    """Start `job(*arguments)` in a daemon thread and return its Future.

    A thread, because no time-out of a socket covers a name server that does not answer or a mirror
    that sends a byte now and then; a daemon, so that Python can end while it hangs. An abandoned
    one stops at its next write, as its buffer is closed.
    """
    future = Future()

    def run():
        try:
            future.set_result(job(*arguments))
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future


def _wait_for(future, buffer):
    """Wait for a download into `buffer`; raises TimeoutError if it is too slow."""
    start = time.monotonic()
    while not wait([future], timeout=0.1).done:
        seconds = time.monotonic() - start
        if seconds > PATIENCE and buffer.tell() < MIN_SPEED * seconds:
            raise TimeoutError(f"too slow, {buffer.tell():,} bytes in {seconds:.0f} seconds")
    future.result()


def _in_words(error):
    """What went wrong with a mirror, without the library's own long words."""
    from requests import exceptions

    if isinstance(error, exceptions.HTTPError):
        return f"answered {error.response.status_code} {error.response.reason}"
    if isinstance(error, exceptions.Timeout):
        return f"silent for {TIMEOUT:.0f} seconds"
    if isinstance(error, exceptions.ChunkedEncodingError):
        return "broke off in the middle"
    if isinstance(error, exceptions.ConnectionError):
        return "could not be reached, or the connection was lost"
    return str(error)
