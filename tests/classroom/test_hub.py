"""Students on a real hub: each with lessons, progress and files of their own.

The hub runs here, with its proxy, on the loopback address. NNLIB_HUB_PYTHON names a Python with
deploy/hub/requirements.txt; without it, or without the proxy, these tests are skipped, and fail
where NNLIB_REQUIRE_HUB is set.
"""

import json
import os
import subprocess
import time
from contextlib import contextmanager

import nbformat
import psutil
import pytest
import requests

from benchmarks import hub, student
from course.paths import ROOT

LESSON = "01_perceptron.ipynb"
PYTHON = os.environ.get(hub.NAMED)
MINE = "# mine: a perceptron is a line"


@pytest.fixture(scope="module", autouse=True)
def _is_there():
    if problem := hub.missing(PYTHON):
        fail = pytest.fail if os.environ.get("NNLIB_REQUIRE_HUB") else pytest.skip
        fail(problem)


@pytest.fixture(scope="module")
def shared():
    """A hub whose students read one folder of the course."""
    with hub.running(PYTHON) as running:
        yield running


def enter(running, name):
    """A student who has logged in and opened the lesson; the kernel runs."""
    session = student.log_in(running.address, name)
    one = student.Student(f"{running.address}user/{name}/", session)
    one.open(f"my_lessons/{LESSON}")
    one.start_kernel()
    return one


@contextmanager
def entered(running, name):
    one = enter(running, name)
    yield one
    one.close()


def printed(one, source):
    """What a cell prints; it must not fail."""
    *messages, reply = one.run(source)
    assert reply["content"]["status"] == "ok", reply["content"]
    streams = [message for message in messages if message["header"]["msg_type"] == "stream"]
    return "".join(message["content"]["text"] for message in streams)


def path_of(one):
    return f"api/contents/my_lessons/{LESSON}"


def write_a_line(one):
    """The student adds a cell of their own and saves."""
    model = one.get(f"{path_of(one)}?type=notebook&content=1").json()
    model["content"]["cells"].insert(3, nbformat.v4.new_code_cell(MINE))
    words = {"type": "notebook", "format": "json", "content": model["content"]}
    one.send("PUT", path_of(one), words)


def has_the_line(one):
    cells = one.get(f"{path_of(one)}?type=notebook&content=1").json()["content"]["cells"]
    return MINE in [cell["source"] for cell in cells]


def restart(running, one, name):
    """Stop the student's server, as *Stop My Server* on the hub's own page does."""
    token = {"X-XSRFToken": one.session.cookies.get("_xsrf", path="/hub/")}
    address = f"{running.address}hub/api/users/{name}"
    one.close()
    one.session.delete(f"{address}/server", headers=token, timeout=30).raise_for_status()
    end = time.monotonic() + 30
    while one.session.get(address, headers=token, timeout=30).json()["servers"]:
        assert time.monotonic() < end, "the server did not stop"
        time.sleep(0.2)


def test_lessons_and_progress_outlive_the_server(shared):
    with entered(shared, "ada") as ada:
        printed(ada, "from course.lesson01 import questions")
        printed(ada, "questions.threshold.check(7)")
        write_a_line(ada)
        restart(shared, ada, "ada")
    kept = json.loads((shared.home("ada") / "my_lessons" / "my_progress.json").read_text())
    assert kept["exercises"]["01-threshold"]["state"] == "done"
    with entered(shared, "ada") as ada:
        assert has_the_line(ada)
        first = "from course.ask import record; print(record.read()[0]['01-threshold']['state'])"
        assert printed(ada, first).strip() == "done"


def test_no_student_sees_anothers_server(shared):
    with entered(shared, "ada"), entered(shared, "bob") as bob:
        assert not has_the_line(bob)
        theirs = f"{shared.address}user/ada/{path_of(bob)}"
        assert bob.session.get(theirs, timeout=30).status_code in (403, 404)
        assert requests.get(theirs, timeout=30).status_code in (403, 404)
        way = "from ipykernel.connect import get_connection_info as told; print(told())"
        assert '"ipc"' in printed(bob, way), "others on the machine could listen to a port"
        with pytest.raises(requests.HTTPError):  # above the home folder there is nothing
            bob.get("api/contents/..%2Fada%2Fmy_lessons")


def test_no_student_reads_anothers_files_or_writes_to_the_course(shared):
    with entered(shared, "ada"), entered(shared, "bob") as bob:
        if printed(bob, "import os; print(os.getuid())").strip() == str(os.getuid()):
            pytest.skip("students are users of their own only where root starts the hub")
        reads = f"print(os.access({str(shared.home('ada') / 'my_lessons')!r}, os.R_OK))"
        assert printed(bob, reads).strip() == "False"
        writes = f"print(os.access({str(ROOT / 'notebooks')!r}, os.W_OK))"
        assert printed(bob, writes).strip() == "False"
        assert printed(bob, "import course; print(course.__file__)").startswith(str(ROOT))


def git(folder, *words):
    who = ["-c", "user.name=A teacher", "-c", "user.email=teacher@example.org"]
    subprocess.run(["git", "-C", folder, *who, *words], check=True, capture_output=True)


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """(folder, address) of a repository of the course that git serves on the loopback address."""
    folder = tmp_path_factory.mktemp("git") / "course"
    if not (ROOT / ".git").exists():
        pytest.skip("this copy of the course has no history, so that nobody can pull it")
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{ROOT}", folder], check=True)
    (port,) = hub.free_ports(1)
    words = ["--export-all", "--reuseaddr", f"--base-path={folder.parent}"]
    words += ["--listen=127.0.0.1", f"--port={port}"]
    process = subprocess.Popen(["git", "daemon", *words], stderr=subprocess.DEVNULL)
    yield folder, f"git://127.0.0.1:{port}/course"
    for one in [*psutil.Process(process.pid).children(), process]:
        one.kill()
    process.wait()


def pull(one, address):
    """What a link of nbgitpuller does: its page is there, and it pulls; the last that it says."""
    words = {"repo": address, "targetpath": "course_files", "urlpath": "lab/tree/my_lessons"}
    assert "course_files" in one.get(f"git-pull?{student.urlencode(words)}").text
    answer = one.get(f"git-pull/api?{student.urlencode(words)}").text
    return json.loads(answer.strip().rpartition("data: ")[2])["phase"]


def test_a_link_pulls_the_course_and_what_a_student_wrote_stays(repository):
    folder, address = repository
    branch = subprocess.check_output(["git", "-C", folder, "branch", "--show-current"], text=True)
    with (
        hub.running(PYTHON, COURSE_ADDRESS=address, COURSE_BRANCH=branch.strip()) as running,
        entered(running, "ada") as ada,
    ):
        files = running.home("ada") / "course_files"
        assert printed(ada, "import course; print(course.__file__)").startswith(str(files))
        write_a_line(ada)
        newer = folder / "notebooks" / LESSON
        newer.write_text(newer.read_text().replace("# 01 The", "# 01 newer: the", 1))
        git(folder, "commit", "-qam", "A newer lesson")
        assert pull(ada, address) == "finished"
        printed(ada, f"!cd {files} && python -m course update")
        assert "# 01 newer: the" in (running.home("ada") / "my_lessons" / LESSON).read_text()
        assert has_the_line(ada)
