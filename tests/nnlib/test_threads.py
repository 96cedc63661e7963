"""One BLAS thread inside the block, the former number outside, in whatever order blocks close."""

import threading
import time

import numpy as np
import pytest
import threadpoolctl

from nnlib import threads
from nnlib.network import Network


def blas_threads():
    return {
        pool["num_threads"]
        for pool in threadpoolctl.threadpool_info()
        if pool["user_api"] == "blas"
    }


@pytest.fixture(autouse=True)
def _two_threads():
    """As on a student's machine with two cores, where nothing is set."""
    with threadpoolctl.threadpool_limits(2, user_api="blas"):
        if blas_threads() != {2}:
            assert (
                "openblas" not in np.show_config(mode="dicts")["Build Dependencies"]["blas"]["name"]
            )
            pytest.skip("this BLAS cannot be set to two threads")
        yield


def test_one_thread_inside_and_two_again_outside():
    with threads.one_blas_thread():
        assert blas_threads() == {1}
        with threads.one_blas_thread():
            assert blas_threads() == {1}
        assert blas_threads() == {1}
    assert blas_threads() == {2}


def test_an_error_puts_the_number_back():
    with pytest.raises(KeyError), threads.one_blas_thread():
        raise KeyError
    assert blas_threads() == {2}


def test_blocks_of_several_threads_may_overlap():
    inside, leave = threading.Event(), threading.Event()

    def other():
        with threads.one_blas_thread():
            inside.set()
            leave.wait()

    thread = threading.Thread(target=other)
    with threads.one_blas_thread():
        thread.start()
        inside.wait()
    assert blas_threads() == {1}  # the other block is still open
    leave.set()
    thread.join()
    assert blas_threads() == {2}


@pytest.mark.trains
def test_training_runs_with_one_thread_and_leaves_two():
    seen = []
    rng = np.random.default_rng(0)
    data = rng.random((50, 5)), rng.integers(0, 3, 50)
    network = Network([5, 4, 3], rng=0)
    network.SGD(data, 2, 10, 3.0, on_epoch=lambda *_: seen.append(blas_threads()))
    assert seen == [{1}, {1}]
    assert blas_threads() == {2}


def test_it_is_quick():
    """An epoch takes 100 ms and more; at most 1 % of it, with a margin of five."""
    with threads.one_blas_thread():
        pass
    start = time.process_time()
    for _ in range(100):
        with threads.one_blas_thread():
            pass
    assert (time.process_time() - start) / 100 < 0.001
