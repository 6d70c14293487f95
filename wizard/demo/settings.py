"""Settings for what the vendor's documents leave open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PAGE_SIZES = {
    "integrations": 100,
    "groups": 500,
    "users": 500,
    "courses": 500,
    "roles": 1000,
    "content-ids": 10_000,
    "operations": 20,
}


def _exact(text: str) -> str:
    return text


@dataclass
class Settings:
    """How the platform behaves where the documents contradict each other or say nothing."""

    token_lifetime_s: float = 3600
    rate_limits: bool = True
    reads_per_s: int = 50
    writes_per_s: int = 10
    latency_s: float = 0.0
    page_sizes: dict[str, int] = field(default_factory=lambda: dict(PAGE_SIZES))
    absolute_links: bool = True
    refuse_encoded_brackets: bool = False
    ignore_unknown_filters: bool = False
    expires_in_as_number: bool = False
    scope_error_as_text: bool = False
    version_status: int = 400
    version_body: Any = field(
        default_factory=lambda: {
            "error": {
                "code": "invalidApiVersion",
                "message": "The header 360-api-version is missing or not supported.",
            }
        }
    )
    validation_code: str = "invalidBody"
    media_type_code: str = "badMediaType"
    malformed_id_status: int = 404
    name_key: Callable[[str], str] = _exact
    filter_key: Callable[[str], str] = _exact
    refuse_ineligible_author: bool = False
    ineligible_author_code: str = "authorNotAllowed"
    null_removes_logo: bool = False
    bulk_disabled: bool = False
    location_origin: str | None = None
    bulk_concurrency: int = 3
    bulk_step_s: float = 0.25
    bulk_error_message: str | None = None
    bulk_limit_catalog: int = 20_000
    bulk_limit_import: int = 10_000
    bulk_limit_archive: int = 1_000
