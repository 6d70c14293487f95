"""One request and its answer: authorization, pace, retries, limits and the log line."""

import itertools
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import TypeVar
from urllib.parse import urlencode

import httpx
import msgspec

from wizard.api.answer import Answer
from wizard.api.faults import Unsent, from_answer, from_transport, is_unsent
from wizard.api.http.authorization import Auth, Authorization
from wizard.api.http.certificate_issuer import with_issuer
from wizard.api.http.decompression import decompressed
from wizard.api.http.limits import REFUSAL_MAX_BYTES
from wizard.api.http.pacing import CompanyPace
from wizard.api.http.paging import read_pages
from wizard.api.http.request import Request
from wizard.api.http.request_watchdog import RequestWatchdog, TimeLimitError
from wizard.api.http.retry import RetryPolicy
from wizard.api.http.transport import Transport, open_transport
from wizard.core.address import Origin, host_of
from wizard.core.problems import Code, Expected, Problem, Stopped, Unanswered
from wizard.core.progress import Report
from wizard.core.secret import Secret

log = logging.getLogger(__name__)

_T = TypeVar("_T")


class Exchange:
    """Requests to one platform with one pair of credentials. Blocking, so worker only; safe for many threads.

    Every method raises `Problem`, and `Stopped` soon after its `stop` is set; a write that was sent already is awaited,
    for one read time-out at the most. Pauses that a person would notice are reported as `Waiting`.
    """

    def __init__(
        self,
        origin: Origin,
        auth: Auth,
        *,
        transport: Transport | None = None,
        retry: RetryPolicy | None = None,
        pace: CompanyPace | None = None,
    ) -> None:
        self._origin = origin
        self._auth = auth
        self._transport = transport or open_transport(origin)
        self._retry = retry or RetryPolicy()
        self._pace = pace or CompanyPace()
        self._numbers = itertools.count(1)

    def close(self) -> None:
        """Close all connections; a request under way fails."""
        self._transport.client.close()

    def share_pace(self, pace: CompanyPace) -> None:
        """Keep this pace from the next request on, because the company is known now."""
        self._pace = pace

    def authorize(self, report: Report, stop: threading.Event) -> None:
        """Make sure that requests can be authorized."""
        self._authorization(report, stop)

    def send(self, request: Request, report: Report, stop: threading.Event) -> Answer:
        """The successful answer. A read is repeated while its problem is transient; a write is sent once.

        A write raises `Unanswered` whenever the platform may have done it, any other `Problem` if it surely has not.
        """
        return self._read(request, report, stop) if request.is_read else self._write(request, report, stop)

    def pages(
        self, request: Request, decoder: "msgspec.json.Decoder[list[_T]]", report: Report, stop: threading.Event
    ) -> Iterator[list[_T]]:
        """The items of each page of a list, read when it is asked for. Raises `Expected` on a list that never ends."""

        def read(path: str) -> Answer:
            return self._read(replace(request, path=path), report, stop)

        return read_pages(read, request.path, self._origin, decoder)

    def _read(self, request: Request, report: Report, stop: threading.Event) -> Answer:
        send = partial(self._send_once, stop=stop)

        def attempt() -> Answer:
            self._pace.reads.take(report, stop)  # raises Stopped too
            authorization = self._auth.authorize(send, stop)
            answer = self._exchange(request, authorization, stop)
            if answer.status == 401 and self._auth.renew(authorization):
                answer = self._exchange(request, self._auth.authorize(send, stop), stop)
            return self._expected(answer, request)

        return self._retry.run(attempt, report, stop)

    def _write(self, request: Request, report: Report, stop: threading.Event) -> Answer:
        authorization = self._authorization(report, stop)
        self._pace.writes.take(report, stop)
        try:
            answer = self._exchange(request, authorization, stop, awaits_sent=True)
        except Unsent:
            if stop.is_set():
                raise Stopped from None
            raise
        except Problem as problem:
            # Also if the person stopped in the middle of the answer.
            raise Unanswered(problem) from problem
        try:
            return self._expected(answer, request)
        except Problem as refusal:
            if refusal.code in (Code.INVALID_TOKEN, Code.INVALID_SCOPE):
                # A scope that is granted later comes with a new token only.
                self._auth.renew(authorization)
            if answer.is_refusal:
                raise
            raise Unanswered(refusal) from None

    def _authorization(self, report: Report, stop: threading.Event) -> Authorization:
        send = partial(self._send_once, stop=stop)
        return self._retry.run(lambda: self._auth.authorize(send, stop), report, stop)

    def _send_once(self, request: Request, authorization: Authorization, stop: threading.Event) -> Answer:
        # No retry: the caller retries.
        return self._expected(self._exchange(request, authorization, stop), request)

    def _expected(self, answer: Answer, request: Request) -> Answer:
        if answer.status not in request.expects:
            raise from_answer(answer, self._origin, request.scope)
        return answer

    def _exchange(
        self, request: Request, authorization: Authorization, stop: threading.Event, *, awaits_sent: bool = False
    ) -> Answer:
        """One answer of any status, and its log line. Raises `Unsent` if surely nothing was sent."""
        number, started_s = next(self._numbers), time.monotonic()
        times = self._transport.times
        watchdog = RequestWatchdog(
            stop, times.exchange_s, self._transport.sockets, grace_s=times.read_s, awaits_sent=awaits_sent
        )
        try:
            answer = watchdog.run(lambda: self._answer(request, authorization, watchdog))
        except TimeLimitError:
            problem: Problem = Expected(Code.TIMED_OUT, host=host_of(self._origin))
        except Problem as raised:
            problem = raised
        else:
            elapsed_ms = (time.monotonic() - started_s) * 1000
            log.info("#%d %s: %d in %.0f ms", number, request, answer.status, elapsed_ms)
            return answer
        log.info("#%d %s: %s", number, request, problem.code)
        raise Unsent(problem) if watchdog.is_surely_unsent else problem

    def _answer(self, request: Request, authorization: Authorization, watchdog: RequestWatchdog) -> Answer:
        """Send the request and read its answer; on the watchdog's thread."""
        client, route = self._transport.client, self._transport.route
        try:
            with closing(client.send(self._built(request, authorization, watchdog), stream=True)) as response:
                return replace(_read_whole(response, request, watchdog.stop), redact=authorization.redact)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, RuntimeError) as error:
            proxy = route.proxy.name if route.proxy else ""
            cause = from_transport(error, self._origin, proxy=proxy, has_proxy_script=route.has_script)
            problem = with_issuer(cause, self._origin, route)
            if is_unsent(error):
                problem = Unsent(problem)
        # Raise outside of `except`: the error knows the request, and the request knows the secrets.
        raise problem

    def _built(self, request: Request, authorization: Authorization, watchdog: RequestWatchdog) -> httpx.Request:
        """The request with its secrets, in a frame of its own, so that no traceback with local variables shows them."""
        url, headers, content = request.path, dict(authorization.headers), None
        if authorization.query:
            # Append to the text: HTTPX would encode the query that is there, and brackets must stay as they are.
            url += f"{'&' if '?' in url else '?'}{urlencode(authorization.query)}"
        if request.body is not None:
            headers["content-type"] = "application/json"
            content = msgspec.json.encode(request.body, enc_hook=_revealed)
        extensions = {"trace": watchdog.trace}
        return self._transport.client.build_request(
            request.method, url, headers=headers, content=content, extensions=extensions
        )


class _HiddenBytes(bytearray):
    """Bytes of an answer that no traceback prints: they can hold a token."""

    def __repr__(self) -> str:
        return "***"


def _revealed(value: object) -> str:
    """A secret in the body of the one request that needs it."""
    if isinstance(value, Secret):
        return value.reveal()
    raise TypeError


def _read_whole(response: httpx.Response, request: Request, stop: threading.Event) -> Answer:
    """The answer up to the limit of its size; of one that is no success, the beginning."""
    is_success = response.status_code in request.expects
    limit = request.max_bytes if is_success else REFUSAL_MAX_BYTES
    body = _HiddenBytes()
    for piece in decompressed(response):
        body += piece
        if len(body) > limit:
            break
        if stop.is_set():
            raise Stopped
    headers = response.headers
    answer = Answer(
        status=response.status_code,
        body=bytes(body[:limit]),
        content_type=headers.get("content-type", "").lower(),
        link=headers.get("link", ""),
        location=headers.get("location", ""),
        retry_after_s=_seconds(headers.get("retry-after", "")),
    )
    # The sign-in page of a network is better reported as what it is than by its size.
    if len(body) > limit and is_success and not answer.is_page:
        raise Expected(Code.ANSWER_TOO_LARGE, host=response.url.host)
    return answer


def _seconds(text: str) -> float | None:
    return float(text) if text.isdecimal() and text.isascii() and len(text) < 6 else None
