"""The faults of the table by the words it uses for them. Without `times` a fault lasts."""

from typing import Any


def _refusal(status: int, code: str, message: str = "told by the platform") -> dict[str, Any]:
    return {"kind": "status", "status": status, "body": {"error": {"code": code, "message": message}}}


def _short(status: int, error: str) -> dict[str, Any]:
    return {"kind": "status", "status": status, "body": {"error": error}}


_DEEP = "[" * 100_000

RECIPES: dict[str, dict[str, Any]] = {
    "no fault": {"kind": "slow", "times": 0},
    # ---------------------------------------------------------------- the connection
    "connection refused": {"special": "refused"},
    "connect time-out": {"special": "connect-time-out"},
    "reset": {"kind": "reset"},
    "reset once": {"kind": "reset", "times": 1},
    "closed without an answer": {"kind": "drop_before"},
    "not HTTP": {"kind": "garbage"},
    "cut off in the middle": {"kind": "truncated"},
    "no answer (read time-out)": {"kind": "silent"},
    "answer too late": {"kind": "slow", "delay_after_s": 5.0},
    # ---------------------------------------------------------------- refusals in the documented forms
    "400 invalid_request": _short(400, "invalid_request"),
    "400 unsupported_grant_type": _short(400, "unsupported_grant_type"),
    "400 non_existing_user": _short(400, "non_existing_user"),
    "401 invalid_client": _short(401, "invalid_client"),
    "401 invalid_api_key (v1)": _short(401, "invalid_api_key"),
    "401 missing_company_id (v1)": _short(401, "missing_company_id"),
    "400 badMediaType": _refusal(400, "badMediaType"),
    "400 unknown code": _refusal(400, "ruleOfTomorrow"),
    "400 flat form": {"kind": "status", "status": 400, "body": {"code": "badMediaType", "message": "flat"}},
    "400 without a code": {"kind": "status", "status": 400, "body": "Bad Request"},
    "400 duplicateExternalPlatform": _refusal(400, "duplicateExternalPlatform"),
    "400 reservedPlatformName": _refusal(400, "reservedPlatformName"),
    "400 integrationsLimitReached": _refusal(400, "integrationsLimitReached"),
    "401 once": {"kind": "expire_token", "times": 1},
    "401 for ever": _short(401, "invalid_token"),
    "401 jwt expired (v1 form)": {
        "kind": "status",
        "status": 401,
        "body": {"error": "invalid_token", "error_description": "jwt expired"},
    },
    "403 as text": _short(403, "invalid_scope"),
    "403 as object": _refusal(403, "invalid_scope"),
    "403 without a code": {"kind": "status", "status": 403, "body": "Forbidden"},
    "403 web page": {"kind": "html", "status": 403},
    "403 userNotAuthorized": _refusal(403, "userNotAuthorized"),
    "404": _refusal(404, "notFound"),
    "404 without a code": {"kind": "status", "status": 404, "body": {"message": "no Route matched"}},
    "404 groupNotFound": _refusal(404, "groupNotFound"),
    "404 userNotFound": _refusal(404, "userNotFound"),
    "409": _refusal(409, "conflict"),
    "429 once": {"kind": "rate_limit", "times": 1},
    "429 storm": {"kind": "rate_limit"},
    "429 once, Retry-After 1": {"kind": "rate_limit", "times": 1, "headers": {"Retry-After": "1"}},
    "429 once, Retry-After nonsense": {"kind": "rate_limit", "times": 1, "headers": {"Retry-After": "soon"}},
    "429 bulk form": {
        "kind": "rate_limit",
        "body": {"error": {"code": "bulkOperationsConcurrencyLimitReached", "message": "3"}},
    },
    # ---------------------------------------------------------------- failing servers and strangers in between
    "500": {"kind": "status", "status": 500, "body": {}},
    "500 once": {"kind": "status", "status": 500, "body": {}, "times": 1},
    "500 with a refusal in it": _refusal(500, "groupNotFound"),
    "502 web page": {"kind": "html", "status": 502},
    "503": _refusal(503, "bulkAPIDisabled"),
    "504 text": {"kind": "status", "status": 504, "body": "upstream request timeout"},
    "redirect to another host": {"kind": "redirect", "target": "{stranger}{path}"},
    "redirect 302 to another host": {"kind": "redirect", "status": 302, "target": "{stranger}{path}"},
    "redirect 303 to another host": {"kind": "redirect", "status": 303, "target": "{stranger}{path}"},
    "redirect 308 to itself": {"kind": "redirect", "status": 308, "target": "http://{host}{path}"},
    "web page with 200": {"kind": "html", "status": 200},
    # ---------------------------------------------------------------- spoilt bodies
    "empty body": {"kind": "empty"},
    "202 without a body": {"kind": "status", "status": 202},
    "204": {"kind": "status", "status": 204},
    "truncated JSON": {"kind": "broken_json"},
    "JSON null": {"kind": "wrong_shape", "body": None},
    "JSON text": {"kind": "wrong_shape", "body": "fine"},
    "an object for a list": {"kind": "wrong_shape", "body": {"items": []}},
    "a list for an object": {"kind": "wrong_shape", "body": []},
    "a list of numbers": {"kind": "wrong_shape", "body": [1, 2]},
    "an id that is none": {"kind": "wrong_shape", "body": {"_id": "soon"}},
    "JSON 100,000 levels deep": {"kind": "status", "status": 200, "body": _DEEP, "content_type": "application/json"},
    "not UTF-8": {"kind": "status", "status": 200, "body": b'["\xff\xfe"]', "content_type": "application/json"},
    "every value of another type": {"kind": "wrong_types"},
    "unknown role": {"kind": "wrong_echo", "changes": {"role": "wizard"}},
    "unknown status": {"kind": "wrong_echo", "changes": {"status": "hibernating"}},
    "unknown fields": {"kind": "wrong_echo", "changes": {"tomorrow": {"more": [1]}}},
    "endless body": {"kind": "endless"},
    "body of 1 GB": {"kind": "big", "size": 1_000_000_000},
    "gzip bomb": {"kind": "gzip_bomb", "size": 100_000_000},
    # ---------------------------------------------------------------- tokens
    "token is a number": {"kind": "wrong_shape", "body": {"access_token": 42, "expires_in": 3600}},
    "token with a line break": {"kind": "wrong_shape", "body": {"access_token": "a\r\nx: y", "expires_in": 3600}},
    "life not readable": {"kind": "wrong_echo", "changes": {"expires_in": "soon"}},
    "life negative": {"kind": "wrong_echo", "changes": {"expires_in": -5}},
    # ---------------------------------------------------------------- links
    "Link to another origin": {"kind": "foreign_link", "target": "{stranger}{path}?next=abc"},
    "Link with a sign-in to another host": {"kind": "foreign_link", "target": "http://{host}@{other}{path}"},
    "Link without a scheme to another host": {"kind": "foreign_link", "target": "//{other}{path}?next=abc"},
    "Link to https on this host": {"kind": "foreign_link", "target": "https://{host}{path}?next=abc"},
    "Link that loops": {"kind": "loop_link"},
    # ---------------------------------------------------------------- creating
    "closed after it happened": {"kind": "drop_after", "times": 1},
    "closed before it happened": {"kind": "drop_before", "times": 1},
    "reset before it happened": {"kind": "reset", "times": 1, "commit": False},
    "reset after it happened": {"kind": "reset", "times": 1, "commit": True},
    "no answer, it happened": {"kind": "silent", "times": 1, "commit": True},
    "no answer, it did not happen": {"kind": "silent", "times": 1, "commit": False},
    "500, it happened": {"kind": "status", "status": 500, "times": 1, "commit": True},
    "500, it did not happen": {"kind": "status", "status": 500, "times": 1, "commit": False},
    "502 web page, it happened": {"kind": "html", "times": 1, "commit": True},
    "503, it happened": _refusal(503, "groupNotFound") | {"times": 1, "commit": True},
    "web page with 200, it happened": {"kind": "html", "status": 200, "times": 1, "commit": True},
    "redirect, it happened": {"kind": "redirect", "target": "{stranger}{path}", "times": 1, "commit": True},
    "redirect 303, it did not happen": {
        "kind": "redirect", "status": 303, "target": "{stranger}{path}", "times": 1, "commit": False,
    },
    "401 without a code, it happened": {"kind": "status", "status": 401, "body": [], "times": 1, "commit": True},
    "429 without a code, it happened": {"kind": "status", "status": 429, "body": "", "times": 1, "commit": True},
    "400 without a code, it happened": {"kind": "status", "status": 400, "body": "no", "times": 1, "commit": True},
    "endless body, it happened": {"kind": "endless", "times": 1},
    "body of 1 GB, it happened": {"kind": "big", "times": 1},
    "gzip bomb, it happened": {"kind": "gzip_bomb", "size": 100_000_000, "times": 1},
    "empty body, it happened": {"kind": "empty", "times": 1},
    "truncated JSON, it happened": {"kind": "broken_json", "times": 1},
    "cut off, it happened": {"kind": "truncated", "times": 1},
    "a list for an object, it happened": {"kind": "wrong_shape", "body": [], "times": 1},
    "every value of another type, it happened": {"kind": "wrong_types", "times": 1},
    "answer tells other values": {"kind": "wrong_echo", "changes": {"defaultProgress": 99}, "times": 1},
    "platform keeps other values": {"kind": "wrong_echo", "stored": {"defaultProgress": 50}, "times": 1},
    "platform keeps another name": {"kind": "wrong_echo", "stored": {"externalPlatform": "Other"}, "times": 1},
    "list tells other values": {"kind": "wrong_echo", "changes": {"noGroupPropagation": True}},
    "list tells values of another type": {"kind": "wrong_echo", "changes": {"defaultCompletion": "yes"}},
    "list leaves out everything": {"kind": "wrong_shape", "body": []},
    # ---------------------------------------------------------------- clocks
    "clock leaps 2 h ahead": {"special": "leap"},
    "wall clock goes back a year": {"special": "back"},
}  # fmt: skip
"""Each recipe is the fields of a fault; `special` ones happen on this computer."""

SHORT = ("no answer", "answer too late")
"""Faults that a short read time-out ends."""
