"""A secret that is repeated in another encoding is hidden too."""

import base64
import html
import json
import threading
import time
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest

from tests.api.conftest import INTEGRATIONS, TOKEN, open_client
from tests.api.http.test_no_secret import told
from tests.helpers.clients import no_report
from wizard.api.answer import Answer
from wizard.api.faults import from_answer
from wizard.api.http.redaction import HIDDEN, Redaction
from wizard.core.address import EU
from wizard.core.problems import Problem
from wizard.core.secret import Secret
from wizard.demo import Credential, Fault, PracticePlatform

ID = "canary"
SECRETS = ("abc/DEF+ghi=CANARY", 'abc"DEF\\CANARY', "ABC&<>CANARY", "plain0123456789", "100%41\\u0041&amp;+ C")

Write = Callable[[str], str]


def in_json(text: str) -> str:
    return json.dumps(text)[1:-1]


def as_numbers(text: str) -> str:
    return "".join(f"\\u{ord(c):04x}" for c in text)


def signed(text: str) -> str:
    return base64.b64encode(f"{ID}:{text}".encode()).decode()


INSIDE: dict[str, Write] = {
    "plain": str,
    "JSON": in_json,
    "JSON in JSON": lambda text: in_json(in_json(text)),
    "numbers": as_numbers,
    "some numbers": lambda text: text.replace("&", "\\u0026").replace("<", "\\u003C").replace("/", "\\/"),
    "address": lambda text: quote(text, safe=""),
    "form": quote_plus,
    "address in JSON": lambda text: in_json(quote(in_json(text))),
    "page": html.escape,
    "sign-in": signed,
    "sign-in for addresses": lambda text: base64.urlsafe_b64encode(f"{ID}:{text}".encode()).decode(),
    "sign-in in an address": lambda text: quote(signed(text), safe=""),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
}


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("writing", INSIDE)
def test_every_encoding_is_hidden(writing: str, secret: str) -> None:
    written = INSIDE[writing](secret)
    assert written not in Redaction(ID, None, Secret(secret))(f"the secret {written} is wrong")
    assert HIDDEN in Redaction(ID, Secret("other one"), Secret(secret))(f"the secret {written} is wrong")


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("text", ["", "client_secret is wrong", "50% \\ of & all", "\\ud800 %ff &#xd800;"])
def test_other_text_stays(text: str, secret: str) -> None:
    assert Redaction(ID, Secret(secret), None)(text) == text


def test_a_redaction_prints_nothing() -> None:
    mask = Redaction(ID, Secret(SECRETS[0]))
    assert f"{mask} {mask!r}" == "*** ***"
    assert "***" not in repr(Answer(400, b"", redact=mask))


def test_redaction_comes_before_truncation() -> None:
    secret = Secret("CANARY" * 20)
    body = json.dumps({"error": "x " * 130 + secret.reveal(), "error_description": secret.reveal()}).encode()
    problem = from_answer(Answer(400, body, redact=Redaction(ID, secret)), EU, None)
    assert "CANARY" not in problem.detail + str(problem.facts)


@pytest.mark.parametrize("part", ["\\\\u0041", "%41", "&amp;", "a "])
def test_the_longest_text_takes_less_than_a_second(part: str) -> None:
    mask, text = Redaction(ID, Secret("s" * 1000), Secret("t" * 4000)), part * (64 * 1024 // len(part))
    started = time.thread_time()
    assert mask(text) == text
    assert time.thread_time() - started < 1


@pytest.mark.parametrize("path", [TOKEN, INTEGRATIONS])
@pytest.mark.parametrize("escape", [in_json, as_numbers, lambda t: in_json(t).replace("/", "\\/")])
@pytest.mark.parametrize("secret", SECRETS[:3])
def test_a_platform_that_repeats_the_secret_in_another_encoding(
    platform: PracticePlatform, secret: str, escape: Write, path: str
) -> None:
    platform.world.add(Credential(ID, secret))
    client, stop = open_client(platform.url, Credential(ID, secret), attempts=1), threading.Event()
    secrets = [secret]
    if path == INTEGRATIONS:
        client.sign_in(no_report, stop)
        with platform.world.lock:
            secrets += platform.world.tokens
    words = escape(f"{' and '.join(secrets)} is wrong")
    for body in (
        f'{{"error":"{words}","error_description":"{words}"}}',
        f'{{"error":{{"code":"{words}","message":"{words}"}}}}',
    ):
        platform.faults.add(Fault("status", None, path, status=400, body=body.encode()))
        with pytest.raises(Problem) as refused:
            list(client.integrations(no_report, stop))
        texts = [refused.value.detail, *map(str, refused.value.facts.values()), *told(refused.value)]
        assert not [text for text in texts if any(s in text or in_json(s) in text for s in secrets)]
        assert HIDDEN in refused.value.detail
    client.close()
