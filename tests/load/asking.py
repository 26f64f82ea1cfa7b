"""Asks a server over one kept connection, and reads what it cost."""

import http.client
import os
from dataclasses import dataclass
from pathlib import Path

from tests.server import Server

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Answer:
    """One answer as it came over the wire; header names in small letters, whatever the server writes."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def wire_bytes(self) -> int:
        """Its size with the headers, as HTTP/1.1 writes them."""
        head = sum(len(name) + len(value) + 4 for name, value in self.headers.items())
        return len("HTTP/1.1 200 OK\r\n\r\n") + head + len(self.body)


class Connection:
    """A kept connection to a server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a path the way a browser does, compression accepted; the body comes as it was sent."""
        sent = {"Accept-Encoding": "gzip, deflate, br", "Accept": "*/*"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request("GET", path, headers=sent)
        answer = self._connection.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())

    def microseconds(self, path: str, times: int, expected: int = 200, **headers: str) -> float:
        """Give the server's CPU time for one answer, in µs, over so many."""
        for _ in range(20):
            answer = self.get(path, **headers)
        if answer.status != expected:
            raise AssertionError(f"{path} answered {answer.status}, not {expected}")
        before = cpu_seconds(self.server)
        for _ in range(times):
            self.get(path, **headers)
        return (cpu_seconds(self.server) - before) / times * 1e6


def cpu_seconds(server: Server) -> float:
    """Give the CPU time that a server has used so far, all its processes together."""
    groups = {process.pid for process in server.processes}
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) in groups:
            total += int(fields[11]) + int(fields[12])
    return total / TICKS
