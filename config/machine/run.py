"""`make run`: from a bare checkout to a served site, and an end that leaves nothing behind."""

import http.client
import json
import os
import socket

from config.machine import steps
from config.machine.children import Children, Ended
from config.machine.tools import VENV_PYTHON, Trouble, data_folder
from config.serving import server_command

HOST = "127.0.0.1"
STARTING = 60.0  # seconds


def run() -> None:
    """Prepare whatever is not ready, serve, and come back when told to end."""
    port = chosen_port()
    refuse_taken(port)
    steps.environment()
    steps.packages()
    steps.client()
    steps.content()
    serve(port)


def chosen_port() -> int:
    """Give the port that the environment names, 8000 if it names none."""
    named = os.environ.get("PORT") or "8000"
    if not (named.isascii() and named.isdigit() and 0 < int(named) < 65536):
        raise Trouble(f"PORT is {named!r}, which is no port: choose a number from 1 to 65535.")
    os.environ["PORT"] = named
    return int(named)


def refuse_taken(port: int) -> None:
    """Raise Trouble if somebody has this port, or we may not."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise Trouble(f"Port {port} is for the system's own services: choose one above 1023 with PORT=.") from None
        except OSError:
            raise Trouble(
                f"Port {port} is taken by another program: choose another, make run PORT={port + 1}."
            ) from None


def serve(port: int) -> None:
    """Run the web server and the scheduler until told to end; if one ends, so does the other."""
    children = Children()
    try:
        children.start("web server", server_command(port, host=HOST, python=str(VENV_PYTHON)))
        children.wait_until(
            lambda: is_ready(port), STARTING, f"The web server did not answer on port {port} within {STARTING:g} s."
        )
        # Only now, so that two starts of Django do not slow each other down.
        children.start("scheduler", [str(VENV_PYTHON), "manage.py", "scheduler"])
        welcome(port)
        children.watch()
    except Ended:
        steps.say("\nStopped.")
    finally:
        children.end()


def is_ready(port: int) -> bool:
    """Say whether the web server can do its work."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def welcome(port: int) -> None:
    """Print where to read, where to edit, and who may."""
    lines = ["", f"  Read   http://{HOST}:{port}/", f"  Edit   http://{HOST}:{port}/admin/"]
    try:
        # What `manage.py demo logins` prints, without the seconds that starting Django once more takes.
        logins: dict[str, str] = json.loads((data_folder() / "demo-logins").read_text("utf-8"))
    except (OSError, ValueError):
        logins = {}
    if logins:
        width = max(map(len, logins)) + 2
        lines += ["", "  Demo log-ins of this machine:"]
        lines += [f"    {email:<{width}}{password}" for email, password in logins.items()]
    steps.say("\n".join([*lines, "", "  Ctrl-C ends it.", ""]))
