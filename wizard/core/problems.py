"""Problems: codes and facts. `words` turns them into sentences."""

from collections.abc import Mapping
from enum import StrEnum


class Field(StrEnum):
    """The field that a problem belongs to."""

    CUSTOMER = "customer"
    ADDRESS = "address"
    CLIENT_ID = "client_id"
    CLIENT_SECRET = "client_secret"
    GROUP = "group"
    AUTHOR = "author"
    NAME = "name"
    SUBGROUPS = "subgroups"
    PROGRESS = "progress"
    START_PROGRESS = "start_progress"
    LOGO = "logo"
    UNICOLOR_LOGO = "unicolor_logo"
    PROXY_HOST = "proxy_host"
    PROXY_USER = "proxy_user"
    PROXY_PASSWORD = "proxy_password"


class Code(StrEnum):
    """What happened. The vendor's codes are in its spelling, our own have dashes."""

    # answers
    CUSTOMER_MISSING = "customer-missing"
    CUSTOMER_TOO_LONG = "customer-too-long"
    ADDRESS_MISSING = "address-missing"
    ADDRESS_NOT_HTTPS = "address-not-https"
    ADDRESS_NOT_READABLE = "address-not-readable"
    ADDRESS_IS_DOCUMENTATION = "address-is-documentation"
    CLIENT_ID_MISSING = "client-id-missing"
    CLIENT_ID_NOT_READABLE = "client-id-not-readable"
    SECRET_MISSING = "secret-missing"
    SECRET_NOT_READABLE = "secret-not-readable"
    NOT_CONNECTED = "not-connected"
    GROUP_MISSING = "group-missing"
    GROUP_NOT_READABLE = "group-not-readable"
    AUTHOR_MISSING = "author-missing"
    AUTHOR_NOT_READABLE = "author-not-readable"
    AUTHOR_UNKNOWN_MAIL = "author-unknown-mail"
    AUTHOR_DELETED = "author-deleted"
    NAME_MISSING = "name-missing"
    NAME_TAKEN = "name-taken"
    SUBGROUPS_MISSING = "subgroups-missing"
    PROGRESS_MISSING = "progress-missing"
    START_PROGRESS_RANGE = "start-progress-range"
    LOGO_NOT_HTTPS = "logo-not-https"
    PROXY_ADDRESS_MISSING = "proxy-address-missing"
    PROXY_ADDRESS_NOT_READABLE = "proxy-address-not-readable"
    PROXY_NAME_MISSING = "proxy-name-missing"
    PROXY_NAME_NOT_READABLE = "proxy-name-not-readable"

    # answers of the platform
    INVALID_CLIENT = "invalid_client"
    INVALID_REQUEST = "invalid_request"
    INVALID_TOKEN = "invalid_token"
    INVALID_SCOPE = "invalid_scope"
    DUPLICATE_EXTERNAL_PLATFORM = "duplicateExternalPlatform"
    RESERVED_PLATFORM_NAME = "reservedPlatformName"
    INTEGRATIONS_LIMIT_REACHED = "integrationsLimitReached"
    GROUP_NOT_FOUND = "groupNotFound"
    USER_NOT_FOUND = "userNotFound"
    INTEGRATION_NOT_FOUND = "integrationNotFound"
    TOO_MANY_REQUESTS = "tooManyRequests"
    REFUSED = "refused"
    NOT_FOUND = "not-found"

    # the connection
    NO_CONNECTION = "no-connection"
    NAME_NOT_RESOLVED = "name-not-resolved"
    TIMED_OUT = "timed-out"
    TLS_UNTRUSTED = "tls-untrusted"
    PROXY_SIGN_IN = "proxy-sign-in"
    PROXY_FAILED = "proxy-failed"
    NOT_THE_PLATFORM = "not-the-platform"
    REDIRECTED = "redirected"
    UNREADABLE_ANSWER = "unreadable-answer"
    ANSWER_TOO_LARGE = "answer-too-large"
    LIST_NOT_FINISHED = "list-not-finished"
    SERVER_FAILED = "server-failed"

    # pictures
    PICTURE_PRIVATE = "picture-private"
    PICTURE_NOT_THERE = "picture-not-there"
    PICTURE_MOVES = "picture-moves"
    PICTURE_TOO_LARGE = "picture-too-large"
    PICTURE_TOO_WIDE = "picture-too-wide"
    PICTURE_IS_DRAWING = "picture-is-drawing"
    PICTURE_IS_PAGE = "picture-is-page"
    PICTURE_NOT_READABLE = "picture-not-readable"

    # this computer
    KEYCHAIN_LOCKED = "keychain-locked"
    KEYCHAIN_MISSING = "keychain-missing"
    KEYCHAIN_FAILED = "keychain-failed"
    KEYCHAIN_SILENT = "keychain-silent"
    SECRET_TOO_LONG = "secret-too-long"
    SECRET_GONE = "secret-gone"
    STORE_FAILED = "store-failed"
    STORE_NEWER = "store-newer"
    STORE_BUSY = "store-busy"
    STORE_FULL = "store-full"
    STORE_READ_ONLY = "store-read-only"

    # creating
    OUTCOME_UNKNOWN = "outcome-unknown"
    NOT_ALONE = "not-alone"
    ALREADY_CREATING = "already-creating"
    STOPPED = "stopped"
    BUG = "bug"


class Problem(Exception):
    """An error to show: a `code`, its `field`, `facts` for its sentences, and a technical `detail`.

    `facts` and `detail` contain no secrets, only status codes, hosts and the like.
    """

    def __init__(self, code: Code, *, field: Field | None = None, detail: str = "", **facts: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.field = field
        self.facts: Mapping[str, str | int] = facts
        self.detail = detail

    def at(self, field: Field) -> "Problem":
        """Set the field, and return this problem."""
        self.field = field
        return self


class Expected(Problem):
    """A problem that can be expected, and that a person can do something about."""


class Bug(Problem):
    """A mistake in this program."""


class Stopped(Expected):
    """The person stopped the job."""

    def __init__(self) -> None:
        super().__init__(Code.STOPPED)


class Unanswered(Expected):
    """The answer to a write was lost, so the write may have happened; `reason` is the problem with the answer."""

    def __init__(self, reason: Problem) -> None:
        super().__init__(Code.OUTCOME_UNKNOWN, detail=reason.detail, reason=reason.code.value)
