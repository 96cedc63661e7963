"""A class opens lesson 01 on one hub: how long until the first live picture, and what it takes.

    python -m benchmarks.classroom [--students 5 10 20 30]

For each number a new hub starts on this machine (`benchmarks.hub`), with students who have never
been there. They come within a minute, one after the other. Each logs in, opens lesson 01 and runs
all its cells in a row. When all are done, everybody moves a slider of `PerceptronLab`, two steps a
second; then everybody reads for a minute. A student is what a page of JupyterLab sends and waits
for (`benchmarks.student`); what a browser computes is not there, since the hub does not compute it.

Prints two tables in Markdown. Memory is what psutil calls PSS: what processes share is divided
among them. Nothing else should run on the machine; all four numbers take about twelve minutes.
"""

import argparse
import os
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import hub, student

LESSON = "my_lessons/01_perceptron.ipynb"
ARRIVING, READING = 60.0, 60.0  # seconds
STEPS, STEP = 20, 0.5  # of the slider, and seconds from one to the next
POLL = 10.0  # seconds


@dataclass
class Visit:
    """What one student waited for, and what it took: seconds, MB."""

    name: str
    waited: dict = field(default_factory=dict)  # seconds from arriving, by what was reached
    spent: dict = field(default_factory=dict)  # processor seconds so far, by what was reached
    steps: list = field(default_factory=list)  # seconds from a step of the slider to its picture
    reading: float = 0.0  # processor seconds in a minute
    server: float = 0.0
    kernel: float = 0.0


def cpu(processes):
    """Processor seconds of processes so far, with those of their children that have ended."""
    return sum(sum(process.cpu_times()[:4]) for process in processes)


def memory(process):
    """MB of a process: its own, and its part of what it shares."""
    return process.memory_full_info().pss / 1e6


class Place:
    """A student at work in a class: page, kernel, and the processes behind them."""

    def __init__(self, running, name, files):
        """A place at a Hub for a student of this name, whose page loads these files."""
        self.hub, self.visit, self.files, self.processes = running, Visit(name), files, []

    def arrive(self, delay):
        """After `delay` seconds log in, open the lesson and run all its cells."""
        time.sleep(delay)
        self.came = time.monotonic()
        session = student.log_in(self.hub.address, self.visit.name)
        self.processes = [self.hub.server(self.visit.name)]
        self.reached("server")
        address = f"{self.hub.address}user/{self.visit.name}/"
        self.student = student.Student(address, session, self.files)
        cells = self.student.open(LESSON)
        self.reached("page")
        self.student.start_kernel()
        self.processes += kernels(self.processes[0])
        self.reached("kernel")
        for source in cells:
            self.run(source)
        self.reached("all cells")

    def run(self, source):
        """Run a cell; notes the first one, the first picture, and the lab with the slider."""
        known = set(self.student.models)
        reply = self.student.run(source)[-1]["content"]
        if reply["status"] != "ok":
            raise RuntimeError(f"A cell of lesson 01 failed: {reply['ename']}: {reply['evalue']}")
        self.reached("first cell", once=True)
        new = {name: model for name, model in self.student.models.items() if name not in known}
        pictures = [name for name, model in new.items() if model.get("_model_name") == "ImageModel"]
        if pictures:
            self.reached("picture", once=True)
        if "PerceptronLab(" in source and "lab = " in source[:6]:
            (self.picture,) = pictures
            (self.slider,) = [name for name in new if new[name].get("description") == "w1"]

    def reached(self, what, once=False):
        """Note when something was reached, and at what price."""
        if not (once and what in self.visit.waited):
            self.visit.waited[what] = time.monotonic() - self.came
            self.visit.spent[what] = cpu(self.processes)

    def play(self, steps=STEPS):
        """Move the slider from one end to the other and back, when all others have come."""
        self.student.connect()
        for number in range(steps):
            start = time.monotonic()
            self.student.move(self.slider, abs(number % 20 - 10) - 5)
            if self.student.changed[self.picture] < start:
                raise RuntimeError("The slider moved, and no new picture came.")
            self.visit.steps.append(self.student.changed[self.picture] - start)
            time.sleep(max(0.0, start + STEP - time.monotonic()))

    def read(self, seconds=READING):
        """Leave the page open."""
        before, end = cpu(self.processes), time.monotonic() + seconds
        while time.monotonic() < end:
            self.student.poll()
            time.sleep(max(0.0, min(POLL, end - time.monotonic())))
        self.visit.reading = (cpu(self.processes) - before) * 60 / seconds
        self.visit.server, self.visit.kernel = map(memory, self.processes)
        self.student.close()


def kernels(server):
    """The processes of a server that are kernels."""
    return named("ipykernel_launcher", server.children(recursive=True))


def named(word, processes):
    """Those with this word in their command line."""
    return [process for process in processes if word in " ".join(process.cmdline())]


def held(python, count, arriving=ARRIVING, reading=READING, steps=STEPS):
    """(visits, seconds) of a class of `count` students, from the first who comes to the end.

    seconds: processor time of hub and proxy together.  Raises what went wrong for any student.
    """
    files = student.page_files(Path(python).parents[1] / "share/jupyter/lab/static")
    with hub.running(python) as running, ThreadPoolExecutor(count) as pool:
        places = [Place(running, f"student{n:02}", files) for n in range(1, count + 1)]
        list(pool.map(Place.arrive, places, [arriving * n / count for n in range(count)]))
        list(pool.map(lambda place: place.play(steps), places))
        list(pool.map(lambda place: place.read(reading), places))
        others = [running.process, *named(hub.PROXY, running.process.children())]
        spent = sum(sum(process.cpu_times()[:2]) for process in others)
    return [place.visit for place in places], spent


WAITS = (
    "students | lesson on the page, s | first live picture, s | all cells run, s | "
    "slider to picture, ms | memory each, MB | server + kernel, MB | reading, CPU s a minute"
)
COSTS = ("server", "page", "kernel", "first cell", "picture", "all cells")
PARTS = ("server", "kernel")


def waits(visits):
    """A row of the table of waits: median (largest), over the students; slider median (90 %)."""
    seconds = [
        _middle([visit.waited[what] for visit in visits], 1)
        for what in ("page", "picture", "all cells")
    ]
    steps = sorted(1000 * step for visit in visits for step in visit.steps)
    slider = f"{statistics.median(steps):.0f} ({steps[int(0.9 * (len(steps) - 1))]:.0f})"
    both = _middle([visit.server + visit.kernel for visit in visits])
    parts = [statistics.median(getattr(visit, part) for visit in visits) for part in PARTS]
    reading = _middle([visit.reading for visit in visits], 2)
    return [len(visits), *seconds, slider, both, "{:.0f} + {:.0f}".format(*parts), reading]


def costs(visits, hub_seconds):
    """A row of the table of costs: processor seconds of one student, the median, step by step."""
    row, before = [len(visits)], dict.fromkeys(range(len(visits)), 0.0)
    for what in COSTS:
        now = {n: visit.spent[what] for n, visit in enumerate(visits)}
        row.append(f"{statistics.median(now[n] - before[n] for n in now):.2f}")
        before = now
    return [*row, f"{statistics.median(before.values()):.2f}", f"{hub_seconds / len(visits):.2f}"]


def _middle(values, digits=0):
    return f"{statistics.median(values):.{digits}f} ({max(values):.{digits}f})"


def _print(row):
    print("|", " | ".join(map(str, row)), "|", flush=True)


def _print_head(names):
    _print(names)
    _print(["---:"] * len(names))


def main():
    """Hold a class of each size and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.classroom")
    parser.add_argument("--students", type=int, nargs="+", default=[5, 10, 20, 30])
    counts, python = parser.parse_args().students, os.environ.get(hub.NAMED, sys.executable)
    if problem := hub.missing(python):
        parser.exit(1, f"{problem}\n")
    load = f"load {os.getloadavg()[0]:.1f} before"
    print(f"{os.cpu_count()} cores, {load}; median (largest; of the slider 90 %)\n")
    _print_head(WAITS.split(" | "))
    rows = []
    for count in counts:
        visits, hub_seconds = held(python, count)
        _print(waits(visits))
        rows.append(costs(visits, hub_seconds))
    print("\nProcessor seconds for one student, median; the first picture comes with its lab.\n")
    _print_head(["students", *COSTS, "in all", "hub and proxy"])
    for row in rows:
        _print(row)


if __name__ == "__main__":
    main()
