"""Numbers as a person types them, and what is no number."""

import contextlib
import random
import sys
import time
from fractions import Fraction

import hypothesis
import pytest
from hypothesis import strategies as st

from course import exercises
from course.ask import Number, Wrong, spoken, typed

TABLE = [
    # fractions and mixed numbers
    ("1/4", 0.25), ("1 / 4", 0.25), ("-1/8", -0.125), ("−1/8", -0.125), ("½", 0.5), ("-½", -0.5),
    ("1½", 1.5), ("1 ½", 1.5), ("-1½", -1.5), ("1 1/2", 1.5), ("2 3/4", 2.75), ("⅛", 0.125),
    ("2*1½", 3), ("1/½", 2), ("½+¼", 0.75), ("1/20", 0.05), ("1⁄2", 0.5), ("3/1/2", 1.5),
    # decimals, with a point or a comma
    ("0.125", 0.125), ("-0,125", -0.125), ("−0.125", -0.125), ("–0,125", -0.125), ("0,010", 0.01),
    ("91,08", 91.08), ("91.08", 91.08), (".5", 0.5), (",5", 0.5), ("46.", 46), ("0,3", 0.3),
    ("1.5 + 2,5", 4), ("12,3456", 12.3456), ("007", 7), ("0.010", 0.01),
    # thousands
    ("7 850", 7850), ("7\u202f850", 7850), ("7\u00a0850", 7850), ("7'850", 7850), ("7_850", 7850),
    ("7’850", 7850), ("1 000 000", 1e6), ("3,000,000", 3e6), ("3.000.000", 3e6), ("7,500.0", 7500),
    ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("12 500/5", 2500), ("7 850,5", 7850.5),
    # percent
    ("25 %", 0.25), ("25%", 0.25), ("12,5 %", 0.125), ("½ %", 0.005), ("25 percent", 0.25),
    ("25 per cent", 0.25),
    # calculations
    ("24+12+3", 39), ("24 + 12 + 3", 39), ("2*(784*30+30+30*10+10)", 47720), ("6·4+4·3", 36),
    ("784 × 30", 23520), ("784x30", 23520), ("6÷4", 1.5), ("(a)".replace("a", "3"), 3), ("--5", 5),
    ("2-3-4", -5), ("24/4/3", 2), ("2+3*4", 14), ("-2^2", -4), ("(1+2)*3", 9), ("0.1+0.2", 0.3),
    # powers
    ("1e-3", 0.001), ("1E3", 1000), ("1,5e3", 1500), ("2^3", 8), ("2**3", 8), ("2³", 8),
    ("10^-3", 0.001), ("10⁻³", 0.001), ("2^3^2", 512), ("4^½", 2), ("3·10²", 300), ("2^-1", 0.5),
    # what a person writes around it
    ("c = 46", 46), ("c=46", 46), ("= 46", 46), ("δ = -0,125", -0.125), ("≈ 0.7", 0.7),
    ("24+12+3 = 39", 39), ("  46 ", 46), ("percent_right = 92", 92), ("４６", 46), ("\t46\n", 46),
]  # fmt: skip
SPOKEN = [  # 60 and more ways in which a person says a number
    # about it
    ("about 0.5", 0.5), ("~3", 3), ("~ 3", 3), ("∼3", 3), ("0.25 or so", 0.25),
    ("approximately 7", 7), ("approx. 7", 7), ("ca. 7", 7), ("roughly 1/3", 1 / 3), ("around 5", 5),
    ("nearly 10", 10), ("About 90 %", 0.9), ("7, roughly", 7), ("c ≈ about 46", 46), ("etwa 3", 3),
    # its name, its unit, what is counted, the end of a sentence
    ("c is 46", 46), ("it is 46", 46), ("The answer is 46.", 46), ("my guess: 46", 46),
    ("c: 46", 46),
    ("46 neurons", 46), ("784 inputs", 784), ("it is 39 lines.", 39), ("5 times", 5), ("125x", 125),
    ("5 times as large", 5), ("930 weights and biases", 930), ("24+12+3=39 lines", 39),
    ("16 epochs", 16), ("0.5.", 0.5), ("46;", 46), ("46?", 46), ("25 per cent.", 0.25),
    ("28*28 → 784", 784), ("'46'", 46), ('"46"', 46), ("`46`", 46), ("$46$", 46), ("“46”", 46),
    # words
    ("ten", 10), ("Zero", 0), ("twenty-three", 23), ("ninety nine", 99), ("a hundred", 100),
    ("two thousand", 2000), ("2 million", 2e6), ("1.5 million", 1.5e6), ("5k", 5000), ("half", 0.5),
    ("a half", 0.5), ("one half", 0.5), ("a third", 1 / 3), ("three quarters", 0.75),
    ("two thirds", 2 / 3), ("one and a half", 1.5), ("minus five", -5), ("negative 0.5", -0.5),
    ("minus a quarter", -0.25), ("3 times 4", 12), ("ten percent", 0.1), ("seven images", 7),
    # signs of other keyboards and languages
    ("—0.5", -0.5), ("3∙10", 30), ("3•10", 30), ("3✕10", 30), ("3X10", 30), ("²⁄₃", 2 / 3),
    ("1 3⁄4", 1.75), ("10^{-3}", 0.001), ("2·10^{5}", 2e5), ("√2", 2**0.5), ("sqrt(2)", 2**0.5),
    ("7ʼ850", 7850), ("12,34,567", 1234567), ("1,00,000", 1e5), ("1,23,456.5", 123456.5),
    ("٤٦", 46), ("٠٫٥", 0.5), ("٧٬٨٥٠", 7850), ("४६.५", 46.5), ("۴۶", 46), ("０．５", 0.5),
    ("１／４", 0.25), ("５０％", 0.5), ("50٪", 0.5), ("50 pct", 0.5), ("50 Prozent", 0.5),
    ("12,5 pour cent", 0.125), ("5 ‰", 0.005),
]  # fmt: skip
NOT_ONE = [  # what may mean another number, or none, is never read as one
    "more than 5", ">5", "< 0.5", "at most 5", "not 5", "5 or 6", "between 4 and 5", "4 to 5",
    "±5", "5 ± 1", "none", "half of them", "10 of 50", "1 in 4", "0x10",
    "two of three", "5 minutes ago", "five hundred and two or so of them", "$5", "5'", "ab 5",
    "no 5", "5 dozen", "12,34,56", "1,2,3 images", "layer 3", "point five", "lines", "a", "k",
    "x", "about", "~", "or so", "about about", "46 47 pixels", "ten twenty", "third", "seventh 2",
]  # fmt: skip
RANGES = ["40-50", "45–47", "0.1 - 0.2", "about 40-50", "40-50 images"]
UNCLEAR = [
    ("7,500", {7.5, 7500}), ("7.500", {7.5, 7500}), ("-7,500", {-7.5, -7500}),
    ("204.901", {204.901, 204901}), ("50,000/20", {2.5, 2500}), ("1,500+2.5", {4, 1502.5}),
    ("about 7,500", {7.5, 7500}), ("٧,٥٠٠", {7.5, 7500}), ("７．５００", {7.5, 7500}),
    ("7,500 images", {7.5, 7500}), ("12.345", {12.345, 12345}),
    ("7,850 %", {0.0785, 78.5}), ("2*1,000", {2, 2000}), ("c = 7,850", {7.85, 7850}),
]  # fmt: skip
REFUSED = [
    "", " ", "=", "c =", "many", "1 2", "0 125", "1,2,3", "1,234,56", "7,850,0",
    "1..5", "1.2.3", "5-", "*5", "2(3)", "()", "(1", "1)", "1e", "e3", "1e999", "-1e999", "1/0",
    "0^-1", "(-8)^(1/3)", "nan", "inf", "∞", "True", "None", "...", "1j", "0b1", "[1]",
    "1,", "1;2", "1\n2", "pi", "π", "x", "x+1", "len([1])", "(1).real", "1 if 1 else 2",
    "__import__('os').system('true')", "print(1)", "1 == 1", "1 < 2", "not 1",
    "1//2", "7%3", "1@2", "5!", "f'{1}'", "1 and 2", "5 %%", "%", "²", "½½½",
    "¼/", "1:4", "5 €", "\ud800", "\0", "5\0", "⅟", "1 2/0",
]  # fmt: skip
REFUSED.remove("1,")  # a comma at the end of a sentence
BOMBS = [
    "9^9^9^9", "9**9**9", "2^100000", "(2^1000)^1000", "10^10^10", "1e99999999", "1e308*10",
    "((((1+1/9999^20)^20)^20)^20)^20", "(" * 99 + "1", "(" * 199, "-" * 200, "1^" * 99 + "(",
    "9" * 190 + "^9999", "(1/3)^99999", "2^(2^(2^(2^(2^2))))", "0.1^(10^9)", "^" * 200,
]  # fmt: skip


def read(text, unit=""):
    return set(typed.readings(text, unit))


@pytest.mark.parametrize(("text", "value"), TABLE + SPOKEN)
def test_a_number_is_read_as_a_person_means_it(text, value):
    (found,) = typed.readings(text)
    assert found == pytest.approx(value, rel=1e-12)
    assert type(found) is float


@pytest.mark.parametrize(("text", "values"), UNCLEAR)
def test_a_mark_that_may_part_thousands_has_both_readings(text, values):
    assert sorted(read(text)) == pytest.approx(sorted(values))
    question = typed.which(text, typed.readings(text))
    assert f"Is `{text}` " in question
    assert all(f"{value:.12g}" in question for value in values)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_number_is_refused_in_words(text):
    with pytest.raises(Wrong, match=r"(?s)^`.*` is not a number: type for example .*\.$"):
        typed.readings(text)


@pytest.mark.parametrize("text", NOT_ONE)
def test_what_may_be_another_number_is_refused(text):
    with pytest.raises(Wrong):
        typed.readings(text)


@pytest.mark.parametrize("text", RANGES)
def test_a_range_is_asked_about(text):
    with pytest.raises(Wrong, match="looks like a range. Type one number."):
        typed.readings(text)


def test_there_are_sixty_cases_of_each_kind():
    assert min(len(TABLE), len(SPOKEN), len(REFUSED)) >= 60


@pytest.mark.parametrize("text", BOMBS)
def test_what_would_take_for_ever_is_refused_at_once(text):
    began = time.process_time()
    with pytest.raises(Wrong, match="is not a number"):
        typed.readings(text)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("text", ["1" * 201, "+1" * 5000, "(" * 10**6, "1 " * 10**6, "½" * 10**5])
def test_a_very_long_text_is_refused_and_not_read_in_part(text):
    began = time.process_time()
    with pytest.raises(Wrong, match="too long for a number") as caught:
        typed.readings(text)
    assert time.process_time() - began < 0.5
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [("25 %", "%", 25), ("25", "%", 25), ("25%", "%", 25), ("25 percent", "%", 25),
     ("¼", "%", 0.25), ("25 %", "s", 0.25), ("3 s", "s", 3), ("3s", "s", 3), ("3", "s", 3),
     ("3 km/h", "km/h", 3), ("about 25 percent", "%", 25), ("5 ‰", "%", 0.5), ("ten", "%", 10),
     ("25 Prozent.", "%", 25), ("a quarter", "%", 0.25)],
)  # fmt: skip
def test_a_unit_may_stand_behind_the_number(text, unit, value):
    assert read(text, unit) == {value}


def test_another_unit_is_refused():
    with pytest.raises(Wrong, match="`3 s` is not a number"):
        typed.readings("3 s", "%")


def test_nesting_that_a_person_may_type_is_read():
    assert read("(" * 20 + "1" + ")" * 20) == {1}
    assert read("1+" * 99 + "1") == {100}


def test_the_example_of_a_refusal_is_no_right_answer():
    examples = ["3.7", "3/8", "1700"]
    assert f"type for example {examples[0]}, {examples[1]} or {examples[2]}" == typed.EXAMPLE
    for question in exercises.all():
        if isinstance(question, Number):
            for example in examples:
                assert question.judge(example).outcome == "wrong", question.name


AROUND = st.sampled_from(
    [
        "{}",
        "about {}",
        "~{}",
        "c = {}",
        "it is {}.",
        "{} or so",
        "{} images",
        "≈ {}",
        "`{}`",
        "({})",
    ]
)


@hypothesis.given(
    st.integers(-(10**6), 10**6).filter(lambda n: n % 7), st.sampled_from([1, 10, 10**4]), AROUND
)
def test_words_around_a_number_do_not_change_it(top, bottom, around):
    hypothesis.assume(bottom != 1000)
    value = top / bottom
    assert value in typed.readings(around.format(f"{value:.4f}"))


@hypothesis.given(st.integers(0, 99), st.sampled_from(["", "minus "]))
def test_number_words(value, sign):
    tens = "x ten twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
    ones = spoken.ONES
    words = (
        ones[value] if value < 20 else tens[value // 10] + f"-{ones[value % 10]}" * (value % 10 > 0)
    )
    assert typed.readings(sign + words) == [-value if sign else value]


SIGNED = st.sampled_from(["", "-", "−", "+"])
FACTORS = {"": 1, "-": -1, "−": -1, "+": 1}


@hypothesis.given(st.integers(0, 10**12), st.integers(0, 10**6), st.integers(1, 6), SIGNED)
def test_a_decimal_comma_is_a_decimal_point(whole, behind, digits, sign):
    """At least one reading is the number; it is the only one unless it may be thousands."""
    behind = f"{behind % 10**digits:0{digits}d}"
    truth = FACTORS[sign] * float(f"{whole}.{behind}")
    for mark in ".,":
        found = typed.readings(f"{sign}{whole}{mark}{behind}")
        assert truth in found
        assert len(found) == 1 or (len(behind) == 3 and 0 < whole < 1000)


@hypothesis.given(
    st.integers(-(10**9), 10**9), st.sampled_from([" ", "'", "_", "\u202f", "\u00a0"])
)
def test_thousands_with_a_space_or_the_like_are_never_unclear(value, mark):
    assert typed.readings(f"{value:,}".replace(",", mark)) == [value]


@hypothesis.given(st.integers(-(10**12), 10**12), st.sampled_from(",."))
def test_two_marks_and_more_part_thousands(value, mark):
    hypothesis.assume(abs(value) >= 10**6)
    assert typed.readings(f"{value:,}".replace(",", mark)) == [value]


@hypothesis.given(st.integers(-999, 999), st.integers(1, 999))
def test_fractions(top, bottom):
    assert typed.readings(f"{top}/{bottom}") == [float(Fraction(top, bottom))]


@hypothesis.given(st.integers(0, 99), st.integers(1, 98), st.integers(2, 99))
def test_mixed_numbers(whole, top, bottom):
    assert typed.readings(f"{whole} {top}/{bottom}") == [float(whole + Fraction(top, bottom))]


@hypothesis.given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_python_prints_is_read(value):
    assert value in typed.readings(repr(value))
    (plain,) = typed.readings(f"{value:.17e}") if abs(value) < 1e300 else [value]
    assert plain == value


CALCULATIONS = st.recursive(
    st.integers(0, 99).map(str),
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*/"), inner).map("({0[0]}{0[1]}{0[2]})".format)
        | inner.map("(-{})".format)
    ),
    max_leaves=12,
)


@hypothesis.given(CALCULATIONS)
def test_calculations_are_those_of_python(text):
    numbers = "".join(f"Fraction({one})" if one.isdigit() else one for one in _pieces(text))
    try:
        truth = float(eval(numbers))
    except ZeroDivisionError:
        with pytest.raises(Wrong):
            typed.readings(text)
    else:
        assert typed.readings(text) == [truth]


def _pieces(text):
    piece = ""
    for one in text:
        if piece and (one.isdigit() != piece[-1].isdigit() or not one.isdigit()):
            yield piece
            piece = ""
        piece += one
    yield piece


@hypothesis.given(st.text(max_size=300) | st.text("0123456789.,+-*/^() ½²%e=", max_size=60))
def test_any_text_is_a_finite_number_or_refused_in_words(text):
    question = Number("99-n", "n", question="?", answer=1, solution="So.", low="Low.", high="High.")
    feedback = question.judge(text)
    if feedback.outcome == "wrong" and feedback.message not in ("Low.", "High."):
        asks = feedback.message.startswith("Is `") or "looks like a range" in feedback.message
        assert asks or feedback.message.endswith(f"{typed.EXAMPLE}.")
    with contextlib.suppress(Wrong):
        found = typed.readings(text)
        assert 1 <= len(found) <= 3
        assert all(abs(value) < float("inf") for value in found)


def test_random_calculations_are_read_quickly():
    rng = random.Random(0)
    began = time.process_time()
    for _ in range(500):
        text = "".join(rng.choice("0123456789.,+-*/^() ") for _ in range(150))
        with contextlib.suppress(Wrong):
            typed.readings(text)
    assert time.process_time() - began < 10


def test_nothing_is_ever_run(monkeypatch):
    events = []
    watching = [True]
    sys.addaudithook(lambda event, _: watching[0] and events.append(event))
    for text in ["24+12+3", "__import__('os')", "open('x')", "1e9^9", *REFUSED]:
        with contextlib.suppress(Wrong):
            typed.readings(text)
    watching[0] = False
    assert not {"exec", "compile", "import", "open", "os.system"} & set(events)
