"""One lab for many tests: making it takes longer than most tests."""


def as_at_first(lab):
    """The lab with every control set back to what a reader sees first."""
    for name, value in vars(lab).setdefault("first_settings", lab.settings).items():
        lab.controls[name].value = value
    return lab
