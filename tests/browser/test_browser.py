"""Lesson 07 as a student sees it: JupyterLab in Chromium, run, slider moved by keyboard."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from course.paths import LESSONS, ROOT

LESSON = "07_training_mnist.ipynb"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The picture of the training lab: the image below the slider named eta.
LAB_IMAGE = ".jp-OutputArea-output:has(.noUi-handle) img"


def chromium():
    """Path of the browser; without one the test is skipped, or fails where it is required."""
    names = "chromium", "chromium-browser", "google-chrome"
    found = next((path for path in map(shutil.which, names) if path), None)
    if found is None:
        reason = "no Chromium on this machine: install it to run the browser tests"
        if os.environ.get("NNLIB_REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, seconds, what):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := condition():
            return result
        time.sleep(0.2)
    pytest.fail(f"after {seconds} s: {what}")


def answers(url):
    try:
        return urllib.request.urlopen(url, timeout=2).status == 200
    except OSError:
        return False


@pytest.fixture
def server(tmp_path):
    """JupyterLab as `python -m nnlib` starts it, on a copy of the lesson."""
    (tmp_path / "notebooks").mkdir()
    shutil.copy(LESSONS / LESSON, tmp_path / "notebooks")
    port = free_port()
    arguments = [
        "--no-browser",
        f"--port={port}",
        "--IdentityProvider.token=test",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={tmp_path}",
    ]
    private = {
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        "PYTHONPATH": str(ROOT),
        "NNLIB_DATA": "",  # the small set: the page is what is tested
    }
    log = (tmp_path / "server.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "nnlib", *arguments],
        env=os.environ | private,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(
            lambda: process.poll() is not None or answers(f"{url}/api/status?token=test"),
            60,
            "JupyterLab did not start",
        )
        assert process.poll() is None, (tmp_path / "server.log").read_text()
        yield url
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
        log.close()


@pytest.fixture
def page(server):
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    browser_path = chromium()
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(60_000)
        page.goto(f"{server}/lab/tree/notebooks/{LESSON}?token=test&reset")
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        yield page
        browser.close()


def run_cells_until_the_lab(page):
    """Click into the cell of the lab, run all above and the cell itself."""
    page.get_by_text("Python 3 (ipykernel)").first.wait_for()
    lab_cell = page.locator(".jp-CodeCell", has_text="TrainingLab(data)").last
    reach(page, lab_cell)
    lab_cell.locator(".jp-Editor").click()
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
    page.get_by_text("Run All Above Selected Cell", exact=True).click()
    page.keyboard.press("Escape")
    lab_cell.locator(".jp-Editor").click()
    page.keyboard.press("Shift+Enter")


def reach(page, locator):
    """Scroll down until the element exists: JupyterLab builds only the cells in view."""
    panel = page.locator(".jp-WindowedPanel-outer")
    for _ in range(60):
        if locator.count():
            locator.scroll_into_view_if_needed()
            return
        panel.evaluate("panel => panel.scrollBy(0, 600)")
        page.wait_for_timeout(150)
    pytest.fail("the element was never on the page")


def test_slider_moved_by_keyboard_changes_the_picture(page):
    run_cells_until_the_lab(page)
    page.wait_for_selector(LAB_IMAGE, timeout=600_000, state="attached")
    image, status = page.locator(LAB_IMAGE).first, page.locator('[role="status"]').first
    handle = page.locator(".jp-OutputArea-output .noUi-handle").first
    before, said = image.get_attribute("src"), status.inner_text()
    assert "eta 3," in said
    handle.focus()
    page.keyboard.press("ArrowRight")
    wait_for(lambda: "eta 5," in status.inner_text(), 30, "the sentence did not follow the slider")
    assert image.get_attribute("src") != before
    assert image.evaluate("image => image.complete && image.naturalWidth") > 1000
    assert "accuracy" in status.inner_text()
