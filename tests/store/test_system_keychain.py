"""The keychain: kept for certain or told why not; a backend's own words never come out."""

import traceback
from collections.abc import Callable

import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest

from wizard.core.problems import Code, Expected, Field, Problem
from wizard.core.secret import Secret
from wizard.store.keychain import SERVICE, WINDOWS_LIMIT, Keychain, MemoryKeychain, SystemKeychain

CANARY = "kanarie0123456789abcdef012345678"


class Fake(keyring.backend.KeyringBackend):
    """A keychain in memory that can be made to behave oddly."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.calls: list[str] = []
        self.error: BaseException | None = None
        self.answer: object = ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self._called("set")
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        """Give it back."""
        self._called("get")
        return self.kept.get((service, username)) if self.answer is ... else self.answer  # type: ignore[return-value]

    def delete_password(self, service: str, username: str) -> None:
        """Drop it."""
        self._called("delete")
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("not found")

    def _called(self, name: str) -> None:
        self.calls.append(name)
        if self.error is not None:
            raise self.error


@pytest.fixture
def fake() -> Fake:
    """The keychain of the operating system."""
    return Fake()


def test_save_writes_once_reads_once_and_compares(fake: Fake) -> None:
    SystemKeychain(fake).save("c1", Secret(CANARY))
    assert (fake.kept, fake.calls) == ({(SERVICE, "c1"): CANARY}, ["set", "get"])


def test_load_and_forget(fake: Fake) -> None:
    keychain = SystemKeychain(fake)
    keychain.save("c1", Secret(CANARY))
    fake.calls.clear()
    assert keychain.load("c1") == Secret(CANARY)
    keychain.forget("c1")
    keychain.forget("c1")
    assert fake.calls == ["get", "delete", "delete"]
    assert refusal(lambda: keychain.load("c1")).code is Code.SECRET_GONE


def refusal(act: Callable[[], object]) -> Problem:
    """The problem that comes of it, without the canary anywhere in or behind it."""
    with pytest.raises(Expected) as refused:
        act()
    problem: BaseException | None = refused.value
    while problem is not None:
        told = [str(problem), repr(problem), repr(vars(problem)), *traceback.format_exception(problem)]
        assert not any(CANARY in line for line in told)
        problem = problem.__cause__ or problem.__context__
    assert refused.value.field is Field.CLIENT_SECRET
    return refused.value


def test_a_null_keychain_keeps_nothing() -> None:
    keychain = SystemKeychain(keyring.backends.null.Keyring())  # type: ignore[no-untyped-call]
    assert refusal(lambda: keychain.save("c1", Secret(CANARY))).code is Code.KEYCHAIN_MISSING
    assert refusal(lambda: keychain.load("c1")).code is Code.SECRET_GONE


def test_no_keychain_at_all() -> None:
    for keychain in (SystemKeychain(keyring.backends.fail.Keyring()), SystemKeychain()):  # type: ignore[no-untyped-call]
        for act in acts(keychain):
            assert refusal(act).code is Code.KEYCHAIN_MISSING


def acts(keychain: Keychain) -> list[Callable[[], object]]:
    return [lambda: keychain.save("c1", Secret(CANARY)), lambda: keychain.load("c1"), lambda: keychain.forget("c1")]


class Windows(OSError):
    """What the credential manager of Windows raises, through its own library."""

    winerror = 1783


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (keyring.errors.KeyringLocked(f"locked {CANARY}"), Code.KEYCHAIN_LOCKED),
        (keyring.errors.InitError(f"no bus {CANARY}"), Code.KEYCHAIN_MISSING),
        (keyring.errors.NoKeyringError(CANARY), Code.KEYCHAIN_MISSING),
        (keyring.errors.PasswordSetError(CANARY), Code.KEYCHAIN_FAILED),
        (keyring.errors.KeyringError(CANARY), Code.KEYCHAIN_FAILED),
        (RuntimeError(f"cannot store {CANARY!r}"), Code.KEYCHAIN_FAILED),
        (UnicodeEncodeError("ascii", CANARY, 0, 1, "no"), Code.KEYCHAIN_FAILED),
        (OSError(5, CANARY), Code.KEYCHAIN_FAILED),
        (Windows(CANARY), Code.SECRET_TOO_LONG),
        (type(f"E_{'x' * 20}", (Exception,), {})(CANARY), Code.KEYCHAIN_FAILED),
    ],
)
def test_odd_errors(fake: Fake, error: Exception, code: Code) -> None:
    fake.error = error
    save, load, forget = (refusal(act) for act in acts(SystemKeychain(fake)))
    assert {save.code, load.code, forget.code} == {code}
    # What was to be read is not in hand, so a person reads other words.
    assert (save.facts, load.facts) == ({}, {"reading": "yes"})


@pytest.mark.parametrize("answer", [None, "", "another", CANARY[:-1], CANARY.encode(), 7, [CANARY]])
def test_odd_answers(fake: Fake, answer: object) -> None:
    fake.answer = answer
    keychain = SystemKeychain(fake)
    code = Code.KEYCHAIN_MISSING if answer is None else Code.KEYCHAIN_FAILED
    assert refusal(lambda: keychain.save("c1", Secret(CANARY))).code is code
    if not isinstance(answer, str) or not answer:
        assert refusal(lambda: keychain.load("c1")).code is Code.SECRET_GONE


def test_a_stop_of_the_whole_program_is_not_swallowed(fake: Fake) -> None:
    fake.error = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        SystemKeychain(fake).save("c1", Secret("x"))


@pytest.mark.parametrize(("length", "is_fine"), [(WINDOWS_LIMIT // 2, True), (WINDOWS_LIMIT // 2 + 1, False)])
def test_what_windows_can_take(fake: Fake, monkeypatch: pytest.MonkeyPatch, length: int, *, is_fine: bool) -> None:
    monkeypatch.setattr("wizard.store.keychain.sys.platform", "win32")
    keychain, secret = SystemKeychain(fake), Secret("x" * length)
    if is_fine:
        keychain.save("c1", secret)
        assert keychain.load("c1") == secret
    else:
        assert refusal(lambda: keychain.save("c1", secret)).code is Code.SECRET_TOO_LONG
        assert fake.calls == []


@pytest.mark.parametrize("priority", [-1, 0, 0.5, 0.9])
def test_what_keyring_finds_but_does_not_recommend_is_no_keychain(
    monkeypatch: pytest.MonkeyPatch, fake: Fake, priority: float
) -> None:
    # Files, plain or with a password of their own, have 0.5 and 0.6.
    monkeypatch.setattr(Fake, "priority", priority)
    monkeypatch.setattr("keyring.get_keyring", lambda: fake)
    for act in acts(SystemKeychain()):
        assert refusal(act).code is Code.KEYCHAIN_MISSING
    assert (fake.kept, fake.calls) == ({}, [])


def test_looking_for_a_keychain_waits_for_its_first_use(monkeypatch: pytest.MonkeyPatch, fake: Fake) -> None:
    found: list[Fake] = []

    def find() -> Fake:
        found.append(fake)
        return fake

    monkeypatch.setattr("keyring.get_keyring", find)
    keychain = SystemKeychain()
    assert found == []
    keychain.save("c1", Secret(CANARY))
    keychain.load("c1")
    assert len(found) == 1


def test_the_memory_of_a_session() -> None:
    keychain = MemoryKeychain()
    assert refusal(lambda: keychain.load("c1")).code is Code.SECRET_GONE
    keychain.save("c1", Secret(CANARY))
    assert keychain.load("c1") == Secret(CANARY)
    assert CANARY not in repr(vars(keychain))
    keychain.forget("c1")
    keychain.forget("c1")
    assert refusal(lambda: keychain.load("c1")).code is Code.SECRET_GONE
