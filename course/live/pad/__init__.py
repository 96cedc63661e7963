"""A drawing pad: handwriting by mouse, finger, pen or keys, or a photo of it, as an image."""

from course.live.pad.pad import Pad

__all__ = ["Pad"]
