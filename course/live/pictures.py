"""Pictures that can be redrawn quickly: only what has changed is drawn, over a kept background."""

import math
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from time import monotonic

import ipywidgets as widgets
import numpy as np
from matplotlib.colors import to_hex
from matplotlib.font_manager import findfont
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image, ImageDraw, ImageFont

from course import figures

# The pixels of a figure and their background take 6 MB each, and a lesson has many labs: one that
# was not touched for some seconds gives both up, and draws everything anew the next time.
RESTS_AFTER = 10.0
_awake, _waking = weakref.WeakSet(), threading.Lock()  # jobs draw in threads

ANCHORS = {"center": "mm", "top": "la"}  # Pillow's words for where a text stands


@dataclass(eq=False)
class Region:
    """Artists that change inside `place`, a Bbox in pixels; drawn anew when `look()` is another.

    Without a `look` they are drawn every time.
    """

    artists: list
    place: Bbox
    look: Callable = None
    drawn: object = None  # the look when they were drawn last
    background: np.ndarray = None

    def is_new(self):
        """Whether it has to be drawn; notes that it will be."""
        look = self.look() if self.look else object()
        before, self.drawn = self.drawn, look
        return look != before


class LivePicture(widgets.Image):
    """One matplotlib figure that can be redrawn quickly, shown as an image.

    size: inches, 100 pixels each on the page.  rows, columns and options: see `figures.figure`.
    What changes is listed in `moving`, artists that may be anywhere, or reserved in parts, each
    with a place of its own (`reserve`); only that is drawn again, over a background that is kept
    until `forget_background` is called. Without either the whole figure is drawn each time.
    """

    def __init__(self, rows=1, columns=1, size=(9, 4), **options):
        width = f"{round(size[0] * figures.PIXELS_PER_INCH)}px"
        look = {"width": width, "max_width": "calc(100% - 4px)"}  # an image has a margin of 2
        super().__init__(format="png", layout=widgets.Layout(**look))
        self.layout.object_fit = "contain"
        self.figure, self.axes = figures.figure(rows, columns, size, **options)
        self.moving, self.parts, self._kept = [], [], None
        self._scene, self._scenes = None, {}
        self._used = 0.0  # when it was shown last

    def reserve(self, artists, place, look):
        """Let artists change inside `place`, a Bbox in pixels; look() tells whether they have."""
        self.parts.append(Region(list(artists), place, look))

    def settle(self):
        """Draw once and keep all axes where they are, so that places can be reserved."""
        self.figure.canvas.draw()
        self.figure.set_layout_engine("none")

    def show(self):
        """Draw what has changed and send it to the page."""
        _use(self)
        if self._kept is None:
            self._keep_background()
        for part in self._kept:
            if part.is_new():
                self.pixels(part.place)[:] = part.background
                for artist in part.artists:
                    self.draw_artist(artist, part)
        self.value = figures.png(self.figure)
        if not self._kept:
            self._kept = None  # there is nothing to draw alone: next time all of it

    def draw_artist(self, artist, part):
        """Draw one artist of a part."""
        self.figure.draw_artist(artist)

    def forget_background(self):
        """Draw everything anew the next time: something other than what may change has changed."""
        self._kept = None

    def rest(self):
        """Give up all pixels, and every background that is kept."""
        self.forget_background()
        self._scenes.clear()
        figures.forget_pixels(self.figure)

    def change_scene(self, scene):
        """Show another scene, over a background of its own that is kept beside the others.

        scene: its name. What moves in it stands in `moving`, the same whenever it is shown.
        """
        self._scenes[self._scene] = self._kept
        self._scene, self._kept = scene, self._scenes.get(scene)

    def pixels(self, place):
        """The pixels of a place, (height, width, 4); writing to them draws."""
        all_of_them = np.asarray(self.figure.canvas.buffer_rgba())
        height, width = all_of_them.shape[:2]
        left, right = max(0, math.floor(place.x0)), min(width, math.ceil(place.x1))
        top, bottom = height - math.ceil(place.y1), height - math.floor(place.y0)
        return all_of_them[max(0, top) : min(height, bottom), left:right]

    def _keep_background(self):
        """Draw what does not change, and keep it under every part."""
        whole = [Region(self.moving, self.figure.bbox)] if self.moving else []
        kept = self.parts or whole
        for part in kept:
            for artist in part.artists:
                artist.set_animated(True)
        self.figure.canvas.draw()
        if kept:
            self.figure.set_layout_engine("none")  # axes stay where the first drawing put them
        for part in kept:
            part.background, part.drawn = self.pixels(part.place).copy(), None
        self._kept = kept


def _use(picture):
    """Note that a picture is shown now; those that were not for a while rest."""
    with _waking:
        picture._used = monotonic()
        _awake.add(picture)
        for other in [one for one in _awake if picture._used - one._used > RESTS_AFTER]:
            _awake.discard(other)
            other.rest()


class TextPicture(LivePicture):
    """A live picture of many texts, which Pillow writes as their artists say.

    Matplotlib needs some milliseconds for each text, Pillow a fraction of one.
    """

    def draw_artist(self, artist, part):
        if isinstance(artist, Text):
            self._write(artist, part)
        else:
            super().draw_artist(artist, part)

    def _write(self, text, part):
        """Write a matplotlib Text and the box behind it, if it has one."""
        if not text.get_visible():
            return
        place, tile = part.place, Image.fromarray(part.background)
        pen, font = ImageDraw.Draw(tile), _font(text.get_fontsize() * self.figure.dpi / 72)
        x, y = text.get_transform().transform(text.get_position())
        at = x - math.floor(place.x0), math.ceil(place.y1) - y
        look = {"font": font, "anchor": ANCHORS[text.get_va()], "spacing": font.size / 2}
        if text.get_bbox_patch():
            left, _, right, _ = pen.textbbox(at, text.get_text(), **look)
            half = 0.62 * font.size  # of the height of a line
            corners = (left - 3, at[1] - half, right + 3, at[1] + half)
            pen.rectangle(corners, **_box_colors(text.get_bbox_patch()), width=2)
        pen.text(at, text.get_text(), fill=to_hex(text.get_color()), **look)
        self.pixels(place)[:] = tile


@cache
def _font(size):
    """The font of matplotlib's texts for Pillow, of a size in pixels."""
    return ImageFont.truetype(findfont("DejaVu Sans"), round(size), 0, "", ImageFont.Layout.BASIC)


def _box_colors(box):
    """Colors of a box as Pillow takes them; an edge that cannot be seen is none."""
    edge = box.get_edgecolor()
    return {"fill": to_hex(box.get_facecolor()), "outline": to_hex(edge) if edge[3] else None}
