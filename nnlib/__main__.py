"""`python -m nnlib` opens the lessons, as `python -m course` does."""

import runpy

if __name__ == "__main__":
    runpy.run_module("course", run_name="__main__", alter_sys=True)
