"""What our code warns of, or brings a library to warn of, is an error in its tests."""

import sys
import textwrap
import warnings

import pytest

KINDS = (
    DeprecationWarning,
    PendingDeprecationWarning,
    FutureWarning,
    RuntimeWarning,
    SyntaxWarning,
    UserWarning,
)
OLD = """
    import warnings
    def old(kind):
        warnings.warn("old", kind, stacklevel={})
    """


def function(module, name, source):
    """A function as if it stood in a module."""
    space = {"__name__": module, "warnings": warnings}
    exec(textwrap.dedent(source), space)
    return space[name]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("module", ["nnlib.network", "course", "tools.pins", "tests.test_a"])
def test_a_warning_that_our_code_gives_is_an_error(module, kind):
    with pytest.raises(kind):
        function(module, "old", OLD.format(1))(kind)


def test_one_that_a_library_gives_to_our_code_as_well():
    old = function("library", "old", OLD.format(2))
    calls = function("course.figures", "call", "def call(old):\n    old(DeprecationWarning)")
    with pytest.raises(DeprecationWarning):
        calls(old)


def test_what_libraries_tell_each_other_is_none():
    with pytest.warns(DeprecationWarning, match="old"):
        function("library", "old", OLD.format(1))(DeprecationWarning)


def test_a_file_that_nobody_closes_is_an_error(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(sys, "unraisablehook", lambda found: seen.append(found.exc_type))
    (tmp_path / "file").touch()
    leak = function("nnlib.storage", "leak", "def leak(path):\n    file = open(path)\n    del file")
    leak(tmp_path / "file")
    assert seen == [ResourceWarning]  # pytest makes it fail the test in which it comes up
