"""For teachers: who has done what, and lessons with and without answers."""
