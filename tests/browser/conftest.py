"""JupyterLab as `python -m course` starts it, and Chromium to look at it."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager, suppress

import nbformat
import psutil
import pytest

from course.paths import ROOT
from tests.course.pictures import has_picture
from tools.store_notebooks import lessons

KEPT = ROOT / "build" / "browser"  # what pages of failed tests looked like
LONGEST = 750  # seconds, five times what the longest test takes, and before the limit of all tests
ALL_PICTURES = "all_pictures.ipynb"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure():
    """What an earlier run has kept goes; no test runs yet, in no worker."""
    shutil.rmtree(KEPT, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item, nextitem):
    """No test waits for ever for its page, as one did once: it fails, and so do the next ones."""
    with no_longer_than(LONGEST):
        return (yield)


@contextmanager
def no_longer_than(seconds):
    """Kill the browsers of this process after that time, so that whoever waits for one is told.

    Playwright waits without an end for a script in a page, and for what mouse and fingers do.
    """
    timer = threading.Timer(seconds, kill_browsers)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def kill_browsers():
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if "chrom" in process.name():
                process.kill()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Keep the pages that are open when a test fails."""
    report = yield
    if report.failed and "browser" in item.funcargs:
        folder = KEPT / re.sub(r"[^\w.-]+", "_", item.nodeid.split("browser/")[-1])
        keep_pages(item.funcargs["browser"], folder)
    return report


def keep_pages(browser, folder):
    """Write picture, HTML and console of every open page into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = [page for context in browser.contexts for page in context.pages]
    for number, page in enumerate(pages):
        with suppress(Exception):  # a page that has crashed has no picture, and the next one may
            page.screenshot(path=folder / f"{number}.png", timeout=20_000)
            (folder / f"{number}.html").write_text(page.content(), encoding="utf-8")
        said = [f"{page.url}", *getattr(page, "said", [])]
        (folder / f"{number}.txt").write_text("\n".join(said), encoding="utf-8")


def listen(page):
    """Note in `page.said` what a page writes to its console."""
    page.said = []
    page.on("console", lambda message: page.said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: page.said.append(f"uncaught: {error}"))


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


def all_pictures():
    """A notebook with the stored outputs of all lessons that hold pictures, in order."""
    notebooks = [nbformat.read(path, as_version=4) for path in lessons()]
    found = [
        nbformat.v4.new_code_cell("pass", outputs=[output], execution_count=1)
        for cell in sum((notebook.cells for notebook in notebooks), [])
        for output in cell.get("outputs", [])
        if has_picture(output.get("data", {}))
    ]
    for cell in found:
        for output in cell.outputs:
            output.pop("execution_count", None)
            output.update(output_type="display_data")
    return nbformat.v4.new_notebook(cells=found)


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


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The address of JupyterLab on a student's new copy of the lessons."""
    with students_server(tmp_path_factory.mktemp("student")) as url:
        yield url


@contextmanager
def students_server(folder):
    """JupyterLab on a student's new copy of the lessons, with all stored pictures beside it.

    folder: an empty one for copy, settings and log.
    """
    (folder / "my_lessons").mkdir()
    nbformat.write(all_pictures(), folder / "my_lessons" / ALL_PICTURES)
    settings = folder / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)  # the whole page is built, not only the cells in view
    whole = json.dumps({"windowingMode": "none"})
    (settings / "tracker.jupyterlab-settings").write_text(whole)
    port = free_port()
    arguments = ["--no-browser", f"--port={port}", "--IdentityProvider.token=test"]
    private = {
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "NNLIB_MY_LESSONS": str(folder / "my_lessons"),
        "NNLIB_PROGRESS": "",
        "NNLIB_DATA": "",  # the small set: the page is what is tested
        "PYTHONPATH": str(ROOT),
    }
    log = (folder / "server.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "course", *arguments, "--ServerApp.port_retries=0"],
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
        assert process.poll() is None, (folder / "server.log").read_text()
        yield url
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
        log.close()


@pytest.fixture(scope="session")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = chromium()
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def axe_faults(page, parts):
    """What axe finds in the parts of a page: (rule, element) of each.

    parts: a CSS selector.
    """
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe installed")
    options = {"resultTypes": ["violations"]}
    found = axe.Axe().run(page, context={"include": [parts]}, options=options)
    faults = found.response["violations"]
    return [(one["id"], node["html"][:200]) for one in faults for node in one["nodes"]]


@contextmanager
def page_of_cells(server, browser, name, sources, prepare=None, **options):
    """JupyterLab on a new notebook of these cells, none of them run yet.

    prepare: called with the page before it is loaded.  options: of the browser's context.
    """
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    content = json.loads(nbformat.writes(notebook))
    request = urllib.request.Request(
        f"{server}/api/contents/{name}?token=test",
        data=json.dumps({"type": "notebook", "format": "json", "content": content}).encode(),
        headers={"Content-Type": "application/json"},
        method="PUT",
    )
    assert urllib.request.urlopen(request, timeout=20).status in (200, 201)
    context = browser.new_context(viewport={"width": 1366, "height": 768}, **options)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server)
    page = context.new_page()
    listen(page)
    page.set_default_timeout(60_000)
    if prepare:
        prepare(page)
    page.goto(f"{server}/lab/tree/{name}?token=test&reset")
    page.locator(".jp-Toolbar-kernelName", has_text="ipykernel").first.wait_for()
    yield page
    context.close()


@pytest.fixture
def open_lesson(server, browser):
    """A function that opens a lesson, such as "07_training_mnist.ipynb", and returns the page."""
    pages = []

    def opened(name):
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        pages.append(page)
        listen(page)
        page.set_default_timeout(60_000)
        page.goto(f"{server}/lab/tree/{name}?token=test&reset")
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        return page

    yield opened
    for page in pages:
        page.close()
