"""A slow connection in front of a server: so many bits a second towards the phone, and so long a way there and back.

A browser's developer tools can slow down a page, and not its worker; a connection slows down both.
"""

import asyncio
import threading
from contextlib import suppress
from types import TracebackType

CHUNK = 4096  # bytes: at 400 kbit/s the shortest moment of the line is 82 ms


class SlowLink:
    """Leads to a server of this machine; a context manager. It counts the bytes that went towards the phone."""

    def __init__(self, port: int, bits_per_second: float, round_trip: float) -> None:
        self._port = port
        self._bytes_per_second = bits_per_second / 8
        self._way = round_trip / 2
        self._free = 0.0
        self.bytes = 0
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        """The address of its near end."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "SlowLink":
        self._thread.start()
        opened = asyncio.run_coroutine_threadsafe(asyncio.start_server(self._join, "127.0.0.1", 0), self._loop)
        self._server = opened.result(10)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(2 * self._way)  # greeting a server takes a way there and back
        with suppress(OSError, asyncio.CancelledError):
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._port)
            ways = [self._carry(reader, far_writer, False), self._carry(far_reader, writer, True)]
            await asyncio.gather(*ways, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, is_slow: bool) -> None:
        """Carry bytes one way until its end: each is on its way for half a round trip, and the line has one lane."""
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)

        async def deliver() -> None:
            while True:
                due, data = await waiting.get()
                await asyncio.sleep(max(0.0, due - self._loop.time()))
                if not data:
                    return writer.close()
                writer.write(data)
                await writer.drain()

        delivering = asyncio.create_task(deliver())
        try:
            while data := await reader.read(CHUNK):
                sent = self._loop.time()
                if is_slow:
                    self.bytes += len(data)
                    self._free = sent = max(self._free, sent) + len(data) / self._bytes_per_second
                    await asyncio.sleep(max(0.0, sent - self._loop.time()))
                await waiting.put((sent + self._way, data))
            await waiting.put((self._loop.time() + self._way, b""))
            await delivering
        finally:
            delivering.cancel()
