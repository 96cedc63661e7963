"""What the tests of the truths share."""


def is_right(exercise, answer):
    """Whether a check takes an answer for right."""
    return exercise.judge(answer).outcome == "right"


def right(choice):
    """The text of the right option."""
    return choice.letters[choice.right_answer]


def told(question):
    """The solution on one line, to look for numbers in it."""
    return " ".join(question.solution().markdown.split())
