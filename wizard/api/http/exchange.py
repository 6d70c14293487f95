"""One request and its answer: sign-in, retries, limits and the log line."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any, TypeVar

import httpx
import msgspec
import tenacity
from tenacity.wait import wait_base

from wizard.api.faults import Answer, from_answer, from_transport, is_surely_unsent
from wizard.api.http import pacing
from wizard.api.http.certificate_issuer import named
from wizard.api.http.decompression import pieces
from wizard.api.http.paging import ITEMS_LIMIT, LIST_LIMIT, PAGES_LIMIT, next_page
from wizard.api.http.redaction import Mask
from wizard.api.http.request_watchdog import Watch
from wizard.api.http.transport import (
    ANSWER_TIMEOUT_S,
    ONE_LIMIT,
    PAGE_LIMIT,
    READ_TIMEOUT_S,
    REFUSAL_LIMIT,
    open_http,
    route_of,
)
from wizard.api.v2.auth import TOKEN_PATH, TokenKeeper
from wizard.api.v2.models import TOKEN
from wizard.core.address import Origin
from wizard.core.curl import API_VERSION
from wizard.core.customers import Scope
from wizard.core.problems import Code, Expected, Problem, Stopped, Unanswered
from wizard.core.progress import Waiting
from wizard.core.secret import Secret

log = logging.getLogger(__name__)

_T = TypeVar("_T")

RETRIED = frozenset({Code.TOO_MANY_REQUESTS, Code.SERVER_FAILED, Code.TIMED_OUT, Code.NO_CONNECTION})
"""Troubles that pass by themselves; reads alone are repeated for them."""

_GOOD = (200, 201)

OnWait = Callable[[Waiting], None]
"""Told the seconds of each pause before a read is repeated; on the worker's thread."""


class Unsent(Expected):
    """A request that cannot have reached anyone, because there never was a connection."""

    def __init__(self, reason: Problem) -> None:
        super().__init__(reason.code, field=reason.field, detail=reason.detail, **reason.facts)


class Wire:
    """Requests to one platform with one pair of credentials; safe for many threads, blocking, never on the window's.

    Every method raises `Problem`, and `Stopped` soon after its `stop` is set: within one read time-out at the most.
    """

    def __init__(
        self,
        origin: Origin,
        client_id: str,
        secret: Secret,
        *,
        http: httpx.Client | None = None,
        attempts: int = 5,
        pause_s: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        watch: Watch | None = None,
    ) -> None:
        self.origin = origin
        self._watch = watch or Watch(ANSWER_TIMEOUT_S, READ_TIMEOUT_S)
        self.on_wait: OnWait = lambda _pause: None
        self._client_id = client_id
        self._secret = secret
        self._http = http or open_http(origin)
        self._attempts = attempts
        self._pause_s = pause_s
        self._clock = clock
        self._tokens = TokenKeeper(self._fetch_token, clock)
        self._reads, self._writes = pacing.reads(), pacing.writes()
        self._number = 0

    @contextmanager
    def telling(self, on_wait: OnWait) -> Iterator[None]:
        """Tell `on_wait` of pauses, for as long as one job lasts: the next one has its own listener."""
        before, self.on_wait = self.on_wait, on_wait
        try:
            yield
        finally:
            self.on_wait = before

    def close(self) -> None:
        """Close all connections; a request under way breaks."""
        self._http.close()

    def sign_in(self, stop: threading.Event) -> None:
        """Make sure that there is a good token."""
        self._patiently(lambda: self._tokens.token(stop), stop)

    def read(self, path: str, template: str, scope: Scope, stop: threading.Event, limit: int | None = None) -> Answer:
        """The successful answer to `GET path`, repeated while the trouble is one that passes."""

        def once() -> Answer:
            self._reads.take(stop)  # also where a set `stop` ends it
            answer = self._signed("GET", path, template, stop, limit or ONE_LIMIT)
            if answer.status != 200:
                raise from_answer(answer, self.origin, scope)
            return answer

        return self._patiently(once, stop)

    def pages(
        self,
        path: str,
        template: str,
        scope: Scope,
        stop: threading.Event,
        decoder: "msgspec.json.Decoder[list[_T]]",
    ) -> Iterator[list[_T]]:
        """Every page of a list, each as its items; ends with `Expected` on a list that never ends."""
        at: str | None = path
        seen: set[str] = set()
        count = size = 0
        while at is not None:
            if at in seen or len(seen) >= PAGES_LIMIT:
                raise Expected(Code.LIST_NOT_FINISHED, pages=len(seen))
            seen.add(at)
            answer = self.read(at, template, scope, stop, PAGE_LIMIT)
            items = answer.read(decoder)
            count, size = count + len(items), size + len(answer.body)
            if count > ITEMS_LIMIT or size > LIST_LIMIT:
                raise Expected(Code.LIST_NOT_FINISHED, pages=len(seen))
            yield items
            at = next_page(answer.link, at, self.origin) if answer.link else None

    def write(self, path: str, body: object, scope: Scope, stop: threading.Event) -> Answer:
        """The successful answer to one `POST`, which is sent once and never repeated.

        Raises `Unanswered` whenever the platform may have done it, any other `Problem` when it surely has not.
        """
        token = self._patiently(lambda: self._tokens.token(stop), stop)
        self._writes.take(stop)
        try:
            answer = self._exchange("POST", path, path, token, stop, body=body)
        except Unsent:
            raise
        except Problem as problem:
            # Also when the person stopped waiting in the middle of the answer.
            raise Unanswered(problem) from problem
        if answer.status in _GOOD:
            return answer
        refusal = from_answer(answer, self.origin, scope)
        if refusal.code in (Code.INVALID_TOKEN, Code.INVALID_SCOPE):
            # A right that is ticked later comes with a new token only.
            self._tokens.forget(token)
        raise refusal if answer.is_refusal else Unanswered(refusal)

    def _signed(self, method: str, path: str, template: str, stop: threading.Event, limit: int) -> Answer:
        """One request with a token, and once more with a new one if the platform no longer knows the first."""
        token = self._tokens.token(stop)
        answer = self._exchange(method, path, template, token, stop, limit)
        if answer.status == 401:
            self._tokens.forget(token)
            answer = self._exchange(method, path, template, self._tokens.token(stop), stop, limit)
        return answer

    def _fetch_token(self, stop: threading.Event) -> Any:
        body = {
            "grant_type": "client_credentials",
            "client_id": self._client_id,
            "client_secret": self._secret,
        }

        if stop.is_set():
            raise Stopped
        # Once: whoever needs the token is patient already, and patience within patience multiplies.
        answer = self._exchange("POST", TOKEN_PATH, TOKEN_PATH, None, stop, body=body)
        if answer.status != 200:
            raise from_answer(answer, self.origin, None)
        return answer.read(TOKEN).told()

    def _patiently(self, once: Callable[[], _T], stop: threading.Event) -> _T:
        def report(state: tenacity.RetryCallState) -> None:
            error = state.outcome.exception() if state.outcome else None
            is_asked = isinstance(error, Problem) and error.code is Code.TOO_MANY_REQUESTS
            self.on_wait(Waiting(state.upcoming_sleep, is_asked))

        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self._attempts) | tenacity.stop_when_event_set(stop),
            wait=_Pause(self._pause_s),
            sleep=tenacity.sleep_using_event(stop),
            retry=tenacity.retry_if_exception(_passes),
            before_sleep=report,
            reraise=True,
        )
        try:
            return retrying(once)
        except Problem:
            if stop.is_set():
                raise Stopped from None
            raise

    def _exchange(
        self,
        method: str,
        path: str,
        template: str,
        token: Secret | None,
        stop: threading.Event,
        limit: int | None = None,
        *,
        body: object = None,
    ) -> Answer:
        self._number += 1
        number, started = self._number, self._clock()
        try:
            request = self._request(method, path, token, body)
            with self._watch.over(stop), closing(self._http.send(request, stream=True)) as response:
                answer = _whole(response, self._clock, stop, limit or ONE_LIMIT)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, RuntimeError) as error:
            route = route_of(self._http)
            problem = named(from_transport(error, self.origin, route), self.origin, route)
            if is_surely_unsent(error):
                problem = Unsent(problem)
        else:
            elapsed_ms = (self._clock() - started) * 1000
            log.info("#%d %s %s: %d in %.0f ms", number, method, template, answer.status, elapsed_ms)
            return replace(answer, mask=Mask(self._client_id, self._secret, token))
        # Out here the error is gone: it knows the request, and the request knows the token.
        log.info("#%d %s %s: %s", number, method, template, problem.code)
        raise problem

    def _request(self, method: str, path: str, token: Secret | None, body: object) -> httpx.Request:
        """The request with its secrets, in a frame of its own: no traceback of the exchange shows a variable of it."""
        headers = {} if token is None else {"360-api-version": API_VERSION}
        if token is not None:
            headers["authorization"] = f"Bearer {token.reveal()}"
        if body is not None:
            headers["content-type"] = "application/json"
        content = None if body is None else msgspec.json.encode(body, enc_hook=_plain)
        extensions = {"trace": self._watch.trace}
        return self._http.build_request(method, path, headers=headers, content=content, extensions=extensions)


class _Pause(wait_base):
    """1, 2, 4, 8 seconds with up to a quarter more by chance, or what the platform asks for, up to a minute."""

    def __init__(self, first_s: float) -> None:
        self._usual = tenacity.wait_exponential(multiplier=first_s, max=8 * first_s)
        self._chance = tenacity.wait_random(0, first_s / 4)
        self._longest_s = 60 * first_s

    def __call__(self, retry_state: tenacity.RetryCallState) -> float:
        error = retry_state.outcome.exception() if retry_state.outcome else None
        asked_s = error.facts.get("retry_after_s", 0) if isinstance(error, Problem) else 0
        usual_s = self._usual(retry_state) + self._chance(retry_state)
        return max(usual_s, min(float(asked_s), self._longest_s))


class _Bytes(bytearray):
    """Bytes of an answer that no traceback prints: they can hold a token."""

    def __repr__(self) -> str:
        return "***"


def _plain(value: object) -> str:
    """What a secret is in the one request that needs it."""
    if isinstance(value, Secret):
        return value.reveal()
    raise TypeError


def _passes(error: BaseException) -> bool:
    return isinstance(error, Problem) and error.code in RETRIED and not isinstance(error, Unsent)


def _whole(response: httpx.Response, clock: Callable[[], float], stop: threading.Event, limit: int) -> Answer:
    """The answer, read to its end within the limits of size and time; of one that is no success, the beginning."""
    started, body = clock(), _Bytes()
    is_good = response.status_code in _GOOD
    limit = limit if is_good else REFUSAL_LIMIT
    for piece in pieces(response):
        body += piece
        if len(body) > limit:
            break
        if clock() - started > ANSWER_TIMEOUT_S:
            raise Expected(Code.TIMED_OUT, host=response.url.host)
        if stop.is_set():
            raise Stopped
    headers = response.headers
    answer = Answer(
        status=response.status_code,
        body=bytes(body[:limit]),
        content_type=headers.get("content-type", "").lower(),
        link=headers.get("link", ""),
        retry_after_s=_seconds(headers.get("retry-after", "")),
    )
    # A sign-in page of a network is better called by its name than by its size.
    if len(body) > limit and is_good and not answer.is_page:
        raise Expected(Code.ANSWER_TOO_LARGE, host=response.url.host)
    return answer


def _seconds(text: str) -> float | None:
    return float(text) if text.isdecimal() and text.isascii() and len(text) < 6 else None
