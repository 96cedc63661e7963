"""What the Tab key lists of a lesson in IPython: its face, and no module behind it.

`questions.` and `questions.bits.` need none of this: what they list is what their dir() says.
"""

import importlib
import re
import sys

TYPED = re.compile(
    r"(?:^|.*[^\w.])(?:from\s+(?P<source>course\.lesson\d\d)\s+import\s+(?:\w+\s*,\s*)*"
    r"|(?P<module>course\.lesson\d\d)\.)(?P<begun>\w*)",
    re.DOTALL,
)


def show_faces_only():
    """In IPython, let Tab list of a lesson what its __all__ says; elsewhere nothing happens."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None or not hasattr(shell.Completer, "custom_matchers"):
        return
    if not any(_is_ours(matcher) for matcher in shell.Completer.custom_matchers):
        shell.Completer.custom_matchers.append(_matcher())


def face(typed):
    """(names to offer, what is begun of one of them) for a line as typed; none if elsewhere."""
    found = TYPED.fullmatch(typed)
    if not found:
        return [], ""
    names = importlib.import_module(found["source"] or found["module"]).__all__
    return [name for name in names if name.startswith(found["begun"])], found["begun"]


def _is_ours(matcher):
    return getattr(matcher, "__module__", None) == __name__


def _matcher():
    """The completion of IPython, which puts aside what other completions find."""
    from IPython.core import completer

    @completer.context_matcher()
    def lesson_matcher(context):
        names, begun = face(context.text_until_cursor)
        found = [completer.SimpleCompletion(name, type="instance") for name in names]
        return {"completions": found, "suppress": bool(found), "matched_fragment": begun}

    return lesson_matcher
