"""Set-up for all tests and for the kernels that nbval starts: one BLAS thread, no download."""

import os

from tools.store_notebooks import ONE_THREAD

os.environ |= ONE_THREAD  # two workers on two cores; and sums in the same order everywhere
os.environ["NNLIB_OFFLINE"] = "1"
# On the small data set the lessons run as well; the warning about it has tests of its own.
os.environ["PYTHONWARNINGS"] = "ignore:5:UserWarning"
# Debugpy's note on frozen modules would be an output on the error stream.
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
