"""Runs the practice platform on its own: python -m wizard.demo [--port N] [--control]."""

import argparse
import json
import signal
import sys
import threading

from wizard.demo.platform import PracticePlatform
from wizard.demo.sample import guide_credential, large_world, practice_credential, sample_world
from wizard.demo.settings import Settings


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted or terminated; print one JSON line with the address and the credentials."""
    parser = argparse.ArgumentParser(prog="python -m wizard.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    parser.add_argument("--control", action="store_true", help="allow /__practice__/ requests")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before every answer")
    parser.add_argument("--token-lifetime", type=float, default=3600.0, help="seconds")
    parser.add_argument("--no-rate-limits", action="store_true")
    parser.add_argument("--groups", type=int, default=0, help="serve a customer with so many")
    chosen = parser.parse_args(arguments)
    settings = Settings(
        token_lifetime_s=chosen.token_lifetime,
        rate_limits=not chosen.no_rate_limits,
        latency_s=chosen.latency,
    )
    world = large_world(chosen.groups) if chosen.groups else sample_world()
    should_end = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: should_end.set())
    platform = PracticePlatform(world, settings=settings, port=chosen.port, has_control=chosen.control)
    with platform:
        sys.stdout.write(json.dumps(_description(platform)) + "\n")
        sys.stdout.flush()
        # With a timeout, as Windows does not deliver signals during an unlimited wait.
        while not should_end.wait(0.5):
            pass
    return 0


def _description(platform: PracticePlatform) -> dict[str, object]:
    named = {"practice": practice_credential(), "guide": guide_credential()}
    credentials = {
        name: {
            "client_id": one.client_id,
            "client_secret": one.client_secret,
            "scopes": sorted(one.scopes),
        }
        for name, one in named.items()
    }
    return {"url": platform.url, "credentials": credentials}


if __name__ == "__main__":
    sys.exit(main())
