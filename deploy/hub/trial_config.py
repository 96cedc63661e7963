"""A hub to try out on this machine alone: any name logs in, without a password. Not for a class.

    jupyterhub --config deploy/hub/trial_config.py

TRIAL_FOLDER keeps the students' home folders. Started as root, with a Python and a course that
every user may read, each student is a user of the system of their own: they can read no other
student's folder, and cannot write to the course's. Otherwise all are you. The tests and
`benchmarks.classroom` use it.
"""

import os
import sys
from pathlib import Path

from jupyterhub.spawner import SimpleLocalProcessSpawner

c = get_config()  # noqa: F821, JupyterHub gives it
load_subconfig(str(Path(__file__).with_name("jupyterhub_config.py")))  # noqa: F821

FOLDER = Path(os.environ.get("TRIAL_FOLDER", "trial_hub")).resolve()
FIRST_USER = 20_000  # numbers of users that no system gives by itself
COURSE = Path(__file__).resolve().parents[2]
NEEDED = COURSE, Path(sys.prefix).resolve(), Path(sys.executable).resolve()
OPEN = all(one.stat().st_mode & 0o001 for path in NEEDED for one in [path, *path.parents])
SEPARATE = os.geteuid() == 0 and OPEN


class TrialSpawner(SimpleLocalProcessSpawner):
    """A process for each student, in a home folder of their own, without accounts."""

    def make_preexec_fn(self, name):
        """What the new process does before it becomes the student's server."""
        number, home = FIRST_USER + self.user.id, Path(self.home_dir)

        def become_student():
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            if SEPARATE:
                os.chown(home, number, number)
                os.setgroups([])
                os.setgid(number)
                os.setuid(number)
            os.chdir(home)

        return become_student


FOLDER.mkdir(exist_ok=True)
(FOLDER / "homes").mkdir(exist_ok=True)
c.JupyterHub.spawner_class = TrialSpawner
c.SimpleLocalProcessSpawner.home_dir_template = str(FOLDER / "homes" / "{username}")
if os.geteuid() == 0 and not SEPARATE:
    c.Spawner.args = ["--allow-root"]  # students are root then: for tests in a container
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.JupyterHub.db_url = f"sqlite:///{FOLDER / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(FOLDER / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(FOLDER / "proxy.pid")
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
