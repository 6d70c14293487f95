"""The practice platform, served over HTTP."""

import contextlib
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from wizard.demo import control
from wizard.demo.answers import Answer, Call, Received, RefusalError, Route, ShortRefusalError
from wizard.demo.fault_responses import FaultResponder, to_response
from wizard.demo.fault_responses import Response as RawResponse
from wizard.demo.faults import Fault, Faults
from wizard.demo.operations import run_due_operations
from wizard.demo.routes import ROUTES
from wizard.demo.sample import sample_world
from wizard.demo.server import DroppedError, Server
from wizard.demo.settings import Settings
from wizard.demo.tokens import TOKEN_ENDPOINT, check_token, issue_token
from wizard.demo.world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

VERSION_HEADER = "360-api-version"


class PracticePlatform:
    """A small 360Learning on loopback that records every request, and in which faults can be switched on."""

    def __init__(
        self,
        world: World | None = None,
        *,
        settings: Settings | None = None,
        clock: Callable[[], float] = time.monotonic,
        port: int = 0,
        has_control: bool = False,
    ) -> None:
        """Serve `world` (None: the sample); `has_control` adds the endpoints of `control`."""
        self.world = world if world is not None else sample_world()
        self.settings = settings or Settings()
        self.faults = Faults()
        self.requests: list[Received] = []
        # Called with each request before it takes effect; tests change the world then.
        self.on_received: Callable[[Received], None] | None = None
        self.bugs: list[Exception] = []
        self._clock = clock
        self._port = port
        self._has_control = has_control
        self._server: Server | None = None
        self._stopping = threading.Event()
        self._fault_responder = FaultResponder(self._stopping, lambda: self.url)
        self._recent: dict[str, deque[float]] = {"read": deque(), "write": deque()}
        rules = [Rule(r.template, methods=[r.method], endpoint=r) for r in ROUTES]
        self._map = Map(rules, merge_slashes=False, redirect_defaults=False)

    @property
    def url(self) -> str:
        """The base URL, without a trailing slash."""
        if self._server is None:
            raise RuntimeError("the practice platform is not running")
        return self._server.url

    def start(self) -> None:
        """Start serving. A stopped platform can be started again, with the same world and port."""
        if self._server is not None:
            return
        self._stopping.clear()
        self._server = Server(self._wsgi, self._port)
        self._port = int(self._server.url.rpartition(":")[2])

    def stop(self) -> None:
        """Stop serving, and end all connections, also those that wait in a fault."""
        server = self._server
        self._stopping.set()
        if server is not None:
            server.stop()
        self._server = None

    def __enter__(self) -> Self:
        """Start serving."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving."""
        self.stop()

    def received(self, method: str | None = None, template: str | None = None) -> list[Received]:
        """The requests so far, of one method and one path template such as /groups/{id} if given."""
        with self.world.lock:
            return [
                one
                for one in self.requests
                if method in (None, one.method) and template in (None, one.template, one.path)
            ]

    def _wsgi(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        try:
            received = self._record(Request(environ))
        except HTTPException:
            # The client closed the connection within its body.
            raise DroppedError from None
        try:
            status, headers, body = self._serve(received, environ)
        except OSError:
            raise
        except Exception as bug:
            # A mistake in this code must not be taken for a fault: tests check that `bugs` is empty.
            self.bugs.append(bug)
            status, headers, body = 500, {}, b""
        received.status = status
        response = Response(body, status)
        response.headers.clear()
        for name, value in headers.items():
            response.headers[name] = value
        if status != 204:
            response.headers.setdefault("Content-Length", str(len(body)))
        start_response(response.status, response.headers.to_wsgi_list())
        return [body]

    def _record(self, request: Request) -> Received:
        raw = request.get_data(cache=False)
        body: object = raw
        with contextlib.suppress(ValueError, RecursionError):
            body = json.loads(raw) if raw else None
        with self.world.lock:
            received = Received(
                method=request.method,
                path=request.path,
                query=request.environ.get("QUERY_STRING", ""),
                headers={name.lower(): value for name, value in request.headers.items()},
                body=body,
                raw_body=raw,
                at=self._clock(),
                number=len(self.requests) + 1,
            )
            if not self._is_control(received):
                self.requests.append(received)
        return received

    def _is_control(self, received: Received) -> bool:
        return self._has_control and received.path.startswith(control.PREFIX)

    def _serve(self, received: Received, environ: "WSGIEnvironment") -> RawResponse:
        if self._is_control(received):
            return to_response(control.handle_control_request(self, received))
        self._fault_responder.wait(self.settings.latency_s)
        if self.on_received is not None:
            self.on_received(received)
        fault = self.faults.take(received.method, received.path)
        if fault is None:
            return to_response(self._answer(received))
        received.fault = fault.kind
        self._fault_responder.wait(fault.delay_s)
        if fault.kind == "expire_token":
            self.world.revoke()
        answer = self._answer(received) if fault.commits else None
        if answer is not None and fault.stored:
            self._store(answer, fault)
        if fault.kind not in ("drip", "endless", "big"):
            self._fault_responder.wait(fault.delay_after_s)
        connection = environ["werkzeug.socket"]
        return self._fault_responder.respond(fault, answer, connection, received.path)

    def _store(self, answer: Answer, fault: Fault) -> None:
        own_id = answer.body.get("_id") if isinstance(answer.body, dict) else None
        with self.world.lock:
            if own_id in self.world.integrations:
                self.world.integrations[own_id].values.update(fault.stored)

    def _answer(self, received: Received) -> Answer:
        call = Call(received, {}, self.world, self.settings, self._clock(), self.url)
        with self.world.lock:
            try:
                run_due_operations(call)
                if (received.method, received.path) == ("POST", TOKEN_ENDPOINT):
                    received.template = TOKEN_ENDPOINT
                    return issue_token(call)
                route = self._route(call)
                call.token = check_token(call)
                self._check_version(call)
                self._count(route, call.now)
                self._check_scope(call, route)
                return route.answer(call)
            except (RefusalError, ShortRefusalError) as refused:
                return refused.answer

    def _route(self, call: Call) -> Route:
        received = call.received
        try:
            adapter = self._map.bind("", path_info=received.path)
            route, values = adapter.match(method=received.method)
        except HTTPException:
            message = f"No such endpoint: {received.method} {received.path}."
            raise RefusalError(404, "notFound", message) from None
        found: Route = route
        call.values = {name: str(value) for name, value in values.items()}
        received.template = found.template.replace("<", "{").replace(">", "}")
        return found

    def _check_version(self, call: Call) -> None:
        if call.received.headers.get(VERSION_HEADER) != "v2.0":
            refusal = RefusalError(400, "", "")
            refusal.answer = Answer(self.settings.version_status, self.settings.version_body)
            raise refusal

    def _check_scope(self, call: Call, route: Route) -> None:
        if call.token is not None and route.scope in call.token.scopes:
            return
        if self.settings.scope_error_as_text:
            raise ShortRefusalError(403, "invalid_scope")
        message = f"The access token does not have the scope {route.scope}."
        raise RefusalError(403, "invalid_scope", message)

    def _count(self, route: Route, now: float) -> None:
        if not self.settings.rate_limits or route.counts_as not in self._recent:
            return
        is_read = route.counts_as == "read"
        limit = self.settings.reads_per_s if is_read else self.settings.writes_per_s
        recent = self._recent[route.counts_as]
        while recent and recent[0] <= now - 1.0:
            recent.popleft()
        if len(recent) >= limit:
            raise ShortRefusalError(429, "tooManyRequests")
        recent.append(now)
