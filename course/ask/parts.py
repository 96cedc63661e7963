"""The form of a questions.md: a heading for each question, parts with lists and code below."""


class Fault(Exception):  # noqa: N818 (one in a text)
    """What is wrong in a file of questions, and in which line."""

    def __init__(self, line, words):
        self.line, self.words = line, words


class Part:
    """A heading, its line number, and the (number, text) of the lines below it."""

    def __init__(self, line=0, heading=""):
        self.line, self.heading, self.lines = line, heading, []

    @property
    def text(self):
        """The lines below the heading."""
        return "\n".join(text for _, text in self.lines).strip()

    @property
    def prose(self):
        """The lines below the heading as one."""
        return " ".join(self.text.split())

    @property
    def filled(self):
        """(number, text) of the lines that are not empty."""
        return [(number, text) for number, text in self.lines if text.strip()]

    def items(self):
        """{text: (line, words)} of '- text' and, under it, '  > words' on one line or more."""
        items, last = {}, None
        for number, text in self.filled:
            if text.startswith("- "):
                last = text[2:].strip()
                if last in items:
                    raise Fault(number, f"a second {last!r}")
                items[last] = (number, [])
            elif text.startswith("  > ") and last is not None:
                items[last][1].append(text[4:].strip())
            else:
                raise Fault(number, f"expected '- text' or, under it, '  > words': found {text!r}")
        for last, (number, words) in items.items():
            if not words:
                raise Fault(number, f"{last!r} needs words under it, '  > ...'")
        return {text: (number, " ".join(words)) for text, (number, words) in items.items()}

    def numbered(self):
        """The texts of a numbered list."""
        texts = []
        for number, text in self.filled:
            if text.startswith(start := f"{len(texts) + 1}. "):
                texts.append(text.removeprefix(start).strip())
            elif text.startswith("   ") and texts:
                texts[-1] += " " + text.strip()
            else:
                raise Fault(number, f"expected '{start}hint', found {text!r}")
        return texts


def blocks(text):
    """For each question the list of its Parts; the first holds its heading and what is asked."""
    found, opened = [], 0
    for number, line in enumerate(text.splitlines(), 1):
        fence = line.startswith("```")
        if fence and opened and line.strip() != "```":
            break
        if not (fence or opened) and line.startswith("# "):
            found.append([Part(number, line)])
        elif not (fence or opened) and line.startswith("## ") and found:
            found[-1].append(Part(number, line[3:].strip()))
        elif found:
            found[-1][-1].lines.append((number, line))
        elif line.strip():
            raise Fault(number, "expected '# 03-name: Title', a heading for each question")
        opened = (0 if opened else number) if fence else opened
    if opened:
        raise Fault(opened, "this block of code has no end, a line with ``` alone")
    if not found:
        raise Fault(1, "expected '# 03-name: Title', a heading for each question")
    return found
