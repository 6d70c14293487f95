"""A secret that nothing gives away."""

import copy
import json
import logging
import pickle
import pprint
import reprlib
import string
import sys
import threading
import traceback
from dataclasses import asdict, dataclass
from io import StringIO

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.core.secret import Secret

CANARY = "kanarie-geheim-0123456789"


@dataclass
class Holder:
    """Something that has a secret among other things."""

    name: str
    secret: Secret


def test_reveal_is_the_way_out() -> None:
    assert Secret(CANARY).reveal() == CANARY


def test_no_text_holds_it() -> None:
    secret = Secret(CANARY)
    texts = [str(secret), repr(secret), f"{secret}", f"{secret!r:>40}", f"{secret:>99}", f"{secret}"]
    texts += ["%s %r" % (secret, secret), "{} {!r}".format(secret, secret), repr([secret]), repr({1: secret})]  # noqa: UP031, UP032
    texts += [repr(Holder("x", secret)), str(dir(secret)), ascii(secret), str(secret.__doc__)]
    assert not [text for text in texts if CANARY in text]
    assert {str(secret), repr(secret), f"{secret:>10}"} == {"***"}


def test_no_log_holds_it() -> None:
    stream = StringIO()
    log, handler = logging.getLogger("tests.secret"), logging.StreamHandler(stream)
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    try:
        log.info("%s %r", Secret(CANARY), Secret(CANARY))
        log.info(Secret(CANARY))
        try:
            raise ValueError(Secret(CANARY))
        except ValueError:
            log.info("broken", exc_info=True)
    finally:
        log.removeHandler(handler)
    assert CANARY not in stream.getvalue()
    assert stream.getvalue().count("***") >= 4


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_no_pickle_holds_it(protocol: int) -> None:
    for thing in (Secret(CANARY), [Secret(CANARY)], Holder("x", Secret(CANARY))):
        with pytest.raises(TypeError) as refused:
            pickle.dumps(thing, protocol)
        assert CANARY not in str(refused.value)


def test_no_copy_and_no_state() -> None:
    for act in (copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            act(Secret(CANARY))
    with pytest.raises(TypeError):
        asdict(Holder("x", Secret(CANARY)))
    with pytest.raises(TypeError):
        Secret(CANARY).__getstate__()
    with pytest.raises(TypeError):
        vars(Secret(CANARY))


def test_no_serialiser_takes_it() -> None:
    with pytest.raises(TypeError):
        json.dumps({"a": Secret(CANARY)})
    assert CANARY not in json.dumps({"a": Secret(CANARY)}, default=str)
    for thing in (Secret(CANARY), Holder("x", Secret(CANARY))):
        with pytest.raises(TypeError):
            msgspec.json.encode(thing)
        with pytest.raises(TypeError):
            msgspec.to_builtins(thing)


def test_no_traceback_holds_it() -> None:
    def fail(secret: Secret) -> None:
        raise RuntimeError(f"with {secret}")

    with pytest.raises(RuntimeError) as failed:
        fail(Secret(CANARY))
    told = "".join(traceback.TracebackException.from_exception(failed.value, capture_locals=True).format())
    assert "***" in told
    # The test's own module holds the canary as a global only.
    assert CANARY not in told


def test_it_compares_by_value_and_with_secrets_only() -> None:
    assert Secret(CANARY) == Secret(CANARY)
    assert Secret(CANARY) != Secret(CANARY[:-1])
    assert Secret(CANARY) != CANARY
    assert (bool(Secret("")), bool(Secret(CANARY))) == (False, True)
    with pytest.raises(TypeError):
        {Secret(CANARY): 1}
    with pytest.raises(TypeError):
        sorted([Secret("a"), Secret("b")])  # type: ignore[type-var]


@given(st.text(), st.text())
def test_any_two_texts_compare(one: str, other: str) -> None:
    assert (Secret(one) == Secret(other)) is (one == other)


def test_half_characters_compare_too() -> None:
    assert Secret("a\ud800") != Secret("a\udfff")
    assert Secret("a\ud800") == Secret("a\ud800")


def test_no_other_printer_or_packer_gives_it_away() -> None:
    secret, holder = Secret(CANARY), Holder("x", Secret(CANARY))
    texts = [pprint.pformat(holder), reprlib.repr([secret]), string.Template("$s").substitute(s=secret), f"{holder=}"]
    assert not [text for text in texts if CANARY in text]
    for act in (
        lambda: msgspec.msgpack.encode(holder),
        lambda: json.dumps(secret, default=vars),
        lambda: bytes(secret),  # type: ignore[call-overload]
        lambda: list(secret),  # type: ignore[call-overload]
        lambda: len(secret),  # type: ignore[arg-type]
        lambda: hash(secret),
        lambda: secret < secret,  # type: ignore[operator]
        lambda: object.__reduce_ex__(secret, 4),
        lambda: copy.replace(secret) if hasattr(copy, "replace") else hash(secret),
    ):
        with pytest.raises(TypeError) as refused:
            act()
        assert CANARY not in str(refused.value)


def test_it_compares_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def compare(one: bytes, other: bytes) -> bool:
        asked.append(len(one))
        return one == other

    monkeypatch.setattr("hmac.compare_digest", compare)
    assert Secret(CANARY) == Secret(CANARY)
    assert Secret(CANARY) != Secret("k" + CANARY[1:-1] + "x")
    assert asked == [len(CANARY)] * 2


def test_no_hook_of_python_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    def fail(secret: Secret) -> None:
        raise RuntimeError(f"with {secret!r} {[secret]}", secret)

    with pytest.raises(RuntimeError) as failed:
        fail(Secret(CANARY))
    sys.__excepthook__(RuntimeError, failed.value, failed.value.__traceback__)
    threading.__excepthook__(threading.ExceptHookArgs((RuntimeError, failed.value, failed.tb, None)))
    shown = capsys.readouterr().err
    assert "***" in shown
    assert CANARY not in shown
