"""The assertions of the lessons, listed a second time, so that none goes or widens without a word.

    python -m tests.notebooks.evidence                  counts of each lesson, and what has changed
    python -m tests.notebooks.evidence 05 --because "The band holds on both sets now."

`evidence_lists/NN.txt` has the evidence cells of lesson NN without their layout, and of its other
cells the assertions and what they stand in. With a reason the list is written anew; where a line
went or became another, the reason is kept at the end of the file. Exits with 1 if a list differs
from its lesson.
"""

import argparse
import ast
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import nbformat

from tools.store_notebooks import lessons

LISTS = Path(__file__).parent / "evidence_lists"
SAID = "# Other than before, because:"


@dataclass
class Listed:
    """What a list says: the evidence as (cell id, line) in order, and reasons as lines."""

    lines: list
    reasons: list

    def text(self):
        """The file."""
        lines, cell = [], None
        for own, line in self.lines:
            lines += [f"cell {own}"] if own != cell else []
            lines.append(f"    {line}")
            cell = own
        lines += [SAID, *self.reasons] if self.reasons else []
        return "\n".join(lines) + "\n"


def read(path):
    """The `Listed` of a file; nothing is listed where there is no file."""
    found, cell, reasons = [], None, []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if line.startswith("cell "):
            cell = line.removeprefix("cell ")
        elif line.startswith("    "):
            found.append((cell, line[4:]))
        elif line != SAID:
            reasons.append(line)
    return Listed(found, reasons)


def of_notebook(path):
    """The evidence of a notebook, (cell id, line), in order."""
    cells = nbformat.read(path, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code" and "assert" in cell.source]
    return [(named(cell), line) for cell in code for line in lines(cell)]


def named(cell):
    """The cell's id, and whether it is no evidence cell."""
    return cell.id if is_evidence(cell) else f"{cell.id} of the lesson"


def is_evidence(cell):
    return "evidence" in cell.metadata.get("tags", [])


def lines(cell):
    """An evidence cell line by line, without its layout; of others what leads to an assertion."""
    tree = ast.parse(cell.source)
    if not is_evidence(cell):
        tree = Asserting().visit(tree)
    return ast.unparse(tree).splitlines()


class Asserting(ast.NodeTransformer):
    """Leaves the assertions, and the loops, conditions and functions that they stand in."""

    def generic_visit(self, node):
        super().generic_visit(node)
        asserts = any(isinstance(one, ast.Assert) for one in ast.walk(node))
        return None if isinstance(node, ast.stmt) and not asserts else node


def assertions(evidence):
    """Those of the lines that assert, without their indentation."""
    return [line.strip() for _, line in evidence if line.strip().startswith("assert ")]


def is_empty(source):
    """Whether an assertion cannot fail: of a constant, a tuple, a thing with itself.

    Arithmetic of the prose, such as 60000 // 10 == 6000, can.
    """
    test = ast.parse(source).body[0].test
    if isinstance(test, (ast.Tuple, ast.List, ast.Dict, ast.JoinedStr)):
        return True
    nodes = list(ast.walk(test))
    return any(map(says_nothing, nodes)) or not any(map(can_vary, nodes))


def says_nothing(node):
    if isinstance(node, ast.comprehension):
        return not getattr(node.iter, "elts", True)
    if isinstance(node, ast.Compare):
        sides = [ast.dump(side) for side in (node.left, *node.comparators)]
        return any(left == right for left, right in zip(sides, sides[1:]))
    if isinstance(node, ast.BoolOp):
        return any(isinstance(value, ast.Constant) for value in node.values)
    return False


def can_vary(node):
    return isinstance(node, (ast.Name, ast.BinOp))


def changes(before, now):
    """Words for the lines that went and those that came: a widened assertion is in both."""
    before, now = Counter(one_quote(before)), Counter(one_quote(now))
    went, came = before - now, now - before
    return [f"went  {cell}: {line}" for cell, line in went.elements()] + [
        f"came  {cell}: {line}" for cell, line in came.elements()
    ]


def one_quote(evidence):
    """The evidence with one kind of quotes: inside an f-string each Python chooses its own."""
    return [(cell, line.replace('"', "'")) for cell, line in evidence]


def list_of(path):
    """The file that lists the assertions of a notebook."""
    return LISTS / f"{path.name[:2]}.txt"


def renew(path, because):
    """Write the list of a notebook, with the reason if an assertion went."""
    listed, now = read(list_of(path)), of_notebook(path)
    went = [line for line in changes(listed.lines, now) if line.startswith("went")]
    reasons = listed.reasons + [f"{line[6:]}\n  {because}" for line in went]
    list_of(path).write_text(Listed(now, reasons).text(), encoding="utf-8")


def arguments():
    """The options of the command line."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("notebooks", nargs="*", metavar="NN", help="starts of their names (all)")
    parser.add_argument("--because", metavar="REASON", help="write the lists anew")
    return parser.parse_args()


def main():
    """Tell what differs, or write the lists anew."""
    options = arguments()
    differ = False
    for path in lessons(options.notebooks):
        if options.because:
            renew(path, options.because)
        now = of_notebook(path)
        changed = changes(read(list_of(path)).lines, now)
        print(
            path.stem,
            f"{len(assertions(now))} assertions in {len(dict(now))} cells",
            *changed,
            sep="\n    ",
        )
        differ = differ or bool(changed)
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
