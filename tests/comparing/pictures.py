"""The pictures of a cell compared with those that are stored in its notebook.

Where matplotlib is the one that drew the stored picture and the same is drawn, pixels are
compared; where training came out differently, the signatures are, each number within a band.
"""

import io
import json

from PIL import Image

from course.paths import ROOT
from tests.comparing import pixels, signatures
from tests.course.pictures import Images, stored_picture

BUILD = ROOT / "build" / "pictures"


def images(data):
    """The pictures in the data of an output as Pillow images; none or one."""
    html = data.get("text/html", "")
    sources = [image.get("src") or "" for image in Images(html).found]
    if not any(source.startswith("data:image/png;base64,") for source in sources):
        return []
    return [Image.open(io.BytesIO(stored_picture(data)[2]))]


def faults(stored, now, computer):
    """What is wrong with a picture beside the stored one, in sentences.

    stored, now: images as `images` gives them.  computer: as in `numbers.faults`.
    """
    if missing := [name for name in ("Signature", "Software") if name not in stored.info]:
        return [f"the stored picture has no {missing[0]}: store the notebook again"]
    was, is_ = (json.loads(image.info["Signature"]) for image in (stored, now))
    if stored.info["Software"] != now.info["Software"]:
        return signatures.faults(was, is_, computer or "processor")
    difference = pixels.difference(stored, now)
    if difference <= pixels.LIMIT:
        return []
    changed = signatures.same(was, is_)
    if computer is None or not changed:
        return [f"pixels differ by {difference} of 255; {changed or 'the signature is the same'}"]
    return signatures.faults(was, is_, computer)


def keep(stored, now, name):
    """Write both side by side, the stored one first; the path."""
    BUILD.mkdir(parents=True, exist_ok=True)
    size = stored.width + now.width + 20, max(stored.height, now.height)
    both = Image.new("RGB", size, "gray")
    both.paste(stored.convert("RGB"), (0, 0))
    both.paste(now.convert("RGB"), (stored.width + 20, 0))
    both.save(BUILD / f"{name}.png")
    return BUILD / f"{name}.png"
