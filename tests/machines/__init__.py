"""The course on other processors: every notebook and every test that trains, run again on each.

A processor adds in an order of its own, so the same seed trains other weights on it. OpenBLAS can
play older processors (OPENBLAS_CORETYPE); besides, starts are shaken by one part in 10^6. Over all
these runs the lessons must be green, and no assertion may hold by luck. See `python -m
tests.machines --help` and CONTRIBUTING.md.
"""
