"""Set-up for all tests and for the kernels that nbval starts: one BLAS thread, no download."""

import os
import sys
from pathlib import Path

import hypothesis
import nbval.kernel
import pytest

from tools.store_notebooks import ONE_THREAD

# Two workers on two cores, and sums in the same order; tests/machines asks for other numbers.
for name, one in ONE_THREAD.items():
    os.environ.setdefault(name, one)
os.environ.pop("PYTEST_ADDOPTS", None)  # they are read by now, and not for what tests start
os.environ["NNLIB_OFFLINE"] = "1"
os.environ["NNLIB_PROGRESS"] = "off"  # the exercises of the notebooks keep no record here
# On the small data set the lessons run as well; the warning about it has tests of its own.
os.environ["PYTHONWARNINGS"] = "ignore:5:UserWarning"
# Debugpy's note on frozen modules would be an output on the error stream.
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"


# That a computer is busy makes no test fail.
BUSY = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("busy", **BUSY)
hypothesis.settings.load_profile("busy")

pytest_plugins = ["tests.comparing.plugin", "tests.order"]
# Kernels refuse to write where they were not told to, and to look for other computers.
WATCH = Path(__file__).parent / "tests" / "faults" / "kernel"
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [os.getenv("PYTHONPATH"), str(WATCH)]))


def start_kernel(*arguments, start=nbval.kernel.start_new_kernel, **options):
    """Start a kernel; once in some thousand starts one does not answer: then another one."""
    from tools import arithmetic  # not above: NumPy must see the number of threads first

    options["env"] = arithmetic.environment()
    try:
        return start(*arguments, **options | {"startup_timeout": 30})
    except RuntimeError:
        return start(*arguments, **options)


nbval.kernel.start_new_kernel = start_kernel

LONGEST = (
    *("notebooks/", "tests/browser", "ask/test_machinery", "lesson07/test_lab"),
    *("test_faults", "test_commands", "test_launcher", "test_sweep", "test_ledger"),
)


def pytest_collection_modifyitems(items):
    """Begin with the files that take longest: no worker is left with one of them at the end."""
    items.sort(key=lambda item: not any(name in item.nodeid for name in LONGEST))


@pytest.fixture(scope="module", autouse=True)
def closed_at_the_end():
    """Close the labs of a file: ipywidgets keeps every widget until then, with its picture."""
    yield
    if "ipywidgets" in sys.modules:
        sys.modules["ipywidgets"].Widget.close_all()


@pytest.fixture(scope="session")
def full():
    """The full MNIST set; a test that needs it is skipped where it is not."""
    # not above: NumPy must see the number of threads first
    from nnlib import mnist
    from nnlib.mnist import _originals

    if not os.environ.get("NNLIB_DATA") and _originals.find(mnist.data_folder()).missing:
        pytest.skip(
            f"the full MNIST set is not here: set NNLIB_DATA or run {_originals.mend_command()}"
        )
    return mnist.load("full")
