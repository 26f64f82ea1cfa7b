"""A server that is killed under load and comes back at once, as often as it is told to.

Run as ``python -m tests.api.v1.dying_server``. It prints its port. For each line that it reads it kills the process that
serves (-9) and makes another that serves on the same port, and prints ``again``; at the end of its input it ends all.
"""

import os
import signal
import socket
import sys
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client


class Silent(WSGIRequestHandler):
    """Answers, and writes no log."""

    def log_message(self, format: str, *arguments: Any) -> None: ...

    def address_string(self) -> str:
        return "127.0.0.1"


class Serving(ThreadingMixIn, WSGIServer):
    """Serves each request in a thread of its own, on a socket that outlives it."""

    daemon_threads = True

    def __init__(self, listening: socket.socket, application: Any) -> None:
        super().__init__(listening.getsockname(), Silent, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.server_name, self.server_port = "127.0.0.1", listening.getsockname()[1]
        self.setup_environ()
        self.set_app(application)


def serving(listening: socket.socket, application: Any) -> int:
    """Make a process that serves; give its id."""
    child = os.fork()
    if child == 0:
        Serving(listening, application).serve_forever()
    return child


if __name__ == "__main__":
    django.setup()
    application = get_wsgi_application()
    # What a first request loads is loaded here, once, and not in each short life.
    Client(HTTP_HOST="127.0.0.1").post("/api/v1/contact/")
    connections.close_all()
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        print(listening.getsockname()[1], flush=True)
        child = serving(listening, application)
        for _line in sys.stdin:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            child = serving(listening, application)
            print("again", flush=True)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
