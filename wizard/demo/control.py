"""Endpoints that control a stand-alone practice platform from another process; off unless requested."""

from dataclasses import asdict
from typing import Any, Protocol

from wizard.demo.answers import Answer, Received
from wizard.demo.faults import Fault, Faults
from wizard.demo.world import World

PREFIX = "/__practice__/"
_FAULT_FIELDS = frozenset(Fault.__dataclass_fields__) - {"hits", "_seen"}


class Controlled(Protocol):
    """What can be controlled of a platform."""

    faults: Faults
    world: World
    requests: list[Received]

    def received(self) -> list[Received]:
        """The requests so far."""


def handle_control_request(platform: Controlled, received: Received) -> Answer:
    """Answer a control request.

    POST faults (one object or a list, with the fields of `Fault`), GET or DELETE faults, GET or DELETE requests,
    GET integrations, POST revoke.
    """
    match received.method, received.path.removeprefix(PREFIX):
        case "POST", "faults":
            wanted = received.body if isinstance(received.body, list) else [received.body]
            if not all(isinstance(one, dict) and one.keys() <= _FAULT_FIELDS for one in wanted):
                return Answer(400, {"error": "each fault is an object with the fields of Fault"})
            try:
                made = [Fault(**one) for one in wanted]
            except (TypeError, ValueError) as reason:
                return Answer(400, {"error": str(reason)})
            return Answer(200, [_fault_json(platform.faults.add(one)) for one in made])
        case "GET", "faults":
            return Answer(200, [_fault_json(one) for one in platform.faults.active()])
        case "DELETE", "faults":
            platform.faults.clear()
            return Answer(204)
        case "GET", "requests":
            return Answer(200, [_request_json(one) for one in platform.received()])
        case "DELETE", "requests":
            with platform.world.lock:
                platform.requests.clear()
            return Answer(204)
        case "GET", "integrations":
            with platform.world.lock:
                found = list(platform.world.integrations.values())
                return Answer(200, [one.to_json() for one in found])
        case "POST", "revoke":
            platform.world.revoke()
            return Answer(204)
    return Answer(404, {"error": "no such control"})


def _fault_json(fault: Fault) -> dict[str, Any]:
    shown = asdict(fault)
    shown.pop("_seen")
    shown["path"] = fault.path if isinstance(fault.path, str | None) else fault.path.pattern
    return shown


def _request_json(received: Received) -> dict[str, Any]:
    shown = asdict(received)
    raw = shown.pop("raw_body")
    if isinstance(shown["body"], bytes):
        shown["body"] = raw.decode("utf-8", "replace")
    return shown
