#!/bin/sh
# What becomes a student's server: the course is pulled if each student has a copy of it, the
# student's own lessons are made or brought up to date, then JupyterLab starts.
set -eu
COURSE=$(cd "$(dirname "$0")/../.." && pwd)
SETTINGS=$COURSE/course:$COURSE/deploy/hub/server

if [ -n "${COURSE_ADDRESS:-}" ]; then
  # Without a network the lesson goes on with what was pulled before.
  gitpuller "$COURSE_ADDRESS" "${COURSE_BRANCH:-main}" "$HOME/course_files" ||
    echo "The course could not be pulled from $COURSE_ADDRESS." >&2
  COURSE=$HOME/course_files
fi

export PYTHONPATH="$COURSE${PYTHONPATH:+:$PYTHONPATH}"
export NNLIB_MY_LESSONS="$HOME/my_lessons"
# Kernels talk through files here, not through ports, which others on the machine could listen to.
# The folder's name is short, since the name of such a file may not be long.
export JUPYTER_RUNTIME_DIR="$HOME/.kernels"
export JUPYTER_CONFIG_PATH="$SETTINGS${JUPYTER_CONFIG_PATH:+:$JUPYTER_CONFIG_PATH}"
python -m course update || echo "The lessons could not be brought up to date." >&2
exec jupyterhub-singleuser "$@"
