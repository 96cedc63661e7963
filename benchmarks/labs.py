"""How soon every lab answers in JupyterLab: from a key to its picture, and while it plays.

    python -m benchmarks.labs                  all labs with a slider that do not train
    python -m benchmarks.labs PollLab FogLab   some of them

Each lab stands alone on its page. It needs Chromium, and takes minutes.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from tests.browser import conftest, labs

MOVES = 20
TABLE = "{:16} {:>8} {:>10} {:>8} {:>10} {:>12}"
HEAD = ("lab", "first s", "median ms", "90 % ms", "Python ms", "Play 1/s")


def moves(page, lab):
    """Seconds from a key to the new picture, of each of the moves."""
    there, back = "ArrowRight", "ArrowLeft"
    if labs.at_the_end(lab):
        there, back = back, there
    labs.pressed(page, lab, there)  # the first draws the background
    return [labs.pressed(page, lab, key) for key in [back, there] * (MOVES // 2)]


def pictures_a_second(lab, every):
    """While Play plays, one picture each so many milliseconds if it can."""
    play, stop = (lab.locator(".course-play button").nth(n) for n in (0, 1))
    stop.click()
    play.click()
    count = labs.picture(lab).evaluate(labs.COUNT, 10 * every)
    stop.click()
    return count / (every / 100)


def in_python(name, names):
    """Median seconds that a lab takes for a move of its first slider, without a browser."""
    lab = eval(labs.LABS[name], names)
    control = next(one for one in lab.controls.values() if hasattr(one, "continuous_update"))
    took = []
    for value in other_values(control) * (MOVES // 2):
        since = time.perf_counter()
        control.value = value
        took.append(time.perf_counter() - since)
    return statistics.median(took)


def other_values(control):
    """The value of a slider, and one beside it."""
    if hasattr(control, "options"):
        values = [option[1] if isinstance(option, tuple) else option for option in control.options]
        at = values.index(control.value)
        return [values[at - 1], control.value]
    step = -control.step if control.value + control.step > control.max else control.step
    return [control.value + step, control.value]


def first_picture(page, lab):
    """Seconds from running the cell of a lab to its picture, with all that it imports loaded."""
    labs.picture(lab).evaluate("image => { image.dataset.old = 1 }")
    lab.locator("xpath=ancestor::*[contains(@class, 'jp-CodeCell')]").locator(".cm-line").click()
    since = time.perf_counter()
    page.keyboard.press("Control+Enter")
    page.locator(".nn-lab img:not([data-old])").wait_for()
    return time.perf_counter() - since


def row(server, browser, name, names):
    """What the table says of a lab, one text for each column."""
    with labs.page_of_labs(server, browser, [name]) as page:
        first = first_picture(page, labs.output(page, name))
        lab, every = labs.output(page, name), labs.PLAYED.get(name)
        took = sorted(moves(page, lab))
        plays = f"{pictures_a_second(lab, every):.1f} of {1000 / every:.1f}" if every else "-"
    times = statistics.median(took), took[int(0.9 * len(took))], in_python(name, names)
    return name, f"{first:.1f}", *(f"{1000 * seconds:.0f}" for seconds in times), plays


def started():
    """What starts a browser, and the path of Chromium; ends with words where one is missing."""
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        sys.exit("Playwright is not installed: type pip install --group browser -c constraints.txt")
    try:
        return sync_playwright, conftest.chromium()
    except (pytest.skip.Exception, pytest.fail.Exception) as missing:
        sys.exit(str(missing))


def main(arguments=None):
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.labs", description=__doc__)
    parser.add_argument("labs", nargs="*", metavar="LAB", help="all that do not train if none")
    chosen = parser.parse_args(arguments).labs or labs.QUICK
    if unknown := set(chosen) - set(labs.QUICK):
        parser.error(f"no such lab with a slider: {', '.join(unknown)}; there are {labs.QUICK}")
    playing, chromium = started()
    names = {}
    exec(labs.FIRST, names)
    print("load of the machine:", *(f"{one:.1f}" for one in psutil.getloadavg()), flush=True)
    print(TABLE.format(*HEAD), flush=True)
    with tempfile.TemporaryDirectory() as folder, playing() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=conftest.FLAGS)
        with conftest.students_server(Path(folder)) as server:
            for name in chosen:
                print(TABLE.format(*row(server, browser, name, names)), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
