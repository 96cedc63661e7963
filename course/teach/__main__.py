"""For teachers: a table of a class, and copies of the notebooks with and without answers.

report FOLDER     one CSV table from the progress files of a class
solve FOLDER      notebooks with all solutions filled in, into FOLDER
clear FOLDER      notebooks with all answers cleared, into FOLDER
"""

import argparse
import sys

from nnlib import commands, storage
from course.teach import report


def _parser():
    parser = argparse.ArgumentParser(
        prog=commands.run("nnlib.exercises"),
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parts = parser.add_subparsers(dest="command", required=True)
    one = parts.add_parser("report", help="one CSV table from the progress files of a class")
    one.add_argument("folder", help="holds NAME/my_progress.json or NAME.json of each student")
    one.add_argument("--output", help="file for the table; printed unless given")
    for name, words in (("solve", "all solutions filled in"), ("clear", "all answers cleared")):
        one = parts.add_parser(name, help=f"copy the notebooks, {words}")
        one.add_argument("folder", help="where the copies go")
        one.add_argument("--notebooks", help="folder of the originals, unless it is notebooks/")
        one.add_argument("--force", action="store_true", help="replace notebooks in FOLDER")
    return parser


def _report(options):
    rows, problems = report.table(options.folder)
    text = report.as_csv(rows)
    if options.output:
        with storage.replacing(options.output) as file:
            file.write(text.encode())
    else:
        print(text, end="")
    for problem in problems:
        print(problem, file=sys.stderr)


def _copy(options):
    from course.ask import notebooks  # nbformat takes a while to load

    source = options.notebooks or notebooks.LESSONS
    new_source = {"solve": notebooks.solve, "clear": notebooks.clear}[options.command]
    count, cells = notebooks.write_copies(options.folder, new_source, source, options.force)
    print(f"{count} notebooks in {options.folder}, {cells} answer cells changed")


def main(arguments=None):
    """Run one command; what does not fit ends it with a sentence and exit code 1."""
    options = _parser().parse_args(arguments)
    try:
        _report(options) if options.command == "report" else _copy(options)
    except (OSError, ValueError, LookupError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
