"""JupyterHub for a class: what each student's server is, on whatever machine it runs.

Who may log in, and what keeps students apart, is not said here: The Littlest JupyterHub and Zero
to JupyterHub have that ready, and load this file. docs/classroom.md has the steps.
"""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
c = get_config()  # noqa: F821, JupyterHub gives it

c.Spawner.cmd = [str(HERE / "start_lessons.sh")]
c.Spawner.notebook_dir = "~"
c.Spawner.default_url = "/lab/tree/my_lessons/00_start_here.ipynb"
c.Spawner.environment = {
    # An address for git: then each student has the course's files for themselves, and every start
    # of their server pulls. Without one all read the files that this one belongs to.
    "COURSE_ADDRESS": os.environ.get("COURSE_ADDRESS", ""),
    "COURSE_BRANCH": os.environ.get("COURSE_BRANCH", "main"),
    # A kernel that takes every core for a small product of matrices is in the way of 29 others.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    # Memory that a picture or a page needed for a moment goes back to the others.
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "65536",
    "MALLOC_MMAP_THRESHOLD_": "65536",
    "MALLOC_TOP_PAD_": "0",
}
c.Spawner.env_keep.append("NNLIB_DATA")

# A class comes within a minute: nobody is turned away, nobody's server is given up too soon.
c.JupyterHub.concurrent_spawn_limit = 40
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120
