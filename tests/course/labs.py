"""Labs in tests: one for many of them, and what it computes."""

from nnlib import threads


def as_at_first(lab):
    """The lab with every control set back to what a reader sees first."""
    at_first = {name: control.value for name, control in lab.controls.items()}
    for name, value in vars(lab).setdefault("first_settings", at_first).items():
        lab.controls[name].value = value
    return lab


def computed(lab, **settings):
    """What a lab computes when it is moved: with one BLAS thread, to the last digit."""
    with threads.one_blas_thread():
        return lab.compute(**settings)
