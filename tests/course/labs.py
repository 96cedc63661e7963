"""One lab for many tests: making it takes longer than most tests."""


def as_at_first(lab):
    """The lab with every control set back to what a reader sees first."""
    at_first = {name: control.value for name, control in lab.controls.items()}
    for name, value in vars(lab).setdefault("first_settings", at_first).items():
        lab.controls[name].value = value
    return lab
