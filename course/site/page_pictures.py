"""Pictures of a lesson as files beside its page, so that they are loaded when they are seen."""

import base64
import io
import re

from PIL import Image

PICTURE = re.compile(r'src="data:image/(?:png|webp);base64,(?P<data>[^"]+)"')
PIXELS_A_POINT = 2


def take_out(notebook, folder, name):
    """Write the pictures in the outputs as WebP files, without loss; link them, in place.

    folder: Path of the folder that the pages reach as `pictures/`.  name: the start of the names of
    the files; what follows is the id of the cell.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                _link(output.data, folder, f"{name}-{cell.id}")


def _link(data, folder, name):
    """Replace each picture in the HTML of an output by a link to a file."""
    found = list(PICTURE.finditer(data["text/html"]))
    for number, one in enumerate(found, 1):
        path = folder / f"{name}{f'-{number}' * (len(found) > 1)}.webp"
        size = _write(base64.b64decode(one["data"]), path)
        link = f'src="pictures/{path.name}" loading="lazy" decoding="async"'
        data["text/html"] = data["text/html"].replace(one[0], link + _height(one, data, size), 1)


def _height(found, data, size):
    """The height on the page, so that nothing moves when the picture comes, unless it is there."""
    tag = data["text/html"][data["text/html"].rfind("<img", 0, found.start()) : found.start()]
    return "" if " height=" in tag else f' height="{round(size[1] / PIXELS_A_POINT)}"'


def _write(content, path):
    """Write a PNG or WebP as WebP; its (width, height) in pixels."""
    with Image.open(io.BytesIO(content)) as picture:
        if picture.format == "WEBP":
            path.write_bytes(content)
        else:
            picture.save(path, "WEBP", lossless=True, method=4)
        return picture.size
