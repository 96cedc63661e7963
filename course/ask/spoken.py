"""Words around a number, and in place of one, turned into signs: "about 1/2", "three quarters".

What is not known stays, so that the whole is no number and is refused. Nothing is left out that
may change the number: "more than 5" and "5 or 6" stay as they are.
"""

import re

ABOUT = (
    r"(?:about|approximately|approx\.?|around|roughly|nearly|almost|circa|ca\.?|some"
    r"|etwa|ungefähr|rund|environ)"
)
ENDING = r"(?:or so|or thereabouts|approximately|approx\.?|roughly|about)"
NAME = r"(?:(?:my |the )?(?:answer|guess|result)|it|that|this|[^\W\d]\w{0,5})"
COUNTED = (  # what the questions count; it may stand behind the number
    r"(?:weights and biases|mini-?batch(?:es)?|gradient steps|hidden neurons|training images"
    r"|(?:input|output|neuron|weight|bias|pixel|image|line|step|time|epoch|update|digit|corner"
    r"|wire|layer|row|column|number|parameter|way|perceptron|run|example|call|point|connection)s?"
    r"|biases|passes|forward passes|times (?:as (?:large|long|fast|many|much)|\w+er))"
)
ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]  # fmt: skip
TENS = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
]  # fmt: skip
PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
         "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100,
         "thousandth": 1000}  # fmt: skip
LARGE = {"hundred": 100, "thousand": 1000, "million": 10**6}
SIGNS = {"minus": "-", "negative": "-", "plus": "+", "times": "*", "divided by": "/", "over": "/"}
QUOTES = ("''", '""', "``", "$$", "“”", "„“", "‘’", "«»")


def plain(text):
    """The text with signs and digits for the words that are known."""
    text = _unquoted(text.strip())
    text = re.sub(rf"^{NAME}\s*(?:\bis\b|:)\s*", "", text, flags=re.IGNORECASE)
    text = re.sub(rf"(^|[=≈])\s*(?:{ABOUT}\s|[~∼≃≅])\s*", r"\1", text, flags=re.IGNORECASE)
    text = re.sub(rf",?\s+{ENDING}[.;]?$", "", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=[\w%)½¼¾])[.;?]$", "", text)
    text = re.sub(rf"\s+{COUNTED}$", "", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=\d)\s?[x×]$", "", text)  # 125x: so many times
    text = re.sub(r"(?<=\d) ?k$", "*1000", text, flags=re.IGNORECASE)
    return _counted(text) if re.search(r"[a-z]{3}", text, re.IGNORECASE) else text


def _unquoted(text):
    """The text without quotation marks, backticks or dollars around it."""
    for first, last in QUOTES:
        if len(text) > 2 and text[0] == first and text[-1] == last:
            return text[1:-1].strip()
    return text


def _counted(text):
    """The text with digits for number words: "twenty-three", "a third", "2 million"."""
    ones, tens = "|".join(ONES), "|".join(TENS)
    text = re.sub(rf"\b({tens})[- ]({ones})\b", _together, text, flags=re.IGNORECASE)
    text = re.sub(rf"\b({ones}|{tens})\b", lambda f: str(_value(f[0])), text, flags=re.IGNORECASE)
    text = re.sub(
        rf"(?:\b(?P<n>\d+(?:[.,]\d+)?)|\ba|^)[ -]?\b(?P<word>{'|'.join(LARGE)})\b",
        lambda found: f"{found['n'] or 1}*{LARGE[found['word'].lower()]}",
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(
        rf"(?:\b(?P<n>\d+)|\ba|^(?=half))[ -]?\b(?P<word>{'|'.join(PARTS)})s?\b",
        lambda found: f"{found['n'] or 1}/{PARTS[found['word'].lower()]}",
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(r"(\d) and (\d+/\d)", r"\1 \2", text)
    for word, sign in SIGNS.items():
        text = re.sub(rf"\b{word}\b", sign, text, flags=re.IGNORECASE)
    return text


def _together(found):
    return str(_value(found[1]) + _value(found[2]))


def _value(word):
    """The number of one word of ONES or TENS."""
    word = word.lower()
    return ONES.index(word) if word in ONES else 10 * (TENS.index(word) + 2)
