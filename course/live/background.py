"""Labs whose numbers take a second: a thread computes them, and a button ends that early."""

import html
import threading

import ipywidgets as widgets

from course.live.labs import Lab
from nnlib import threads


class Job:
    """Work in a background thread, one piece at a time, that can be asked to stop.

    The work is a function of one argument, a threading.Event that is set when it should end.
    An error in it is kept in `error` and given to `on_error`, because nobody sees a traceback
    that a thread prints.
    """

    def __init__(self, on_error):
        self.on_error, self.error = on_error, None
        self._thread, self._stopping = None, threading.Event()
        self._lock = threading.Lock()

    def start(self, work):
        """Stop what is running, wait for its end, and start `work`."""
        with self._lock:
            self._stopping.set()
            self.wait()
            self._stopping, self.error = threading.Event(), None
            self._thread = threading.Thread(
                target=self._run, args=(work, self._stopping), daemon=True
            )
            self._thread.start()

    def stop(self):
        """Ask the work to end; it does so at its next look."""
        self._stopping.set()

    def wait(self, timeout=None):
        """Wait until the work has ended; True if it has."""
        if self._thread is not None:
            self._thread.join(timeout)
            return not self._thread.is_alive()
        return True

    def _run(self, work, stopping):
        try:
            work(stopping)
        except Exception as error:
            self.error = error
            self.on_error(error)


class BackgroundLab(Lab):
    """A Lab that computes in a `job`, with a *Stop* button behind its last row of controls.

    A subclass gives `draw` and `describe`, an `on_change` that calls `self.start(work)`, and work
    that calls `self.show(state)` as often as there is something new.
    """

    def __init__(self, controls, picture, rows):
        self.stop = widgets.Button(description="Stop", icon="stop", disabled=True)
        self.stop.on_click(self._stop)
        self.job = Job(on_error=self.show_error)
        super().__init__(controls, picture, rows)

    def lay_out(self, rows):
        """The boxes of a Lab, the button in the last of them."""
        boxes = super().lay_out(rows)
        boxes[-1].children += (self.stop,)
        return boxes

    def begin(self):
        """Show the settings at the start; an error is raised, for there is no picture."""
        self.on_change()
        self.job.wait()
        if self.job.error is not None:
            raise self.job.error

    def show_frozen(self, **values):
        """Show values of the `frozen_controls`, and return when they are computed; see `Lab`."""
        super().show_frozen(**values)
        self.job.wait()

    def start(self, work):
        """Do `work(stopping)` in the background; see `Job`."""
        self.job.start(lambda stopping: self._work_with_button(work, stopping))

    def show_error(self, error):
        """Say in place of the sentence what went wrong."""
        self.sentence = f"This run failed: {error}"
        self.caption.value = f'<div role="alert">{html.escape(self.sentence)}</div>'

    def _work_with_button(self, work, stopping):
        self.stop.disabled = False
        try:
            with threads.one_blas_thread():
                work(stopping)
        finally:
            self.stop.disabled = True

    def _stop(self, _):
        self.stop.disabled = True  # the answer to the click: the work may go on for a while
        self.job.stop()
