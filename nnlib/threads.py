"""One BLAS thread while small matrices are multiplied.

NumPy's matrix products may use all cores. For the matrices of a mini-batch that costs more than it
gains: much more where something else is running, since each product then waits for the slowest.
"""

from contextlib import contextmanager
from functools import cache
from threading import Lock

_lock = Lock()
_depth = 0  # how many blocks are open, in all threads of this process together
_before = []  # threads of each BLAS library before the first of them was opened


@contextmanager
def one_blas_thread():
    """NumPy multiplies matrices with one thread inside this `with` block.

    The setting is one for the whole process: the first block that opens changes it, the last one
    that closes puts it back. Blocks may lie in each other and run in several threads.
    """
    global _depth, _before
    with _lock:
        if _depth == 0:
            _before = [library.num_threads for library in _libraries()]
            _set([1] * len(_before))
        _depth += 1
    try:
        yield
    finally:
        with _lock:
            _depth -= 1
            if _depth == 0:
                _set(_before)


def _set(numbers):
    """Set the threads of each BLAS library, whichever Python thread has set them last.

    threadpoolctl from 3.7 on obeys only the Python thread that came first, until that one is
    cleared; here a block may be closed by another.
    """
    for library, number in zip(_libraries(), numbers):
        clear = getattr(library, "clear_controlling_thread", lambda force: None)
        clear(force=True)
        library.set_num_threads(number)
        clear(force=True)


@cache
def _libraries():
    """The BLAS libraries of this process; looking for them takes some milliseconds."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas").lib_controllers
