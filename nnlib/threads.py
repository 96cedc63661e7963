"""One BLAS thread while small matrices are multiplied.

NumPy's matrix products may use all cores. For the matrices of a mini-batch that costs more than it
gains: much more where something else is running, since each product then waits for the slowest.
"""

from contextlib import contextmanager
from functools import cache
from threading import Lock

_lock = Lock()
_depth = 0  # how many blocks are open, in all threads of this process together
_limit = None  # what puts the former number of threads back


@contextmanager
def one_blas_thread():
    """NumPy multiplies matrices with one thread inside this `with` block.

    The setting is one for the whole process: the first block that opens changes it, the last one
    that closes puts it back. Blocks may lie in each other and run in several threads.
    """
    global _depth, _limit
    with _lock:
        if _depth == 0:
            _limit = _controller().limit(limits=1, user_api="blas")
        _depth += 1
    try:
        yield
    finally:
        with _lock:
            _depth -= 1
            if _depth == 0:
                _limit.restore_original_limits()


@cache
def _controller():
    """The BLAS libraries of this process; looking for them takes some milliseconds."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
