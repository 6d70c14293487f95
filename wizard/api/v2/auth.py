"""The access token: in memory only, for one platform only."""

import threading
import time
from collections.abc import Callable
from typing import Any

from wizard.core.problems import Code, Expected, Stopped
from wizard.core.secret import Secret

TOKEN_PATH = "/api/v2/oauth2/token"
LIFETIME_S = 3600.0
"""What the vendor documents, for answers that do not say it readably."""
RENEW_EARLY_S = 60.0
_STEP_S = 0.1


class TokenKeeper:
    """Keeps one token, renews it early, forgets it when told; safe for many threads.

    `fetch` makes the token call and gives the decoded answer. The clock is monotonic: a changed wall clock neither
    kills nor prolongs a token.
    """

    def __init__(self, fetch: Callable[[threading.Event], Any], clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = threading.Lock()
        self._token: Secret | None = None
        self._good_until = 0.0

    def token(self, stop: threading.Event) -> Secret:
        """A token that is good for at least a minute. Raises what `fetch` raises, and `Stopped` on `stop`."""
        # Another thread may hold the lock for as long as a token call takes, and that one has its own `stop`.
        while not self._lock.acquire(timeout=_STEP_S):
            if stop.is_set():
                raise Stopped
        try:
            if self._token is None or self._clock() >= self._good_until:
                asked_at = self._clock()
                self._token, lifetime_s = _read(self._fetch(stop))
                # A very short life (practice, tests) must not mean a new token for each request.
                early_s = min(RENEW_EARLY_S, lifetime_s / 2)
                self._good_until = asked_at + lifetime_s - early_s
            return self._token
        finally:
            self._lock.release()

    def forget(self, token: Secret) -> None:
        """Drop `token`, unless another thread has already replaced it."""
        with self._lock:
            if self._token == token:
                self._token = None


def _read(answer: Any) -> tuple[Secret, float]:
    """The token and its life in seconds; the vendor's specification says number, its guides show text."""
    token = answer.get("access_token") if isinstance(answer, dict) else None
    # A header carries ASCII without blanks only; anything else would fail later and less clearly.
    if not isinstance(token, str) or not token or not token.isascii() or not token.isprintable() or " " in token:
        raise Expected(Code.UNREADABLE_ANSWER, status=200)
    try:
        lifetime_s = float(answer.get("expires_in") or LIFETIME_S)
    except (TypeError, ValueError, OverflowError):
        lifetime_s = LIFETIME_S
    # NaN compares false with everything, so it fails this test too.
    return Secret(token), lifetime_s if 0 < lifetime_s <= 10 * LIFETIME_S else LIFETIME_S
