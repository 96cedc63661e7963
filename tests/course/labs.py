"""Labs in tests: one for many of them, and what it computes."""

from nnlib import threads


def as_at_first(lab):
    """The lab with every control set back to what a reader sees first, and showing it."""
    if not hasattr(lab, "first_settings"):
        lab.first_settings = {name: control.value for name, control in lab.controls.items()}
        lab.first_state = lab.state
    for name, value in lab.first_settings.items():
        lab.controls[name].value = value
    if hasattr(lab, "job"):
        assert lab.job.wait(60)
    if lab.state is not lab.first_state:
        lab.show(lab.first_state)
    return lab


def computed(lab, **settings):
    """What a lab computes when it is moved: with one BLAS thread, to the last digit."""
    with threads.one_blas_thread():
        return lab.compute(**settings)
