"""The token endpoint and the check of bearer tokens."""

import base64
import hmac
import json
import secrets
from typing import Any

from wizard.demo.answers import Answer, Call, ShortRefusalError, is_id
from wizard.demo.world import Credential, Token

TOKEN_ENDPOINT = "/api/v2/oauth2/token"
_REQUIRED = frozenset({"grant_type", "client_id", "client_secret"})
_ALLOWED = _REQUIRED | {"user_id", "company_id"}


def issue_token(call: Call) -> Answer:
    """Answer with a token for valid credentials. Raises `ShortRefusalError` for others."""
    body = _token_body(call)
    if body["grant_type"] != "client_credentials":
        raise ShortRefusalError(400, "unsupported_grant_type")
    credential = _find(call, body["client_id"], body["client_secret"])
    if credential is None:
        raise ShortRefusalError(401, "invalid_client")
    user = call.world.users.get(str(body.get("user_id", "")).lower())
    if "user_id" in body and (user is None or user.status == "deleted"):
        raise ShortRefusalError(400, "non_existing_user")
    lifetime_s = call.settings.token_lifetime_s
    text = _token_text(call.world.company_id)
    # A token has the scopes of the moment of its issue: a scope that is added later needs a new token.
    call.world.tokens[text] = Token(credential.client_id, credential.scopes, call.now + lifetime_s)
    seconds = int(lifetime_s) if lifetime_s == int(lifetime_s) else lifetime_s
    shown: Any = seconds if call.settings.expires_in_as_number else str(seconds)
    return Answer(200, {"token_type": "Bearer", "access_token": text, "expires_in": shown})


def _token_body(call: Call) -> dict[str, Any]:
    media_type = call.received.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json" or _has_duplicates(call.received.raw_body):
        raise ShortRefusalError(400, "invalid_request")
    body = call.received.body
    if not isinstance(body, dict) or not _REQUIRED <= body.keys() <= _ALLOWED:
        raise ShortRefusalError(400, "invalid_request")
    if not all(isinstance(value, str) for value in body.values()):
        raise ShortRefusalError(400, "invalid_request")
    if not all(is_id(body[name]) for name in ("user_id", "company_id") if name in body):
        raise ShortRefusalError(400, "invalid_request")
    return body


def _has_duplicates(raw: bytes) -> bool:
    """Whether a parameter was sent twice, which the parsed object does not show."""
    has_duplicates = False

    def check(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal has_duplicates
        has_duplicates = has_duplicates or len({name for name, _ in pairs}) < len(pairs)
        return dict(pairs)

    try:
        json.loads(raw, object_pairs_hook=check)
    except (ValueError, RecursionError):
        return True
    return has_duplicates


def _find(call: Call, client_id: str, client_secret: str) -> Credential | None:
    for credential in call.world.credentials:
        if credential.client_id == client_id and hmac.compare_digest(
            credential.client_secret.encode(), client_secret.encode("utf-8", "replace")
        ):
            return credential
    return None


def _token_text(company_id: str) -> str:
    head = _base64(b'{"alg":"RS256","typ":"JWT"}')
    claims = {"companyId": company_id, "jti": secrets.token_hex(12)}
    return f"{head}.{_base64(json.dumps(claims).encode())}.{_base64(secrets.token_bytes(64))}"


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def check_token(call: Call) -> Token:
    """The valid token of a request. Raises the same `ShortRefusalError` whatever is wrong with it."""
    kind, _, text = call.received.headers.get("authorization", "").partition(" ")
    token = call.world.tokens.get(text.strip()) if kind.lower() == "bearer" else None
    if token is None or call.now >= token.ends_at:
        raise ShortRefusalError(401, "invalid_token")
    return token
