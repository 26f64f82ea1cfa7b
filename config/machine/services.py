"""What `make test-production` needs beside this project: a PostgreSQL and a Redis that answer."""

import os
import socket
from urllib.parse import urlsplit

from config.machine.tools import Trouble


def demand_services() -> None:
    """Raise Trouble, naming the one that is missing, unless both answer."""
    demand("PostgreSQL", "DATABASE_URL", 5432)
    demand("Redis", "REDIS_URL", 6379)


def demand(name: str, variable: str, usual_port: int) -> None:
    """Raise Trouble unless somebody listens at the address that this variable names."""
    parts = urlsplit(os.environ.get(variable, ""))
    host, port = parts.hostname or "", parts.port or usual_port
    try:
        socket.create_connection((host, port), timeout=3).close()
    except OSError:
        raise Trouble(
            f"{name} does not answer on {host or 'no address'}:{port}: start it, or name another one with {variable}."
        ) from None
