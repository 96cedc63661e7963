"""Labs that answer without a kernel: kept pictures and sentences, native controls."""

from pathlib import Path

from course.live.frozen.fragment import Fragment
from course.live.frozen.freezing import freeze
from course.live.frozen.lesson_run import notebook

HERE = Path(__file__).parent
__all__ = ["Fragment", "assets", "freeze", "notebook"]


def assets():
    """Paths of the style sheet and the script that a page with frozen labs needs once."""
    return [HERE / "frozen.css", HERE / "frozen.js"]
