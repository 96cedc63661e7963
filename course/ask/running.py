"""Run an answer so that nothing it does reaches the student as an exception, nor lasts for ever."""

import ctypes
import inspect
import io
import itertools
import os
import signal
import sys
import threading
import time
from collections import deque
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress

GRACE = 1.0  # seconds in which a thread should end once it has been told to
LONGEST_OUTPUT = 2000  # characters that an answer may print while it is checked
LATEST = deque(maxlen=1000)  # outputs of the last checks, see `_short_output`


class TimeUp(BaseException):
    """Raised inside an answer that has used up its time.

    `ending` completes the sentence "Your answer was still running after 5 seconds".
    """

    ending = ", so it was stopped. Is there a loop that never ends, or one with far too many steps?"
    case = None  # the words of the case that it was working on


class StillRunning(TimeUp):
    """The answer did not end when it was told to."""

    ending = (
        ", and it could not be stopped. It goes on in the background: restart the kernel "
        "(menu *Kernel*), then look for a loop or a wait that never ends."
    )


class Calls:
    """Notes which functions of Python are called on this thread, by whomever and under what name.

    with Calls(Network.backprop) as calls: ...; then `calls.seen` tells whether any was called.
    """

    def __init__(self, *functions):
        self.codes = {inspect.unwrap(function).__code__ for function in functions}
        self.seen, self.previous = False, None

    def _note(self, frame, event, _):
        if event == "call" and frame.f_code in self.codes:
            self.seen = True

    def __enter__(self):
        self.previous = sys.getprofile()
        if self.codes:
            sys.setprofile(self._note)
        return self

    def __exit__(self, *_):
        sys.setprofile(self.previous)


class StepCount:
    """Counts the steps of Python within `with`: lines, rounds of loops, calls, whoever makes them.

    codes: the code objects that ran, and the global names that each of them knew.
    """

    def __init__(self):
        self.count, self.codes, self.previous = 0, {}, None

    def _note(self, frame, event, _):
        self.count += 1
        self.codes[frame.f_code] = frame.f_globals
        return self._note

    def __enter__(self):
        self.previous = sys.gettrace()
        sys.settrace(self._note)
        return self

    def __exit__(self, *_):
        sys.settrace(self.previous)


class ShortOutput(io.TextIOBase):
    """Passes on the first characters that are written, and drops the rest."""

    def __init__(self, stream):
        self.stream, self.left = stream, LONGEST_OUTPUT

    def write(self, text):
        kept, had = text[: self.left], self.left
        self.left -= len(kept)
        if kept and self.stream is not None:
            self.stream.write(kept + ("\n(output cut here)\n" if had and not self.left else ""))
        return len(text)

    def flush(self):
        if self.stream is not None:
            self.stream.flush()


def guarded(work, seconds):
    """(result of work(), None), or (None, exception) if it raised anything or took too long.

    Only the student's own interrupt (the Stop button, Ctrl-C) comes out as KeyboardInterrupt.
    """
    with _Interrupts() as interrupts:
        try:
            with _short_output(), _same_folder():
                return run(work, seconds), None
        except BaseException as error:
            if interrupts.pressed:
                raise KeyboardInterrupt from None
            return None, error


@contextmanager
def _short_output():
    """What is printed within `with` is cut short."""
    out, err = ShortOutput(sys.stdout), ShortOutput(sys.stderr)
    # A thread of the answer may be inside `print` when this ends. Python before 3.14 does not hold
    # what it prints to: freed now, it would take the kernel with it.
    LATEST.extend((out, err))
    with redirect_stdout(out), redirect_stderr(err):
        yield


@contextmanager
def _same_folder():
    """Go back to the current folder in the end: progress and data would be looked for elsewhere."""
    try:
        before = os.getcwd()
    except OSError:  # it was removed
        before = None
    try:
        yield
    finally:
        with suppress(OSError, TypeError):
            os.chdir(before)


def run(work, seconds):
    """The result of work(). Raises what it raises, or TimeUp after so many seconds."""
    if _on_main_thread() and hasattr(signal, "setitimer"):
        return _with_alarm(work, seconds)
    return _in_thread(work, seconds)


def _on_main_thread():
    return threading.current_thread() is threading.main_thread()


class _Interrupts:
    """Notes whether SIGINT arrived, to tell it from a KeyboardInterrupt that an answer raises."""

    def __init__(self):
        self.pressed, self.previous = False, None

    def _on_signal(self, *arguments):
        self.pressed = True
        self.previous(*arguments)

    def __enter__(self):
        if _on_main_thread() and callable(signal.getsignal(signal.SIGINT)):
            self.previous = signal.signal(signal.SIGINT, self._on_signal)
        return self

    def __exit__(self, *_):
        if self.previous is not None:
            signal.signal(signal.SIGINT, self.previous)


def _with_alarm(work, seconds):
    """Run work() on this thread; a timer of the system interrupts it, again and again."""
    stop_at, tracing, rings = time.monotonic() + seconds, sys.gettrace(), itertools.count()

    def ring(_, frame):
        if next(rings):  # the answer has caught the first one in an `except:` of its own
            _raise_on_next_line(frame)
        raise TimeUp

    previous = signal.signal(signal.SIGALRM, ring)
    earlier, interval = signal.setitimer(signal.ITIMER_REAL, seconds, 0.05)
    try:
        result = work()
        if next(rings):  # the answer has caught what should have stopped it
            raise TimeUp
        return result
    finally:
        while True:  # an alarm may ring between these lines
            try:
                signal.setitimer(signal.ITIMER_REAL, 0)
                sys.settrace(tracing)
                signal.signal(signal.SIGALRM, previous or signal.SIG_DFL)
                break
            except TimeUp:
                continue
        if earlier:  # somebody else's timer, for example that of a test runner
            used = time.monotonic() - (stop_at - seconds)
            signal.setitimer(signal.ITIMER_REAL, max(earlier - used, 0.001), interval)


def _raise_on_next_line(frame):
    """Raise TimeUp once more as soon as a line of the answer's handlers or loops begins."""

    def trace(_, event, __):
        if event == "line":
            raise TimeUp
        return trace

    while frame is not None and frame.f_code.co_filename != __file__:
        frame.f_trace = trace
        frame = frame.f_back
    sys.settrace(lambda *_: None)


def _in_thread(work, seconds):
    """Run work() on a second thread, and send it an exception when its time is up."""
    box, given_up, ended = [], threading.Event(), threading.Event()

    def target():
        try:
            try:
                if not given_up.is_set():
                    box.append((work(), None))
            except BaseException as error:
                box.append((None, error))
        except TimeUp:  # a second one, sent before the first was seen
            pass
        finally:
            ended.set()

    thread = threading.Thread(target=target, daemon=True)
    try:
        try:
            thread.start()
        except RuntimeError:  # Python in the browser has no threads
            return work()
        if not _set_within(ended, seconds):
            raise _late(box) if _stopped(thread, ended) else StillRunning
    except KeyboardInterrupt:
        given_up.set()  # it may have come before the thread has begun
        _stopped(thread, ended)
        raise
    result, error = box[0] if box else (None, TimeUp())
    if error is not None:
        raise error
    return result


def _late(box):
    """What a stopped thread raised, which may tell the case that took too long."""
    error = box[0][1] if box else None
    return error if isinstance(error, TimeUp) else TimeUp()


def _set_within(event, seconds):
    """Whether an event is set within so many seconds; short waits leave room for an interrupt."""
    stop_at = time.monotonic() + seconds
    while not event.wait(0.02) and time.monotonic() < stop_at:
        pass
    return event.is_set()


def _stopped(thread, ended):
    """Send TimeUp into a thread until it ends; False if it does not.

    A thread whose join() was interrupted counts as ended before Python 3.13, even if it goes on.
    So neither join() nor is_alive() is used here.
    """
    if not hasattr(ctypes, "pythonapi"):  # Python implementations other than CPython
        return False
    stop_at = time.monotonic() + GRACE
    while not ended.is_set() and thread.ident in sys._current_frames():
        if time.monotonic() > stop_at:
            return False
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(TimeUp)
        )
        ended.wait(0.05)
    return True
