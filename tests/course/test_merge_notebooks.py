"""A newer course merged into a student's notebook: what becomes of each cell, and of its place."""

import copy

import nbformat
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course import merge_notebooks


def cell(name, words=None, **more):
    """A code cell with an id; its source is the name unless words are given."""
    return dict(new_code_cell(words or name, id=name, **more))


def answer(name, words, exercise):
    return cell(name, words, metadata={"tags": ["answer"], "exercise": exercise})


def book(*cells):
    """A notebook as json.loads makes it; a word stands for a cell of this name."""
    made = [cell(one) if isinstance(one, str) else dict(one) for one in cells]
    return dict(new_notebook(cells=made, metadata={}))


def merged(given, mine, new):
    """The sources of the merged notebook, and the fates; the originals must stay as they are."""
    before = copy.deepcopy((given, mine, new))
    result, fates = merge_notebooks.merge(given, mine, new)
    assert (given, mine, new) == before
    nbformat.validate(nbformat.from_dict(result))
    return [merge_notebooks.text(one) for one in result["cells"]], +fates


def test_nothing_changed():
    lesson = book("a", "b")
    assert merge_notebooks.merge(lesson, lesson, lesson)[0] == lesson


def test_the_course_adds_changes_and_removes_cells():
    sources, fates = merged(
        book("a", "b", "c"), book("a", "b", "c"), book("a", "n", cell("c", "C"))
    )
    assert sources == ["a", "n", "C"]
    assert (fates["new"], fates["changed"], fates["gone"]) == (1, 1, 1)


def test_the_course_reorders_and_the_note_stays_with_its_cell():
    mine = book("a", "b", cell("x", "my note on b"), "c")
    assert merged(book("a", "b", "c"), mine, book("c", "b", "a"))[0] == [
        *["c", "b", "my note on b", "a"]
    ]


def test_what_the_student_did_stays():
    given = book("a", answer("b", "...", "e"), "c", "d")
    mine = book("d", "a", answer("b", "42", "e"), cell("x", "own"))  # c deleted, d moved
    sources, fates = merged(given, mine, book("n", "a", answer("b", "...", "e"), "m", "c", "d"))
    assert sources == ["d", "n", "a", "42", "own", "m"]
    assert (fates["new"], fates["answers"], fates["own"]) == (2, 1, 1)


def test_a_cell_that_the_course_took_out_stays_if_the_student_changed_it():
    mine = book("a", cell("b", "mine"), "c")
    assert merged(book("a", "b", "c"), mine, book("a"))[0] == ["a", "mine"]


def test_a_deleted_cell_stays_deleted_though_the_course_changes_it():
    assert merged(book("a", "b"), book("a"), book("a", cell("b", "B")))[0] == ["a"]


def test_changed_by_both_the_students_wins_and_the_courses_is_shown_once():
    given, mine = book("a", "b"), book("a", cell("b", "mine"))
    new = book("a", cell("b", "x = '```'"))
    result, fates = merge_notebooks.merge(given, mine, new)
    own, mark = result["cells"][1:]
    assert (own["source"], mark["cell_type"], fates["both"]) == ("mine", "markdown", 1)
    assert mark["source"].endswith("````python\nx = '```'\n````")
    assert merge_notebooks.merge(given, result, new)[0] == result  # the memory was not written
    assert merge_notebooks.merge(new, result, new)[0] == result
    third, _ = merge_notebooks.merge(new, result, book("a", cell("b", "third")))
    assert [one["source"] for one in third["cells"]][1] == "mine"
    assert len(third["cells"]) == 3  # the untouched mark is replaced
    assert "third" in third["cells"][2]["source"]


def test_a_mark_that_the_student_wrote_in_stays_and_a_deleted_one_does_not_come_back():
    given, new = book("b"), book(cell("b", "second"))
    result, _ = merge_notebooks.merge(given, book(cell("b", "mine")), new)
    result["cells"][1]["source"] += "\nmy words"
    assert merge_notebooks.merge(given, result, new)[0] == result  # the memory was not written
    third = book(cell("b", "third"))
    sources, fates = merged(new, result, third)
    assert sources[0] == "mine"
    assert "third" in sources[1]
    assert sources[2].endswith("my words")
    deleted = book(cell("b", "mine"))
    assert merged(new, deleted, new)[0] == ["mine"]


def test_a_markdown_cell_changed_by_both_is_shown_as_text_with_its_pictures():
    def text(words, **more):
        return book(new_markdown_cell(words, id="t", **more))

    picture = {"a.png": {"image/png": "aGk="}}
    result, _ = merge_notebooks.merge(text("one"), text("mine"), text("two", attachments=picture))
    assert result["cells"][1]["source"] == merge_notebooks.SAID + "two"
    assert result["cells"][1]["attachments"] == picture


def test_an_answer_is_known_by_its_exercise():
    given = book(answer("old", "...", "e"))
    mine = book(answer("old", "42", "e"))
    result, fates = merge_notebooks.merge(given, mine, book("a", answer("new", "...", "e")))
    assert [one["source"] for one in result["cells"]] == ["a", "42"]
    assert result["cells"][1]["id"] == "new"
    assert fates["answers"] == 1


def test_an_answer_that_was_copied_stays_twice():
    given = book(answer("b", "...", "e"))
    mine = book(answer("x", "first try", "e"), answer("b", "42", "e"))
    assert merged(given, mine, given)[0] == ["first try", "42"]


@pytest.mark.parametrize("given", [None, book("a", "b", answer("c", "...", "e"))])
def test_cells_without_ids_are_known_by_their_words(given):
    mine = book("a", "b", answer("c", "42", "e"), cell("x", "own"))
    mine["nbformat_minor"] = 4
    for one in mine["cells"]:
        del one["id"]
    new = book("a", "n", "b", answer("c", "...", "e"))
    assert merged(given, mine, new)[0] == ["a", "n", "b", "42", "own"]


def test_new_ids_for_the_same_words_change_nothing():
    sources, fates = merged(book("a"), book("a"), book(cell("z", "a")))
    assert (sources, fates) == (["a"], {"same": 1})


def test_outputs_stay_while_the_source_does():
    run = {"outputs": [new_output("stream", text="hi")], "execution_count": 3}
    mine = book(cell("a", **run), cell("b", **run), cell("x", **run))
    result, _ = merge_notebooks.merge(book("a", "b"), mine, book("a", cell("b", "B")))
    kept, changed, own = result["cells"]
    assert (kept["outputs"], kept["execution_count"]) == (run["outputs"], 3)
    assert (changed["outputs"], changed["execution_count"]) == ([], None)
    assert own["outputs"] == run["outputs"]


def test_metadata_follows_the_course_where_it_changed_them():
    given = book(cell("a", metadata={"tags": ["one"], "old": 1, "same": 1}))
    mine = book(cell("a", metadata={"tags": ["one"], "old": 1, "same": 2, "scrolled": True}))
    new = book(cell("a", metadata={"tags": ["two"], "same": 1}))
    result, _ = merge_notebooks.merge(given, mine, new)
    assert result["cells"][0]["metadata"] == {"tags": ["two"], "same": 2, "scrolled": True}


def test_lines_and_text_are_the_same_words():
    mine = book(cell("a", "x\ny"))
    mine["cells"][0]["source"] = ["x\n", "y"]
    lesson = book(cell("a", "x\ny"))
    assert merge_notebooks.merge(lesson, mine, lesson)[0] == mine


def test_if_it_is_not_known_what_was_given_all_that_differs_is_the_students():
    mine = book("a", cell("b", "mine"), answer("c", "42", "e"), cell("x", "own"))
    new = book("a", "b", answer("c", "...", "e"), "d")
    sources, fates = merged(None, mine, new)
    assert [sources[0], sources[1], *sources[3:]] == ["a", "mine", "42", "own", "d"]
    assert sources[2].startswith(merge_notebooks.SAID)
    assert (fates["answers"], fates["both"]) == (1, 1)


names = st.lists(st.sampled_from("abcdefgh"), unique=True)
versions = st.lists(st.sampled_from(["", "1", "2"]), min_size=8, max_size=8)


def varied(order, words):
    return book(*(cell(name, name + words["abcdefgh".index(name)]) for name in order))


@for_all(names, names, names, versions, versions, versions, st.booleans())
def test_no_word_of_the_student_is_ever_lost(one, two, three, first, second, third, known):
    given, mine, new = varied(one, first), varied(two, second), varied(three, third)
    mine["cells"].append(cell("own"))
    sources, _ = merged(given if known else None, mine, new)
    given_sources = {merge_notebooks.text(one) for one in given["cells"]} if known else set()
    theirs = [merge_notebooks.text(one) for one in mine["cells"]]
    assert {one for one in theirs if one not in given_sources} <= set(sources)
    result, _ = merge_notebooks.merge(given if known else None, mine, new)
    assert (
        merge_notebooks.merge(new, result, new)[0] == result
    )  # what was brought is not brought again
