"""What Python imports by itself: kernels are watched, and commands where a test names places."""

import os

if "JPY_PARENT_PID" in os.environ or "WATCH_ALLOWED" in os.environ:
    import outside_watch

    outside_watch.start()
