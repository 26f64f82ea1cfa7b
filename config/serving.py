"""How Respite is served: the one command that `make run`, the tests and the bench all use.

Only the standard library here: `config/run.py` reads it before anything is installed.
"""

import sys


def server_command(port: int, host: str = "127.0.0.1", workers: int = 1, python: str = sys.executable) -> list[str]:
    """Give the command line of the web server: `workers` processes on one port."""
    return [
        python,
        *("-m", "granian"),
        *("--interface", "wsgi"),
        *("--host", host),
        *("--port", str(port)),
        *("--workers", str(workers)),
        # SQLite lets many read at once and one write: a few threads keep a slow writer from holding up readers.
        *("--blocking-threads", "4"),
        *("--workers-kill-timeout", "5"),
        *("--log-level", "warning"),
        "--no-ws",
        "config.wsgi:application",
    ]
