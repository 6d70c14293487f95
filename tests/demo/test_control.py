"""The platform as a program of its own, steered from outside; and what it may import."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.demo.conftest import TOKEN, VERSION, code


@pytest.fixture
def start() -> Iterator[Callable[..., tuple[str, dict[str, str]]]]:
    """Start the program; return its address and the practice credential."""
    running: list[subprocess.Popen[str]] = []

    def run(*arguments: str) -> tuple[str, dict[str, str]]:
        command = [sys.executable, "-W", "error", "-m", "wizard.demo", *arguments]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        credential = told["credentials"]["practice"]
        return told["url"], {name: credential[name] for name in ("client_id", "client_secret")}

    yield run
    for process in running:
        process.terminate()
        _, errors = process.communicate(timeout=10)
        assert errors == ""
        assert sys.platform == "win32" or process.returncode == 0


def test_it_is_steered_from_outside(start: Callable[..., tuple[str, dict[str, str]]]) -> None:
    url, credential = start("--control")
    with httpx.Client(base_url=url, headers=VERSION, trust_env=False) as client:
        fault = {"kind": "status", "status": 503, "path": "/api/v2/oauth2/token"}
        assert client.post("/__practice__/faults", json=fault).json()[0]["hits"] == 0
        body = credential | {"grant_type": "client_credentials"}
        assert client.post(TOKEN, json=body).status_code == 503
        assert client.get("/__practice__/faults").json()[0]["hits"] == 1
        token = client.post(TOKEN, json=body).json()["access_token"]
        headers = {"authorization": f"Bearer {token}"}
        listed = client.get("/api/v2/integrations", headers=headers).json()
        assert client.get("/__practice__/integrations").json() == listed
        seen = client.get("/__practice__/requests").json()
        assert [(one["method"], one["status"]) for one in seen] == [("POST", 503), ("POST", 200), ("GET", 200)]
        assert seen[0]["body"] == body
        assert client.post("/__practice__/revoke").status_code == 204
        assert client.get("/api/v2/integrations", headers=headers).status_code == 401
        assert client.post("/__practice__/faults", json=[{"kind": "gremlin"}]).status_code == 400
        assert client.post("/__practice__/faults", json=["drop_after"]).status_code == 400
        assert client.delete("/__practice__/requests").status_code == 204
        assert client.delete("/__practice__/faults").status_code == 204
        assert client.get("/__practice__/requests").json() == []
        assert client.get("/__practice__/other").status_code == 404


def test_control_is_off_unless_asked_for(start: Callable[..., tuple[str, dict[str, str]]]) -> None:
    url, _ = start("--groups", "40")
    assert code(httpx.get(f"{url}/__practice__/requests", trust_env=False)) == (404, "notFound")


def test_it_needs_nothing_of_the_program() -> None:
    program = "import sys, wizard.demo; print(*{name.partition('.')[0] for name in sys.modules})"
    command = [sys.executable, "-c", program]
    loaded = set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    assert not loaded & {"PySide6", "httpx", "keyring", "msgspec"}
