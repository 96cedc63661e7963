"""The controls that several labs have."""

import ipywidgets as widgets

from course.live import controls


def test_play_moves_its_slider_and_nothing_else(monkeypatch):
    linked = []
    monkeypatch.setattr(widgets, "jslink", lambda *ends: linked.append(ends))
    slider = widgets.IntSlider(3, 1, 9, step=2)
    player, style = controls.play(slider, 200)
    assert linked == [((player, "value"), (slider, "value"))]
    assert (player.min, player.max, player.step, player.value) == (1, 9, 2, 3)
    assert (player.interval, slider.play_every) == (200, 200)
    assert "prefers-reduced-motion" in style.value


def test_a_button_counts_how_often_it_was_pressed():
    button = controls.CountingButton(description="again")
    for pressed in (1, 2):
        button.click()
        assert button.value == pressed


def test_sliders_have_their_names_and_ends():
    found = {
        "eta": controls.eta([0.1, 0.5, 3.0], 0.5),
        "hidden size": controls.hidden_size(30),
        "epochs": controls.epochs(2, most=7),
        "seed": controls.seed(),
        "start": controls.start(),
    }
    assert {name: control.description for name, control in found.items()} == {n: n for n in found}
    assert found["eta"].options == (("0.1", 0.1), ("0.5", 0.5), ("3", 3.0))
    ends = [(one.min, one.max, one.value) for one in list(found.values())[1:4]]
    assert ends == [(0, 100, 30), (1, 7, 2), (0, 20, 0)]
    assert found["start"].options == ("gaussian", "scaled")
    assert not any(one.continuous_update for one in list(found.values())[:4])
