"""Numbers as a person types them: 1/4, ½, 25 %, 0,125, c = 46, 24+12+3, 7 500, about 10^-3.

A text is cut into numbers, + - * / ^ and brackets, and calculated from those; nothing is ever run.
"""

import re
import unicodedata
from fractions import Fraction

from course.ask import spoken
from course.ask.feedback import Wrong, as_code

LONGEST, LARGEST_POWER = 200, 10_000  # characters, bits
EXAMPLE = "type for example 3.7, 3/8 or 1700"
SIGNS = str.maketrans(dict.fromkeys("−–‐‑—﹣", "-") | dict.fromkeys("×·⋅∗∙•✕", "*") | {
    "÷": "/", "∕": "/", "’": "'", "ʼ": "'", "≈": "=", "→": "=", "⇒": "=", "٪": "%", "٫": ".",
    "٬": "'",
})  # fmt: skip
SMALL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")
PERCENT = r"%|per ?cent|pct\.?|prozent|pour ?cent"
LAKH = r"[1-9]\d?(?:,\d\d)+,\d{3}(?!\d)"  # 12,34,567 as in India
CONVENTIONS = [  # (a number; the mark between thousands, if there may be one)
    (rf"(?:{LAKH}|[1-9]\d{{0,2}}(?:,\d{{3}})+(?!\d)|\d+)(?:\.\d*)?|\.\d+", ","),
    (r"(?:[1-9]\d{0,2}(?:\.\d{3})+(?!\d)|\d+)(?:,\d*)?|,\d+", "."),
    (r"\d+(?:[.,]\d*)?|[.,]\d+", ""),
]


def readings(text, unit=""):
    """What a typed text may mean: one float, or more where a comma or a point may part thousands.

    unit: may stand behind the number; with another unit than %, a percent is a hundredth.
    Raises Wrong if it is no number.
    """
    text = str.strip(text)
    if len(text) > LONGEST:
        raise Wrong(f"{as_code(text, 40)} is too long for a number: {EXAMPLE}.")
    plain = _plain(spoken.plain(text))
    _refuse_range(text, plain)
    last = plain if "==" in plain else plain.rpartition("=")[2]  # of "c = 46"
    bare, scale = _without_unit(last.strip(), unit)
    values = [_value(bare, *convention) for convention in CONVENTIONS]
    values = [float(scale * value) for value in dict.fromkeys(values) if value is not None]
    if not values:
        raise Wrong(f"{as_code(text, 40)} is not a number: {EXAMPLE}.")
    return values


def which(text, values):
    """The question which of its readings was meant."""
    both = " or ".join(f"{value:.12g}" for value in values)
    return f"Is {as_code(text, 40)} {both}? Type it without a mark between thousands."


def _refuse_range(text, plain):
    """Raise Wrong for 40-50, which is more likely a range than a difference."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ?- ?(\d+(?:\.\d+)?)", plain)
    if found and float(found[1]) < float(found[2]):
        raise Wrong(f"{as_code(text, 40)} looks like a range. Type one number.")


def _plain(text):
    """The text with plain signs and digits, ² as ^2, ½ as 1⁄2, and nothing between thousands.

    The mark ⁄ of a fraction binds closer than a division, as in 1 1⁄2 for one and a half.
    """
    text = re.sub("([⁰¹²³⁴-⁹]+)[⁄/]([₀-₉]+)", lambda found: f" {found[0].translate(SMALL)}", text)
    text = re.sub(r"\^\{([^{}]*)\}", r"^(\1)", text)
    powers = r"[\u2070\u00b9\u00b2\u00b3\u2074-\u2079\u207a\u207b]+"
    text = re.sub(powers, lambda found: f"^{found[0]}", text)
    text = "".join(f" {one}" if _is_fraction(one) else one for one in text)
    text = unicodedata.normalize("NFKC", text.replace("\u2044", "/")).translate(SIGNS)
    text = "".join(str(unicodedata.decimal(one, one)) for one in text)  # digits of any script
    text = re.sub(r"(?<=\d)(?<!\b0)\s*[xX]\s*(?=\d)", "*", text)  # 0x10 is no product
    text = re.sub(r"\bsqrt\b", "√", text)
    grouped = r"(?<![\d.,])[1-9]\d{0,2}(?:[ '_]\d{3})+(?!\d)"
    text = re.sub(grouped, lambda found: re.sub("[ '_]", "", found[0]), text)
    return re.sub(r"(?<![\d.,])(\d+) +(\d{1,2})/(\d{1,2})(?![\d.,])", "\\1 \\2\u2044\\3", text)


def _is_fraction(one):
    """Whether a character is a fraction such as ½."""
    return one != "\u2044" and "FRACTION" in unicodedata.name(one, "")


def _without_unit(bare, unit):
    """(the text before the unit, by what to multiply it)."""
    percent = re.fullmatch(rf"(.*?)\s*(?:(?P<mille>‰)|{PERCENT})", bare, re.DOTALL | re.IGNORECASE)
    if percent:
        scale = Fraction(1, 1 if unit == "%" else 100)
        return percent[1], scale / 10 if percent["mille"] else scale
    return bare.removesuffix(unit), 1


def _value(bare, number, between):
    """The Fraction that a text means if numbers are written in this way, or None."""
    token = re.compile(
        rf"\s*(?:(?P<fraction>\d+\u2044\d+)|(?P<number>(?:{number})(?:[eE][-+]?\d{{1,3}})?)"
        r"|(?P<sign>\*\*|[-+*/^()√]))\s*"
    )
    tokens, at = [], 0
    while found := token.match(bare, at):
        tokens.append(_token(found, between))
        at = found.end()
    try:
        return _whole(tokens[::-1]) if at == len(bare) else None
    except (ValueError, TypeError, IndexError, ArithmeticError, RecursionError):
        return None


def _token(found, between):
    """A sign as text, a number as a Fraction, a fraction as a list that holds it."""
    if found["sign"]:
        return found["sign"].replace("**", "^")
    if found["fraction"]:
        return [found["fraction"].replace("\u2044", "/")]
    plain = found["number"].replace(between, "") if between else found["number"]
    return Fraction(plain.replace(",", "."))


def _whole(tokens):
    """The value of all tokens; the last one in the list is read first, here and below."""
    value = _sum(tokens)
    if tokens:
        raise ValueError("something is left")
    float(value)  # OverflowError if it is too large
    return value


def _sum(tokens):
    value = _product(tokens)
    while tokens and tokens[-1] in ("+", "-"):
        value += _product(tokens) if tokens.pop() == "+" else -_product(tokens)
    return value


def _product(tokens):
    value = _signed(tokens)
    while tokens and tokens[-1] in ("*", "/"):
        value *= _signed(tokens) if tokens.pop() == "*" else 1 / _signed(tokens)
    return value


def _signed(tokens):
    if tokens[-1] in ("+", "-"):
        return _signed(tokens) if tokens.pop() == "+" else -_signed(tokens)
    base = _single(tokens)
    if not tokens or tokens[-1] != "^":
        return base
    tokens.pop()
    exponent = _signed(tokens)
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if bits * abs(exponent) > LARGEST_POWER:
        raise ValueError("too large a power")
    return Fraction(base**exponent)


def _single(tokens):
    """A number, a fraction, a number with a fraction, or what stands in brackets."""
    first = tokens.pop()
    if first == "√":
        return Fraction(float(_single(tokens)) ** 0.5)
    if first == "(":
        value = _sum(tokens)
        if tokens.pop() != ")":
            raise ValueError("a bracket stays open")
        return value
    if isinstance(first, Fraction) and tokens and isinstance(tokens[-1], list):
        return first + Fraction(tokens.pop()[0])
    return Fraction(first[0]) if isinstance(first, list) else Fraction(first)
