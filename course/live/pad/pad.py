"""The drawing pad as Python sees it."""

import io
from pathlib import Path

import anywidget
import numpy as np
import traitlets
from PIL import Image

from course import figures
from course.live.pad import paper
from nnlib.handwriting.page import page

HERE = Path(__file__).parent
FARTHEST = 10_000  # of a point from the corner, in units
MOST_BYTES = 20 * 2**20  # of a photo; pad.js has the same


class PadPicture(figures.Picture):
    """What is on a pad, for a page that has no pad: an image with the sentence that says it."""

    def __init__(self, image, text, width):
        file = io.BytesIO()
        image.save(file, "PNG")
        self.png, self.text, self.width = file.getvalue(), text, width
        self.signature = figures.signature_of_paper(np.asarray(image))


class Pad(anywidget.AnyWidget):
    """Paper of `width` × `height` units to write on by mouse, finger, pen or keys.

    One unit is one pixel of the page; x runs to the right, y down, from the upper left corner.
    `strokes` is a list of strokes, each a list of points [x, y]; `line_width` is the width of all
    of them in units, 1 to 40. `photo` holds the bytes of a picture file that was put on the paper,
    otherwise b"". It hides the strokes until it is taken off.

    Strokes appear at once, also while Python is busy, and arrive here in one message each. Assign
    to `strokes`, `line_width` and `photo` to change the paper from Python; a change inside the
    list is not noticed.

    decode: a function that makes an image of the bytes of a photo, uint8 (rows, columns); without
    it `nnlib.handwriting.page` does, upright and with at most 1,000 pixels a side.
    Raises traitlets.TraitError for sizes, strokes and photos that do not fit.
    """

    _esm = HERE / "pad.js"
    _css = HERE / "pad.css"
    width = traitlets.Int().tag(sync=True)
    height = traitlets.Int().tag(sync=True)
    strokes = traitlets.TraitType().tag(sync=True)
    line_width = traitlets.Float().tag(sync=True)
    photo = traitlets.Bytes().tag(
        sync=True,
        from_json=lambda value, _: bytes(value),
        echo_update=False,  # the page has it already
    )

    def __init__(self, width=560, height=160, line_width=12, decode=None):
        self.decode = decode or _decoded
        self._listeners = []
        super().__init__(width=width, height=height, line_width=line_width)
        self._seen = self._state()
        self.observe(self._on_change, ["strokes", "line_width", "photo"])

    def image(self):
        """What is on the paper, uint8 (height, width): 0 ink, 255 paper, grays at the edges.

        A photo comes in a size of its own, as `decode` makes it. Raises ValueError for a photo
        that is cut off or damaged.
        """
        if self.photo:
            return self.decode(self.photo)
        return np.array(paper.draw(self.strokes, (self.width, self.height), self.line_width))

    def picture(self):
        """What is on the paper now, to be stored in a notebook; its sentence counts the strokes."""
        size = self.width, self.height
        if self.photo:
            image = paper.lay(self.image(), size, 2)
            return PadPicture(image, "A photo on the drawing pad.", self.width)
        image = paper.draw(self.strokes, size, self.line_width, 2)
        return PadPicture(image, _counted(len(self.strokes)), self.width)

    def draw(self, strokes):
        """Add strokes to those on the paper."""
        self.strokes = self.strokes + _checked_strokes(strokes)

    def undo(self):
        """Take off the photo, or else the last stroke."""
        if self.photo:
            self.photo = b""
        else:
            self.strokes = self.strokes[:-1]

    def clear(self):
        """Take off everything."""
        with self.hold_sync(), self.hold_trait_notifications():
            self.strokes, self.photo = [], b""

    def on_stroke(self, function):
        """Call function(pad) once after each change of what is on the paper.

        That is a stroke, what Undo, Clear and the eraser do, a photo, or another line width.
        """
        if not callable(function):
            raise TypeError(
                f"on_stroke was given {function!r}: expected a function that takes the pad; type "
                "its name without brackets, for example pad.on_stroke(show)"
            )
        self._listeners.append(function)

    def _state(self):
        return self.strokes, self.line_width, self.photo

    def _on_change(self, _):
        """Tell the listeners; what changes strokes and photo in one is told once."""
        if self._state() != self._seen:
            self._seen = self._state()
            for function in self._listeners:
                function(self)

    def _repr_mimebundle_(self, **options):
        """The pad, and for pages where it cannot run, the picture of what is on it."""
        view, metadata = super()._repr_mimebundle_(**options)
        return view | self.picture()._repr_mimebundle_(), metadata

    @traitlets.default("strokes")
    def _no_strokes(self):
        return []

    @traitlets.validate("width", "height")
    def _check_size(self, proposal):
        if not 50 <= proposal.value <= 2000:
            raise traitlets.TraitError(
                f"{proposal.trait.name} is {proposal.value}: expected 50 to 2000 pixels, for "
                "example Pad(560, 160) for a number or Pad(224, 224) for a digit"
            )
        return proposal.value

    @traitlets.validate("line_width")
    def _check_line_width(self, proposal):
        if not 1 <= proposal.value <= 40:
            raise traitlets.TraitError(
                f"line_width is {proposal.value:g}: expected 1 to 40, for example 12"
            )
        return proposal.value

    @traitlets.validate("strokes")
    def _check_strokes(self, proposal):
        return _checked_strokes(proposal.value)

    @traitlets.validate("photo")
    def _check_photo(self, proposal):
        if proposal.value:
            _check_picture_file(proposal.value)
        return proposal.value


def _decoded(photo):
    """The bytes of a picture file as grays, uint8 (rows, columns)."""
    return np.rint(255 * page(photo)).astype(np.uint8)


def _checked_strokes(strokes):
    """Strokes as lists of lists of [x, y]."""
    try:
        return [_checked_stroke(n, stroke) for n, stroke in enumerate(strokes)]
    except TypeError:
        raise _not_strokes("strokes", strokes) from None


def _checked_stroke(n, stroke):
    """One stroke as a list of [x, y]; n is its place in the list."""
    try:
        points = np.array(stroke, dtype=float)
    except (TypeError, ValueError):
        raise _not_strokes(f"strokes[{n}]", stroke) from None
    pairs = points.ndim == 2 and points.shape[1] == 2 and len(points)
    if not pairs or not np.abs(points).max() <= FARTHEST:  # so written, nan is refused
        raise _not_strokes(f"strokes[{n}]", stroke)
    return points.tolist()


def _not_strokes(name, value):
    return traitlets.TraitError(
        f"{name} is {value!r:.80}: expected a list of strokes, each a list of pairs [x, y] of "
        f"numbers from -{FARTHEST} to {FARTHEST}; one stroke of two points is "
        "[[[10, 20], [30, 40]]]"
    )


def _check_picture_file(photo):
    """Refuse bytes that are too many or do not begin as a picture file does."""
    if len(photo) > MOST_BYTES:
        raise traitlets.TraitError(
            f"photo has {len(photo) / 2**20:.1f} MB: expected at most 20; save it smaller"
        )
    try:
        Image.open(io.BytesIO(photo)).close()
    except (OSError, SyntaxError, Image.DecompressionBombError):
        raise traitlets.TraitError(
            f"photo is {photo!r:.40}: expected the bytes of a JPEG or PNG file, for example "
            'pad.photo = Path("seven.jpg").read_bytes()'
        ) from None


def _counted(strokes):
    """The sentence that says what is drawn."""
    if not strokes:
        return "An empty drawing pad."
    return f"A drawing of {strokes} stroke{'s' if strokes > 1 else ''}."
