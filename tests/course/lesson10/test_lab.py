"""The labs with a pad: what is drawn is what is computed, and words where nothing can be read."""

import io

import ipywidgets as widgets
import numpy as np
import pytest
from PIL import Image

from course.lesson10 import clinic, written
from course.lesson10.collect_lab import CollectLab
from course.lesson10.collection import Collection
from course.lesson10.lab import NumberLab, StepsLab, best_of_each_place
from course.live.pad import paper
from nnlib.handwriting import normalise, read_digit, read_number, reader
from nnlib.neurons import sigmoid
from tests.course.labs import computed
from tests.course.pictures import same_pixels, stored_picture
from tests.speed import processor_seconds

TWELVE_MEGAPIXELS = (4000, 3000)


def on_paper(strokes, size, line_width):
    return np.array(paper.draw(strokes, size, line_width))


def png(gray, **options):
    file = io.BytesIO()
    Image.fromarray(gray).save(file, "PNG", **options)
    return file.getvalue()


SEVEN = on_paper(written.DIGIT_7, (224, 224), 14)
NUMBER = on_paper(written.NUMBER_504192, (760, 190), 12)
WRITE = "Write a digit, choose which it is, and keep it."


def moving(lab):
    """What the lab shows now."""
    return bytes(lab.picture.value)


@pytest.fixture
def digit():
    return StepsLab(written.DIGIT_7)


@pytest.fixture
def number():
    return NumberLab(written.NUMBER_504192)


@pytest.fixture
def collect(tmp_path):
    return CollectLab(tmp_path / "mine.npz")


@pytest.fixture(params=[StepsLab, NumberLab])
def empty(request):
    return request.param()


# a digit


def test_a_digit_shows_every_step_the_hidden_neurons_and_the_outputs(digit):
    state, x = digit.state, normalise(SEVEN).reshape(784, 1)
    np.testing.assert_array_equal(state["centered"].reshape(784, 1), x)
    np.testing.assert_allclose(state["outputs"], reader().feedforward(x)[:, 0], atol=1e-6)
    hidden = sigmoid(reader().weights[0] @ x + reader().biases[0])[:, 0]
    np.testing.assert_allclose(state["hidden"], hidden, atol=1e-6)
    steps = [picture.artists[0].get_array() for picture in digit._steps]
    assert [step.shape for step in steps[:2]] == [(224, 224)] * 2
    assert max(steps[3].shape) == 20
    np.testing.assert_array_equal(steps[4], state["centered"])
    assert steps[0][0, 0] == 0  # paper is light
    np.testing.assert_allclose(digit._hidden.artists[0].get_array().ravel(), hidden, atol=1e-6)


def test_the_sentence_says_what_is_read_and_what_comes_next(digit):
    outputs = digit.state["outputs"]
    second = np.argsort(outputs)[-2]
    assert digit.sentence == (
        f"Read as 7 (output {outputs[7]:.2f}); next {second} ({outputs[second]:.2f})."
    )
    assert digit.sentence in digit.caption.value


def test_each_stroke_and_each_change_of_the_pad_is_read_again(digit):
    before, first = moving(digit), digit.state["outputs"]
    digit.pad.line_width = 30
    assert not np.array_equal(digit.state["outputs"], first)
    digit.pad.clear()
    assert digit.sentence == "There is no ink on this sheet."
    digit.pad.draw(written.DIGIT_4_OPEN)
    assert digit.sentence.startswith("Read as 4 ")
    assert moving(digit) != before


@pytest.mark.parametrize("step", clinic.STEPS)
def test_a_step_left_out_is_left_out_of_what_the_network_sees(digit, step):
    before = moving(digit)
    digit.controls[step].value = True
    right = clinic.prepared(SEVEN, [step])
    np.testing.assert_array_equal(digit.state["centered"], right)
    assert digit.sentence.endswith(f"Left out: {step}.")
    assert moving(digit) != before
    digit.controls[step].value = False
    assert moving(digit) == before


def test_a_scribble_is_none_of_the_ten(digit):
    rng = np.random.default_rng(0)
    for _ in range(50):
        digit.pad.strokes = [(rng.random((30, 2)) * 200 + 12).tolist()]
        if digit.state["outputs"].max() < 0.5:
            break
    assert digit.sentence.startswith("None of these: no output is above 0.5. The highest is ")
    assert "; next" not in digit.sentence
    assert ", next " in digit.sentence


def test_an_empty_sheet_is_never_read(digit):
    digit.pad.clear()
    for step in clinic.STEPS:
        digit.controls[step].value = True
        assert digit.sentence == "There is no ink on this sheet."
        assert not digit.state["outputs"].any()


def test_two_steps_left_out_are_both_named(digit):
    digit.controls["crop"].value = digit.controls["center"].value = True
    assert digit.sentence.endswith("Left out: crop, center.")


def test_a_photo_of_a_digit_is_read(digit):
    digit.pad.photo = png((200 - SEVEN * 0.6).astype(np.uint8))  # light ink on darker paper
    assert digit.sentence.startswith("Read as 7 ")


def test_from_stroke_to_bars_little_processor_time(digit):
    strokes = [[[[x, 60], [x - 10, 160]]] for x in range(60, 160, 10)]
    adds = [lambda one=one: digit.pad.draw(one) for one in strokes]
    assert processor_seconds(adds) < 0.23


# a number


def test_a_number_shows_its_reading(number):
    state, right = number.state, read_number(NUMBER)
    assert state["reading"].text == right.text == "504192"
    assert state["reading"].boxes == right.boxes
    words = [text.get_text() for text in number._sheet.artists[4:]]
    wanted = [f"{digit}\n{c:.2f}" for digit, c in zip(right.text, right.confidences)]
    assert words[:7] == [*wanted, ""]


def test_the_sentence_names_the_least_sure_digit_and_counts(number):
    reading = number.state["reading"]
    k = int(np.argmin(reading.confidences))
    second, output = reading.runners_up[k]
    assert number.sentence == (
        f"Read as 504192; least sure of {reading.text[k]} ({reading.confidences[k]:.2f}, next "
        f"{second}: {output:.2f}). {len(reading.pieces)} pieces tried, {len(reading.cuts)} trial "
        "cuts."
    )


def test_the_cut_between_touching_digits_is_used_and_drawn_thick(number):
    used, reading = number.state["used"], number.state["reading"]
    assert used
    assert all(cut in reading.cuts for cut in used)
    _, boxes, cuts, thick = number._sheet.artists[:4]
    assert len(boxes.get_segments()) == 6
    assert len(cuts.get_segments()) == len(reading.cuts)
    assert len(thick.get_segments()) == len(used)
    assert thick.get_linewidths()[0] > cuts.get_linewidths()[0]
    columns = sorted((cut.top[1] + cut.bottom[1]) / 2 for cut in used)
    left, right = reading.boxes[2][1], reading.boxes[3][3]
    assert any(left < column < right for column in columns)


def test_digits_apart_need_no_cut(number):
    number.pad.strokes = written.number("10", (100, 30), gap=60)
    assert number.state["reading"].text == "10"
    assert number.state["used"] == []


def best_others(pieces, won, count):
    """Where the pieces are that did not win, but have the fewest better ones at their start."""
    better = {
        (one.start, one.stop): sum(
            rival.score > one.score for rival in pieces if rival.start == one.start
        )
        for one in pieces
    }
    return set(sorted(better.keys() - won, key=lambda place: (better[place], place))[:count])


def test_the_pieces_shown_are_the_best_of_each_place_with_the_winners_framed(number):
    reading, shown = number.state["reading"], number.state["shown"]
    assert len(shown) <= 24
    places = [(piece.start, piece.stop) for piece in shown]
    assert places == sorted(set(places))
    won = {(piece.start, piece.stop) for piece in reading.path}
    assert places == sorted(won | best_others(reading.pieces, won, 24 - len(won)))
    _, frames, *words = number._tiles.artists
    framed = [text for text in words if text.get_color() == "#0072B2"]
    assert "".join(text.get_text()[0] for text in framed) == "504192"
    assert len(frames.get_segments()) == len(shown)


def test_few_places_go_to_the_winners_and_then_to_the_best(number):
    reading = number.state["reading"]
    shown = best_of_each_place(reading.pieces, reading.path, 8)
    path = [(piece.start, piece.stop) for piece in reading.path]
    others = [piece for piece in shown if (piece.start, piece.stop) not in path]
    assert len(shown) == 8
    assert len(others) == 2
    for piece in others:
        rivals = [one for one in reading.pieces if one.start == piece.start]
        ranks = sorted(-one.score for one in rivals)
        assert -piece.score in ranks[:2]
    assert len(best_of_each_place(reading.pieces, reading.path, 1000)) == len(reading.pieces)


def test_an_unsure_digit_is_said(number):
    rng = np.random.default_rng(1)
    for _ in range(60):
        number.pad.strokes = [(rng.random((14, 2)) * (120, 150) + (30, 20)).tolist()]
        reading = number.state["reading"]
        if reading.text and min(reading.confidences) < 0.5:
            break
    assert number.sentence.endswith("no output is above 0.5.")
    assert "Not sure of" in number.sentence


def test_a_photo_of_a_number_is_read(number):
    light = np.linspace(0.9, 0.6, 760)
    number.pad.photo = png((light * (60 + 0.7 * NUMBER)).astype(np.uint8))
    assert number.state["reading"].text == "504192"


def test_a_number_takes_half_a_second(number):
    large = np.array(Image.fromarray(NUMBER).resize((1000, 300)))
    photos = [png(np.roll(large, shift, axis=1)) for shift in (0, 3, 6)]

    def show(photo):
        number.pad.photo = photo

    assert processor_seconds([lambda one=one: show(one) for one in photos]) < 0.92


# both


def test_an_empty_pad_says_so(empty):
    assert empty.sentence == "There is no ink on this sheet."
    empty.pad.draw([[[100, 100]]])
    assert empty.sentence
    empty.pad.clear()
    assert empty.sentence == "There is no ink on this sheet."


def test_what_cannot_be_read_is_said_in_words(empty):
    whole = png(np.random.default_rng(0).integers(0, 256, (300, 300), np.uint8))
    empty.pad.photo = whole[: len(whole) // 2]
    assert "is cut off or damaged" in empty.sentence
    assert empty.sentence in empty.caption.value.replace("&#x27;", "'")
    empty.pad.undo()
    assert empty.sentence == "There is no ink on this sheet."


@pytest.mark.parametrize(
    "gray",
    [
        np.zeros((50, 50), np.uint8),
        np.full((1, 1), 255, np.uint8),
        np.full(TWELVE_MEGAPIXELS, 200, np.uint8),
        np.full((1, 900), 100, np.uint8),
    ],
    ids=["black", "one pixel", "large", "one row"],
)
def test_a_photo_without_ink_is_an_empty_sheet(empty, gray):
    empty.pad.photo = png(gray)
    assert empty.sentence == "There is no ink on this sheet."


@pytest.mark.parametrize("name", ["digit", "number"])
def test_compute_depends_on_nothing_but_the_settings(name, request):
    lab = request.getfixturevalue(name)
    settings, state = lab.settings, lab.state
    lab.pad.clear()
    again = computed(lab, **settings)
    assert again.keys() == state.keys()
    for key in ("outputs", "hidden", "centered", "without", "ink"):
        if key in state:
            np.testing.assert_array_equal(again[key], state[key])


@pytest.mark.parametrize("name", ["digit", "number", "collect"])
def test_mime_bundle_has_picture_and_sentence(name, request):
    lab = request.getfixturevalue(name)
    bundle = lab._repr_mimebundle_()
    assert same_pixels(bundle, lab.picture.value)
    assert stored_picture(bundle)[0] == lab.sentence


# a class's digits


def keep(lab, name, label):
    lab.pad.draw(written.number([name], (60, 40), 140))
    lab.controls["label"].value = label
    lab.keep.click()


def test_a_digit_is_read_before_it_is_kept(collect):
    assert collect.sentence == f"{WRITE} None is kept yet."
    assert collect.keep.disabled
    assert collect.undo.disabled
    collect.pad.draw(written.DIGIT_7)
    confidence = read_digit(SEVEN).confidences[0]
    assert collect.sentence == f"Read as 7 ({confidence:.2f}). None is kept yet."
    assert collect.keep.disabled  # which digit it is has not been said
    collect.controls["label"].value = 7
    assert not collect.keep.disabled
    collect.keep.click()
    assert collect.controls["label"].value is None


def test_keep_adds_clears_the_pad_and_counts(collect):
    for name, label in (("7", 7), ("4, open", 4), ("4", 9)):
        keep(collect, name, label)
        assert collect.pad.strokes == []
    state = collect.state
    assert state["counts"].tolist() == [0, 0, 0, 0, 1, 0, 0, 1, 0, 1]
    assert state["right"].tolist() == [0, 0, 0, 0, 1, 0, 0, 1, 0, 0]
    assert collect.sentence.endswith("3 kept, 2 of them read right (66.7 %).")
    words = [text.get_text() for text in collect._tiles.artists[2:]]
    assert words[:4] == ["7", "4", "4 ✗", ""]
    assert len(Collection(collect.collection.path)) == 3


def test_undo_takes_out_the_last(collect):
    keep(collect, "7", 7)
    keep(collect, "1", 1)
    collect.undo.click()
    assert collect.state["counts"].sum() == 1
    collect.undo.click()
    assert collect.sentence.endswith("None is kept yet.")
    assert collect.undo.disabled


def test_a_photo_is_kept(collect):
    collect.pad.photo = png(SEVEN)
    collect.controls["label"].value = 7
    collect.keep.click()
    assert collect.pad.photo == b""
    assert collect.sentence.endswith("1 kept, 1 of them read right (100.0 %).")


def test_the_last_thirty_are_shown(collect):
    sheet = on_paper(written.DIGIT_7, (224, 224), 14)
    for _ in range(32):
        collect.collection.add(sheet, 7)
    collect.collection.add(on_paper(written.DIGIT_4_OPEN, (224, 224), 14), 4)
    collect.on_change()
    assert collect.state["images"].shape == (30, 28, 28)
    assert collect.state["labels"].tolist() == [7] * 29 + [4]
    assert collect.sentence.endswith("33 kept, 33 of them read right (100.0 %).")


def test_a_damaged_file_is_said_in_words_and_stays(collect):
    keep(collect, "7", 7)
    path = collect.collection.path
    path.write_bytes(path.read_bytes()[:-200])
    damaged = path.read_bytes()
    collect.pad.draw(written.DIGIT_7)
    assert "cut off, damaged" in collect.sentence
    collect.controls["label"].value = 7
    collect.keep.click()
    assert "cut off, damaged" in collect.sentence
    assert collect.pad.strokes  # nothing was kept, so it is still there
    assert path.read_bytes() == damaged
    path.unlink()
    collect.keep.click()
    assert collect.sentence == f"{WRITE} 1 kept, 1 of them read right (100.0 %)."


def test_a_folder_that_forbids_writing_is_said_in_words(collect, monkeypatch):
    def forbidden(*_):
        raise PermissionError("mine.npz could not be written: you may not write there.")

    with monkeypatch.context() as patch:
        patch.setattr("nnlib.storage.save_arrays", forbidden)
        keep(collect, "7", 7)
    assert collect.sentence.startswith("That was not possible: mine.npz could not be written")
    assert collect.pad.strokes
    collect.keep.click()
    assert collect.pad.strokes == []
    assert collect.sentence == f"{WRITE} 1 kept, 1 of them read right (100.0 %)."
    with monkeypatch.context() as patch:
        patch.setattr("nnlib.storage.save_arrays", forbidden)
        collect.undo.click()
    assert collect.sentence.startswith("That was not possible: mine.npz could not be written")
    collect.undo.click()
    assert collect.sentence == f"{WRITE} None is kept yet."


def test_a_scribble_is_said_to_be_none_of_the_ten(collect):
    rng = np.random.default_rng(0)
    for _ in range(50):
        collect.pad.strokes = [(rng.random((30, 2)) * 200 + 12).tolist()]
        if collect.state["reading"].confidences[0] < 0.5:
            break
    assert collect.sentence.startswith("Read as none of the ten digits.")


def test_every_control_is_on_the_page(digit, collect):
    for lab in (digit, collect):
        shown = [lab]
        for box in shown:
            shown += getattr(box, "children", ())
        assert all(control in shown for control in lab.controls.values())
        assert lab.pad in shown
    assert sum(isinstance(one, widgets.Button) for one in shown) == 2
