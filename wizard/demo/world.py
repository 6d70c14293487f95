"""The data of a practice platform; tests read and change it."""

import hashlib
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any

ALL_SCOPES = frozenset(
    {
        "integrations:read",
        "integrations:write",
        "integrations:bulk",
        "bulkOperations:read",
        "groups:read",
        "users:read",
        "courses:read",
        "groups:bulk",
    }
)
GUIDE_SCOPES = frozenset({"integrations:read", "integrations:write", "integrations:bulk"})


def fixed_id(label: str) -> str:
    """The id for a label: 24 hexadecimal digits, the same in every run."""
    return "5f" + hashlib.sha256(label.encode()).hexdigest()[:22]


def fixed_key(label: str) -> str:
    """The client id or secret for a label: 32 hexadecimal digits, the same in every run."""
    return hashlib.sha256(f"practice {label}".encode()).hexdigest()[:32]


def new_id() -> str:
    """A new id of 24 hexadecimal digits, unique across runs."""
    return f"{int(time.time()):08x}{secrets.token_hex(8)}"


def _without_none(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True)
class Credential:
    """API credentials with their scopes."""

    client_id: str
    client_secret: str = field(repr=False)
    scopes: frozenset[str] = ALL_SCOPES


@dataclass
class Group:
    """A group; the one without a parent is the root."""

    id: str
    name: str
    parent_id: str | None = None
    public: bool = True
    custom: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The group as the platform would send it."""
        optional = _without_none(parentId=self.parent_id, custom=self.custom)
        return {"_id": self.id, "name": self.name, "public": self.public, **optional}


@dataclass
class User:
    """A person; mail and names may be missing, deleted people stay in the list."""

    id: str
    first_name: str | None = None
    last_name: str | None = None
    mail: str | None = None
    username: str | None = None
    status: str = "active"
    lang: str = "en"
    primary_group_id: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The person as the platform would send it."""
        optional = _without_none(
            mail=self.mail,
            username=self.username,
            firstName=self.first_name,
            lastName=self.last_name,
            primaryGroupId=self.primary_group_id,
        )
        return {"_id": self.id, "status": self.status, "lang": self.lang, **optional}


@dataclass(frozen=True)
class Role:
    """A role of a person in a group; a person can have several in one group."""

    user_id: str
    group_id: str
    role: str


@dataclass
class Integration:
    """An integration with exactly the values it was created with; omitted ones are absent."""

    id: str
    values: dict[str, Any]

    @property
    def name(self) -> str:
        """The name that learners see (`externalPlatform`)."""
        return str(self.values.get("externalPlatform", ""))

    @property
    def group_id(self) -> str:
        """The group it belongs to."""
        return str(self.values.get("groupId", ""))

    def to_json(self) -> dict[str, Any]:
        """The integration as the platform would list it."""
        return {"_id": self.id, **self.values}


@dataclass
class Course:
    """A course; an external one belongs to an integration, in which its external id is unique."""

    id: str
    name: str
    group_id: str
    author_id: str
    type: str = "external"
    status: str = "published"
    lang: str = "en"
    integration_id: str | None = None
    external_id: str | None = None
    external_platform: str | None = None
    launch_url: str | None = None
    tag_ids: tuple[str, ...] = ()
    created_at: str = "2026-03-02T09:00:00.000Z"
    modified_at: str = "2026-03-02T09:00:00.000Z"

    def to_json(self) -> dict[str, Any]:
        """The course as the list of courses would send it."""
        return {
            "_id": self.id,
            "name": self.name,
            "type": self.type,
            "status": self.status,
            "sourceLang": self.lang,
            "defaultLang": self.lang,
            "authorId": self.author_id,
            "coAuthorIds": [],
            "groupId": self.group_id,
            "createdAt": self.created_at,
            "modifiedAt": self.modified_at,
            "translations": [],
            **_without_none(externalPlatform=self.external_platform),
        }

    def to_external_json(self) -> dict[str, Any]:
        """The course as the endpoint of the integration would send it."""
        return {
            "courseId": self.id,
            "externalId": self.external_id or self.id,
            "name": self.name,
            "launchUrl": self.launch_url or f"https://player.example.com/{self.external_id}",
            "defaultLang": self.lang,
            "authorId": self.author_id,
            "sources": [],
            "subjects": [],
            "translations": [],
        }


@dataclass
class Token:
    """An access token; `ends_at` is a time of the platform's clock."""

    client_id: str
    scopes: frozenset[str]
    ends_at: float


@dataclass
class Operation:
    """A bulk operation; its status depends on the time since it was submitted."""

    id: str
    type: str
    input: list[Any]
    made_at: float
    made_on_wall_s: float
    integration_id: str | None = None
    results: list[dict[str, Any]] | None = None
    error_message: str | None = None


@dataclass
class World:
    """All data of one customer. Hold `lock` while changing it under a running platform."""

    company_id: str = field(default_factory=new_id)
    groups: dict[str, Group] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)
    integrations: dict[str, Integration] = field(default_factory=dict)
    courses: dict[str, Course] = field(default_factory=dict)
    credentials: list[Credential] = field(default_factory=list)
    reserved_names: set[str] = field(default_factory=set)
    integrations_limit: int = 50
    tokens: dict[str, Token] = field(default_factory=dict, repr=False)
    operations: dict[str, Operation] = field(default_factory=dict)
    catalog: dict[tuple[str, str, str], None] = field(default_factory=dict)
    library: dict[tuple[str, str, str], None] = field(default_factory=dict)
    path_ids: set[str] = field(default_factory=set)
    path_session_ids: set[str] = field(default_factory=set)
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False, compare=False)

    def root(self) -> Group:
        """The root group."""
        return next(group for group in self.groups.values() if group.parent_id is None)

    def group_named(self, name: str) -> Group:
        """The first group of this name. Raises `LookupError` if there is none."""
        for group in self.groups.values():
            if group.name == name:
                return group
        raise LookupError(name)

    def user_with_mail(self, mail: str) -> User:
        """The person with this e-mail address. Raises `LookupError` if there is none."""
        for user in self.users.values():
            if user.mail == mail:
                return user
        raise LookupError(mail)

    def integrations_named(self, name: str, group_id: str | None = None) -> list[Integration]:
        """The integrations of exactly this name, in one group or in all."""
        with self.lock:
            return [
                found
                for found in self.integrations.values()
                if found.name == name and group_id in (None, found.group_id)
            ]

    def add(self, *records: Group | User | Course | Integration | Role | Credential) -> None:
        """Add records to their collections."""
        with self.lock:
            for record in records:
                match record:
                    case Group():
                        self.groups[record.id] = record
                    case User():
                        self.users[record.id] = record
                    case Course():
                        self.courses[record.id] = record
                    case Integration():
                        self.integrations[record.id] = record
                    case Role():
                        self.roles.append(record)
                    case Credential():
                        self.credentials.append(record)

    def revoke(self, credential: Credential | str | None = None) -> None:
        """Revoke all tokens, of one credential or of all."""
        client_id = credential.client_id if isinstance(credential, Credential) else credential
        with self.lock:
            for text, token in list(self.tokens.items()):
                if client_id in (None, token.client_id):
                    del self.tokens[text]

    def remove_credential(self, credential: Credential | str) -> None:
        """Delete a credential and revoke its tokens, as an admin does in the web app."""
        client_id = credential.client_id if isinstance(credential, Credential) else credential
        with self.lock:
            self.credentials = [one for one in self.credentials if one.client_id != client_id]
            self.revoke(client_id)
