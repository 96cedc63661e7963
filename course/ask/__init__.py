"""Questions that answer: read from Markdown, checked, with hints, and kept on record.

course/README.md shows how to write one.
"""

from course.ask.exercise import Choice, Exercise, Guess, Number
from course.ask.feedback import Feedback, NotAttempted, Wrong
from course.ask.reading import load

__all__ = ["Choice", "Exercise", "Feedback", "Guess", "NotAttempted", "Number", "Wrong", "load"]
