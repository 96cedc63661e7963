"""The command line of the course.

python -m course                  make your own copy of the lessons, if there is none, and open it
python -m course update           bring a newer course into your copy; your answers stay
python -m course cards [FILE]     write the questions that come back as cards for Anki
python -m course report FOLDER    for teachers: who has done what, as a table
python -m course grade FOLDER     for teachers: run the answers of a class again, and grade them
python -m course solve FOLDER     for teachers: the lessons with all solutions filled in
python -m course clear FOLDER     for teachers: the lessons with all answers cleared
python -m course slides [NN] [FILE]   for teachers: a lesson, or all, as slides in one file each
python -m course site [FOLDER]    make all lessons as web pages, which open without a server
"""

import argparse
import os
import sys

from course import launcher, paths, student_copy
from course.teach import grade_options
from nnlib import commands

RELOAD = "A lesson that is open in JupyterLab shows this after File, Reload Notebook from Disk."


def parser():
    """What can be typed after `python -m course`."""
    found = argparse.ArgumentParser(
        prog="python -m course",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Other arguments open the lessons and are passed on to JupyterLab, for example "
        f"--no-browser or --port=9000. What it takes: {commands.run('jupyterlab')} --help",
    )
    parts = found.add_subparsers(dest="command")
    parts.add_parser("update", help="bring a newer course into your copy")
    one = parts.add_parser("cards", help="write questions as a text file that Anki imports")
    one.add_argument("file", nargs="?", help="anki_cards.txt beside your lessons unless given")
    one.add_argument("--lesson", action="append", help="such as 03; may be given more than once")
    one.add_argument("--due", action="store_true", help="only those that are due today")
    one.add_argument("--force", action="store_true", help="replace FILE if it exists")
    one = parts.add_parser("report", help="one CSV table from the progress files of a class")
    one.add_argument("folder", help="holds NAME/my_progress.json or NAME.json of each student")
    one.add_argument("--output", help="file for the table; printed unless given")
    grade_options.add(parts)
    one = parts.add_parser("site", help="make all lessons as web pages")
    one.add_argument("folder", nargs="?", help="build/site unless given")
    one.add_argument("--no-labs", action="store_true", help="quickly, with pictures of the labs")
    for name, words in (("solve", "all solutions filled in"), ("clear", "all answers cleared")):
        one = parts.add_parser(name, help=f"copy the notebooks, {words}")
        one.add_argument("folder", help="where the copies go")
        one.add_argument("--notebooks", help="folder of the originals, unless it is notebooks/")
        one.add_argument("--force", action="store_true", help="replace notebooks in FOLDER")
    one = parts.add_parser("slides", help="a lesson as slides, in one file that needs no network")
    one.add_argument("lesson", nargs="?", help="such as 05; all lessons unless given")
    one.add_argument("file", nargs="?", help="in build/slides unless given")
    one.add_argument("--no-labs", action="store_true", help="labs as pictures, made in seconds")
    one.add_argument("--force", action="store_true", help="replace files that exist")
    return found


def main(arguments=None):
    """Run one command; what does not fit ends it with a sentence and exit code 1."""
    arguments = sys.argv[1:] if arguments is None else arguments
    opens = not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help"))
    options = None if opens else parser().parse_args(arguments)
    try:
        return _open(arguments) if opens else COMMANDS[options.command](options)
    except (OSError, ValueError, LookupError) as error:
        return sys.exit(str(error))


def _open(extra):
    """Open JupyterLab on the student's copy."""
    folder, _ = _bring()
    launcher.become(launcher.command(folder, extra), folder)


def _update(options):
    _, lines = _bring()
    print(RELOAD if lines else "All is up to date.")


def _bring():
    """Make the student's copy or bring it up to date, and say so: its folder, and what was done."""
    folder = student_copy.choose()
    lines = student_copy.update(folder)
    place = f"Your lessons are in {folder}."
    print("\n".join([f"{place} What was done:", *lines] if lines else [place]), flush=True)
    return folder, lines


def _cards(options):
    from course import exercises  # each command loads only what it needs
    from course.ask import cards
    from nnlib import storage

    found = exercises.due() if options.due else exercises.all()
    found = [one for one in found if one.comes_back]
    if options.lesson:
        _refuse_unknown(options.lesson, exercises.all())
        found = [one for one in found if one.lesson in options.lesson]
    if not found:
        return print("No question is to be written, so there is no file.")
    path = options.file or paths.my_lessons() / "anki_cards.txt"
    _refuse_existing(path, options.force)
    if not options.file:
        path.parent.mkdir(parents=True, exist_ok=True)  # before there is a copy of the lessons
    with storage.replacing(path) as file:
        file.write(cards.text(found).encode())
    return print(f"{len(found)} cards are in {path}. In Anki: File, Import.")


def _refuse_unknown(lessons, questions):
    """Raise LookupError for a number that no lesson has."""
    known = sorted({one.lesson for one in questions})
    for lesson in lessons:
        if lesson not in known:
            raise LookupError(f"There is no lesson {lesson}. Type one of {', '.join(known)}.")


def _refuse_existing(path, force):
    """Raise FileExistsError unless the file is new or may be replaced."""
    if os.path.lexists(path) and not force:
        raise FileExistsError(f"{path} exists. Give another name, or add --force.")


def _report(options):
    from course.teach import hand_ins, report
    from nnlib import storage

    rows, problems = report.table(options.folder)
    text = report.as_csv(rows)
    if options.output:
        with storage.replacing(options.output) as file:
            file.write(text.encode())
    else:
        hand_ins.say(text, end="")
    for problem in problems:
        hand_ins.say(problem, sys.stderr)


def _grade(options):
    from course.teach import grade

    grade.run(options)


def _copy(options):
    from course.teach import copies

    source = options.notebooks or paths.LESSONS
    new_source = {"solve": copies.solve, "clear": copies.clear}[options.command]
    count, cells = copies.write_copies(options.folder, new_source, source, options.force)
    print(f"{count} notebooks in {options.folder}, {cells} answer cells changed")


def _site(options):
    from course import site

    site.require(*site.NEEDED)
    from course.site import build

    folder = options.folder or build.FOLDER
    page = build.build(folder, labs=not options.no_labs, say=lambda words: print(words, flush=True))
    print(f"Open {page.as_uri()} in a browser.")


def _slides(options):
    from course import exercises
    from course.teach import slides

    if options.lesson:
        _refuse_unknown([options.lesson], exercises.all())
    numbers = [options.lesson] if options.lesson else [*slides.lessons()]
    places = {number: options.file or slides.usual_place(number) for number in numbers}
    for path in places.values():
        _refuse_existing(path, options.force)
    for number, path in places.items():
        count = slides.write(number, path, labs=not options.no_labs)
        print(f"{count} slides are in {path}. Open it in a browser; S shows the notes.", flush=True)


COMMANDS = {
    "update": _update,
    "cards": _cards,
    "report": _report,
    "grade": _grade,
    "solve": _copy,
    "clear": _copy,
    "slides": _slides,
    "site": _site,
}

if __name__ == "__main__":
    main()
