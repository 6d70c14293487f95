"""OAuth 2 client credentials (RFC 6749, 4.4): the access token lives in memory only, for one platform."""

import threading
import time
from collections.abc import Callable

from wizard.api.http.authorization import Authorization, Send
from wizard.api.http.redaction import Redaction
from wizard.api.http.request import Method, Request
from wizard.api.v2 import models
from wizard.core.curl import API_VERSION
from wizard.core.problems import Code, Expected, Stopped
from wizard.core.secret import Secret

TOKEN_PATH = "/api/v2/oauth2/token"
DEFAULT_LIFETIME_S = 3600.0
"""The documented lifetime, for answers that do not tell it readably."""
RENEW_EARLY_S = 60.0
_LOCK_POLL_S = 0.1


class OAuth2ClientCredentials:
    """The `Auth` of API v2: a bearer token, fetched with client id and secret and renewed in time."""

    def __init__(self, client_id: str, secret: Secret, clock: Callable[[], float] = time.monotonic) -> None:
        self._client_id = client_id
        self._secret = secret
        self._cache = TokenCache(clock)

    def authorize(self, send: Send, stop: threading.Event) -> Authorization:
        """The headers of an API call. Makes the token call if there is no good token."""
        token = self._cache.token(lambda: self._fetch(send), stop)
        redact = Redaction(self._client_id, self._secret, token)
        headers = {"360-api-version": API_VERSION, "authorization": f"Bearer {token.reveal()}"}
        return Authorization(token, redact, headers)

    def renew(self, refused: Authorization) -> bool:
        """Forget the refused token; there can always be another one."""
        self._cache.forget(refused.secret)
        return True

    def _fetch(self, send: Send) -> models.Token:
        body = {"grant_type": "client_credentials", "client_id": self._client_id, "client_secret": self._secret}
        request = Request(Method.POST, TOKEN_PATH, TOKEN_PATH, body=body)
        return send(request, Authorization(self._secret, Redaction(self._client_id, self._secret))).read(models.TOKEN)


class TokenCache:
    """Keeps one token and renews it early. Safe for many threads.

    The clock is monotonic: a changed wall clock neither ends nor prolongs a token.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._token: Secret | None = None
        self._valid_until_s = 0.0

    def token(self, fetch: Callable[[], models.Token], stop: threading.Event) -> Secret:
        """A token that is valid for at least a minute. Raises what `fetch` raises, and `Stopped` on `stop`."""
        # Another thread may hold the lock for as long as a token call takes, and that call has its own `stop`.
        while not self._lock.acquire(timeout=_LOCK_POLL_S):
            if stop.is_set():
                raise Stopped
        try:
            if self._token is None or self._clock() >= self._valid_until_s:
                fetched_at_s = self._clock()
                self._token, lifetime_s = _token_and_lifetime(fetch())
                # A very short lifetime (practice, tests) must not mean a new token for each request.
                early_s = min(RENEW_EARLY_S, lifetime_s / 2)
                self._valid_until_s = fetched_at_s + lifetime_s - early_s
            return self._token
        finally:
            self._lock.release()

    def forget(self, token: Secret) -> None:
        """Drop `token`, unless another thread has already replaced it."""
        with self._lock:
            if self._token == token:
                self._token = None


def _token_and_lifetime(answer: models.Token) -> tuple[Secret, float]:
    """The token and its lifetime in seconds, which the vendor's specification has as a number, its guides as text."""
    token, expires_in = answer.values()
    # A header carries printable ASCII without spaces; anything else would fail later and less clearly.
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise Expected(Code.UNREADABLE_ANSWER, status=200)
    try:
        lifetime_s = float(expires_in or DEFAULT_LIFETIME_S)
    except (ValueError, OverflowError):
        lifetime_s = DEFAULT_LIFETIME_S
    # NaN compares false with everything, so it fails this test too.
    return Secret(token), lifetime_s if 0 < lifetime_s <= 10 * DEFAULT_LIFETIME_S else DEFAULT_LIFETIME_S
