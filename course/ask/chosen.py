"""The option that a person means: b, (b), B., "answer b", its text or a start of it.

What fits two options, or names several letters, is asked about and never chosen.
"""

import re
import unicodedata

from course.ask.feedback import Wrong, as_code

SIGNS = str.maketrans(
    dict.fromkeys("−–—‐‑", "-") | dict.fromkeys("‘’‚“”„«»\"'`´*$\\", "") | {"×": "x", "·": "*"}
)
LOOK_ALIKE = str.maketrans("асеАВСЕ", "aceABCE")  # Cyrillic letters that look as Latin ones
LONGEST, SHORTEST = 500, 3  # characters of what is read, and of a start of a text
BEFORE = (
    r"(?:(?:i (?:think|guess|choose|say|take)|my (?:answer|guess|choice) is|it is|its|thats|answer"
    r"|option|letter|choice|the answer is)\s*[:=]?\s*)*"
)
LETTER = re.compile(rf"{BEFORE}[(\[]?(?P<letter>[a-z])[)\].:,;!?]*")
BOTH = re.compile(rf"{BEFORE}[(\[]?(?P<letter>[a-z])[)\].:]+\s*(?P<text>\S.*)")
SEVERAL = re.compile(r"\(?[a-z]\)?(?:\s*(?:,|;|/|&|\+|and|or|\s)\s*\(?[a-z]\)?)+\.?")


def option(typed, letters):
    """The text of the option that is meant.

    letters: letter -> text.  Raises Wrong, with what is asked, if none or more than one is.
    """
    wanted = str.strip(typed)
    if wanted in letters.values() and wanted not in letters:
        return wanted
    plain = unicodedata.normalize("NFKC", wanted[:LONGEST]).translate(SIGNS).strip()
    found = LETTER.fullmatch(plain.translate(LOOK_ALIKE).lower())
    if found and found["letter"] in letters:
        return letters[found["letter"]]
    fitting = _fitting(plain, letters) or _with_letter(plain, letters)
    if len(fitting) == 1:
        return letters[fitting[0]]
    raise Wrong(_asks(typed, plain, fitting, letters))


def _fitting(plain, letters):
    """The letters of the options with this text or, if none has it, of those that start so."""
    keys = {letter: _key(text) for letter, text in letters.items()}
    wanted = _key(plain)
    same = [letter for letter, key in keys.items() if key == wanted]
    if same or len(wanted) < SHORTEST:
        return same
    return [letter for letter, key in keys.items() if key.startswith(wanted)]


def _with_letter(plain, letters):
    """The letters that the two parts of "b) four at both" mean: one if they agree, or none."""
    found = BOTH.fullmatch(plain.lower())
    fitting = _fitting(found["text"], letters) if found else []
    if fitting and found["letter"] not in fitting:
        return [found["letter"], *fitting]
    return [found["letter"]] if fitting else []


def _key(text):
    """A text without case, spaces, and kinds of quotes and dashes."""
    plain = unicodedata.normalize("NFKC", text).translate(SIGNS).casefold()
    return re.sub(r"\s+", "", plain).rstrip(".,;!?")


def _asks(typed, plain, fitting, letters):
    """What to say to a text that means no option, or more than one."""
    if len(fitting) > 1:
        return f"{as_code(typed, 40)} may be {' or '.join(fitting)}: give the letter of one."
    if SEVERAL.fullmatch(plain.lower()):
        return f"{as_code(typed, 40)} names more than one option: give the letter of one."
    return f"{as_code(typed, 40)} is not one of the options: expected {', '.join(letters)}."
