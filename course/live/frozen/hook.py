"""What a kernel imports when it starts to run a lesson whose labs are to be frozen."""

import itertools
import os

from course.live.frozen.freezing import freeze
from course.live.labs import Lab


def start(shell):
    """Show every lab as a frozen one from now on."""
    folder, lesson = os.environ["NNLIB_FROZEN_FOLDER"], os.environ["NNLIB_FROZEN_LESSON"]
    numbers = itertools.count(1)

    def show(lab, **options):
        fragment = freeze(lab, folder, f"{lesson}-{next(numbers)}")
        return {"text/html": fragment.html, "text/plain": fragment.text}

    Lab._repr_mimebundle_ = show
