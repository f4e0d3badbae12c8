"""A gunicorn worker of threads that no slow client can occupy.

gunicorn's own gives a connection to a thread at its first byte, and the thread then waits for the
rest without an end. This one collects a request in its main loop, where waiting costs nothing, and
gives it to a thread when the whole of it is there: 50 clients that send half a request take no
thread. Only what does not fit into memory, such as an upload, is received by the thread itself, and
has a deadline. A proxy in front that buffers requests does the same, and more.
"""

import contextlib
import errno
import re
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers import gthread

# How many seconds a client has: from the first byte of its request to the last, for the rest of a
# large body, and to take the answer.
REQUEST_SECONDS = 5.0
BODY_SECONDS = 20.0
ANSWER_SECONDS = 10.0
# Bytes of one request that the main loop keeps; with 1,000 connections that is 64 MB.
KEPT = 65_536

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,12})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r\n]*chunked", re.IGNORECASE)
_LAST_CHUNK = re.compile(rb"(?:\A|\r\n)0+(?:;[^\r\n]*)?\r\n(?:[^\r\n]+\r\n)*\r\n\Z")
_WAITS_TO_BE_ASKED = re.compile(
    rb"\A[^\r\n]* HTTP/1\.1\r\n(?:[^\r\n]+\r\n)*expect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE
)


def is_complete(received: bytes) -> bool:
    """Whether a thread is to take over a request of which these bytes have come.

    It is, once the request is whole, or will be too large for the main loop to keep. What the
    request means, and whether it is valid, is for gunicorn's parser.
    """
    head, end, body = received.partition(b"\r\n\r\n")
    if not end:
        return len(received) >= KEPT
    head += b"\r\n"
    if _CHUNKED.search(head):
        return bool(_LAST_CHUNK.search(body)) or len(received) >= KEPT
    length = _LENGTH.search(head)
    wanted = int(length[1]) if length else 0
    return len(body) >= wanted or len(head) + wanted > KEPT


def waits_to_be_asked(received: bytes) -> bool:
    """Whether the client has sent the headers, and sends the body once it is asked to."""
    head, end, body = received.partition(b"\r\n\r\n")
    return bool(end) and not body and bool(_WAITS_TO_BE_ASKED.match(head + b"\r\n"))


class _Unreader(SocketUnreader):
    """Reads from the socket until a moment, which each request sets anew."""

    until = 0.0

    def chunk(self, size_hint: int | None = None) -> bytes:
        # At the deadline it still takes the bytes that have come, and waits for no more.
        self.sock.settimeout(max(self.until - time.monotonic(), 0.001))
        try:
            return super().chunk(size_hint)
        except TimeoutError as slow:
            raise ConnectionResetError(errno.ECONNRESET, "the client was too slow") from slow
        finally:
            self.sock.settimeout(ANSWER_SECONDS)


class _Connection(gthread.TConn):
    """A connection, and what it has sent of its next request."""

    received = b""
    was_asked = False  # for the body that follows
    lingers = False

    def init(self) -> None:
        """Prepare the thread that serves a request: called before each."""
        super().init()
        self.sock.settimeout(ANSWER_SECONDS)
        if not isinstance(self.parser.unreader, _Unreader):
            self.parser.unreader = _Unreader(self.sock)
        unreader = self.parser.unreader
        unreader.until = time.monotonic() + BODY_SECONDS
        if self.received:
            unreader.unread(self.received)
            self.received, self.was_asked = b"", False

    def close(self, graceful: bool = False) -> None:
        """Close it at once; or gracefully: send no more, and let the worker close it later.

        The worker does so when the client has closed its side, or takes too long.
        """
        if graceful:
            self.lingers = True
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_WR)
        else:
            super().close()


class Worker(gthread.ThreadWorker):
    """gunicorn's worker of threads, which gives a thread a request only when it is complete."""

    # Connections that wait for their client, the oldest first.
    pending_conns: deque[_Connection]

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection, and wait for its request."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        self._collect(_Connection(self.cfg, client, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: _Connection, client: socket.socket) -> None:
        """A kept connection sends its next request."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._collect(conn)

    def finish_request(self, conn: _Connection, fs: Future[bool]) -> None:
        """Take back a connection once its request was answered.

        gunicorn's own waits here until the client hangs up, for two seconds at most, and serves no
        other client meanwhile. This one goes on, and closes the connection later.
        """
        super().finish_request(conn, fs)
        if conn.lingers:
            self.nr_conns += 1
            self._wait_for(conn, self._drain)

    def _collect(self, conn: _Connection) -> None:
        conn.data_ready = True  # no thread is to wait for it
        self._wait_for(conn, self._receive)

    def _wait_for(
        self, conn: _Connection, read: Callable[[_Connection, socket.socket], None]
    ) -> None:
        """Call `read` when the client sends or hangs up; hang up if that takes too long."""
        conn.timeout = time.monotonic() + REQUEST_SECONDS
        conn.sock.setblocking(False)
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(read, conn))

    def _drain(self, conn: _Connection, client: socket.socket) -> None:
        """Throw away what the client still sends after its last answer."""
        try:
            is_there = bool(client.recv(KEPT))
        except BlockingIOError:
            return
        except OSError:
            is_there = False
        if not is_there:
            self.poller.unregister(client)
            self.pending_conns.remove(conn)
            self.nr_conns -= 1
            conn.close()

    def _receive(self, conn: _Connection, client: socket.socket) -> None:
        try:
            piece = client.recv(KEPT)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        conn.received += piece
        if piece and not is_complete(conn.received):
            if not conn.was_asked and waits_to_be_asked(conn.received):
                conn.was_asked = True
                with contextlib.suppress(OSError):
                    client.send(b"HTTP/1.1 100 Continue\r\n\r\n")
            return
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        # A client that sends no more may still wait for an answer.
        if b"\r\n\r\n" in conn.received:
            self.enqueue_req(conn)
        else:  # the client has gone
            self.nr_conns -= 1
            conn.close()
