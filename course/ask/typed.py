"""Numbers as a person types them: 1/4, ½, 25 %, 0,125, c = 46, 24+12+3, 7 500."""

import ast
import re
import unicodedata

from course.ask.feedback import Wrong, as_code

SIGNS = str.maketrans(
    {"−": "-", "–": "-", "·": "*", "×": "*", "÷": "/", "\u00a0": " ", "\u202f": " "}
)
LONGEST = 200  # characters
EXAMPLE = "type for example 3.7, 3/8 or 1700"


def readings(text, unit=""):
    """What a typed text may mean: one float, or two where a comma or a point may part thousands.

    unit: may stand behind the number; with another unit than %, a percent is a hundredth.
    Raises Wrong if it is no number.
    """
    bare = str.strip(text)[:LONGEST].translate(SIGNS)
    bare = re.sub(r"^[^\W\d]\w*\s*=\s*", "", bare)
    if unit:
        bare = re.sub(rf"\s*{re.escape(unit)}$", "", bare)
    scale = 1.0
    if bare.endswith("%"):
        bare, scale = bare[:-1], 0.01
    values = list(dict.fromkeys(scale * _calculated(form, text) for form in _forms(bare.strip())))
    if not all(abs(value) < float("inf") for value in values):
        raise Wrong(f"{as_code(text, 40)} is not a finite number: {EXAMPLE}.")
    return values


def _forms(bare):
    """The text with a point before decimals and nothing between thousands; both, if unclear."""
    spaced = re.sub(r"(?<=\d)[ _'](?=\d{3}(?!\d))", "", bare)
    if re.search(r"\d[.,]\d{3}[.,]\d", spaced):  # 3,000,000 or 1.234,5
        last = max(spaced.rfind("."), spaced.rfind(","))
        parted = spaced[last] if spaced.count(spaced[last]) == 1 else ""
        other = {",": ".", ".": ","}.get(parted, ",")
        whole = spaced.replace(other, "") if parted else re.sub("[.,]", "", spaced)
        return [whole.replace(",", ".")]
    if re.fullmatch(r"[-+]?[1-9]\d{0,2}[.,]\d{3}", spaced):
        return [spaced.replace(",", "."), re.sub("[.,]", "", spaced)]
    return [re.sub(r"(?<=\d),(?=\d)", ".", spaced)]


def _calculated(form, text):
    """The value of a number or of a calculation with + - * / ^ and brackets."""
    plain = "".join(_plain(letter) for letter in form)
    plain = re.sub(r"(?<=\d)\s*(?=\()", "*", plain) if re.search(r"\d\(\d+/\d+\)", plain) else plain
    try:
        tree = ast.parse(plain.replace("^", "**"), mode="eval")
        return float(_value(tree.body))
    except (SyntaxError, ValueError, ArithmeticError, RecursionError, MemoryError):
        raise Wrong(f"{as_code(text, 40)} is not a number: {EXAMPLE}.") from None


def _plain(letter):
    """A letter such as ½ as a calculation; others as they are."""
    if unicodedata.category(letter) != "No" or "FRACTION" not in unicodedata.name(letter):
        return letter
    top, bottom = unicodedata.normalize("NFKC", letter).split("\u2044")
    return f"({top}/{bottom})"


def _value(node):
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand)
        case ast.BinOp(left=left, op=op, right=right):
            return _combined(op, _value(left), _value(right))
    raise ValueError("no calculation")


def _combined(op, left, right):
    match op:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            return left / right
        case ast.Pow() if abs(left) <= 1e4 and abs(right) <= 20:
            return left**right
    raise ValueError("no calculation")
