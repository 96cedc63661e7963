"""No test waits for ever: a page that does not answer is closed, and its test fails."""

import subprocess
import sys
import threading

import pytest

from course.paths import ROOT
from tests.browser.conftest import LONGEST, chromium

# In a process of its own, since all browsers of the process are closed.
WAITS = """
from playwright import sync_api
from tests.browser.conftest import FLAGS, chromium, no_longer_than
with sync_api.sync_playwright() as playwright:
    page = playwright.chromium.launch(executable_path=chromium(), args=FLAGS).new_page()
    try:
        with no_longer_than(1):
            page.evaluate("new Promise(() => {})")
    except sync_api.Error as error:
        print(error)
"""


def test_a_page_that_never_answers_is_closed():
    pytest.importorskip("playwright", reason="playwright is not installed")
    chromium()
    run = subprocess.run(
        [sys.executable, "-c", WAITS], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert "closed" in run.stdout, run.stderr


def test_every_test_of_pages_is_watched_and_ends_before_the_limit_of_all(request):
    timers = [one for one in threading.enumerate() if isinstance(one, threading.Timer)]
    running = [one.interval for one in timers if not one.finished.is_set()]
    assert running.count(LONGEST) == 1
    assert int(request.config.getini("timeout")) > LONGEST
