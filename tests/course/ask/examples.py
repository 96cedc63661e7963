"""Two questions for tests of several files."""

from course.ask import Choice, Number

PICK = Choice(
    "99-pick",
    "How many?",
    question="How many inputs?",
    options={"28": "28 is one row.", "784": "One for each pixel.", "785": "No bias here."},
    right="784",
    solution="An image has 28 rows of 28 pixels.",
)
GUESS = Number(
    "99-guess",
    "How many per cent?",
    question="How good is guessing?",
    answer=10,
    tolerance=0.5,
    unit="%",
    mistakes={50: "There are ten digits, not two."},
    factors={0.01: "Give it in per cent."},
    low="Too low: count the digits.",
    high="Too high: count the digits.",
    solution="One digit in ten is right.",
)
