"""What pages and workers hold in mind, as the browser's developer tools count it."""

import json
from typing import Any

from playwright.sync_api import Browser, CDPSession

from tests.server import eventually

COLLECT, USAGE = "HeapProfiler.collectGarbage", "Runtime.getHeapUsage"


def page_heap(session: CDPSession) -> float:
    """Give the bytes of objects in use on a page after a collection."""
    session.send(COLLECT)
    return float(session.send(USAGE)["usedSize"])


class WorkerHeap:
    """A worker's heap, asked for through a session that leads to the worker."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session
        self._worker = ""
        self._answers: list[Any] = []
        session.on("Target.attachedToTarget", self._attached)
        session.on("Target.receivedMessageFromTarget", lambda event: self._answers.append(json.loads(event["message"])))

    @classmethod
    def of_page(cls, session: CDPSession) -> "WorkerHeap":
        """Give the heap of the dedicated worker that a page starts next."""
        heap = cls(session)
        session.send("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False})
        return heap

    @classmethod
    def of_service_worker(cls, browser: Browser) -> "WorkerHeap":
        """Give the heap of the service worker that runs. Only the browser as a whole leads to it."""
        session = browser.new_browser_cdp_session()
        heap = cls(session)
        running = [one for one in session.send("Target.getTargets")["targetInfos"] if one["type"] == "service_worker"]
        assert running, "no service worker runs"
        session.send("Target.attachToTarget", {"targetId": running[-1]["targetId"], "flatten": False})
        return heap

    def used(self) -> float:
        """Give the bytes in use after a collection: objects, and what typed arrays stand on."""
        assert self._worker, "the browser names no worker"
        self._answers.clear()
        for number, method in enumerate((COLLECT, USAGE), start=1):
            message = json.dumps({"id": number, "method": method})
            self._session.send("Target.sendMessageToTarget", {"sessionId": self._worker, "message": message})
            eventually(lambda number=number: self._answer(number), 30, f"{method} is answered")
        result = self._answer(2)["result"]
        return float(result["usedSize"]) + float(result.get("backingStorageSize", 0))

    def _attached(self, event: Any) -> None:
        self._worker = event["sessionId"]

    def _answer(self, number: int) -> Any:
        # Whatever is asked of the browser lets the events come in.
        self._session.send("Target.getTargetInfo")
        return next((answer for answer in self._answers if answer.get("id") == number), None)
