"""The sample customer "ACME Academy" and a very large one; both are the same in every run."""

from typing import Any

from wizard.demo.world import (
    ALL_SCOPES,
    GUIDE_SCOPES,
    Course,
    Credential,
    Group,
    Integration,
    Role,
    User,
    World,
    fixed_id,
    fixed_key,
)

# Indented by level; "*" marks a private group.
_GROUPS = """
ACME Academy*
  Sales
    DACH
      Field Sales
      Inside Sales
    France
      Field Sales
      Grands comptes
    Iberia
      España
      Portugal
    UK & Ireland
  Compliance
    Data Protection
    Health & Safety
    Works Council*
      Arbitrations*
  Engineering
    Platform
      Onboarding
    Research <R&D>
    東京ラボ
  Support
    Tier 1
      Onboarding
    Tier 2
  People & Culture
    Onboarding
    Leadership*
  Partners
"""

# id label, first name, last name, mail, username, status, language
_USERS = [
    ("odile", "Odile", "Marchetti", "odile.marchetti@acme.example", None, "active", "fr"),
    ("pavel", "Pavel", "Dvořák", "pavel.dvorak@acme.example", None, "active", "cs"),
    ("greta", "Greta", "Weiß", "greta.weiss+training@acme.example", None, "active", "de"),
    ("camille", "Camille", "Lefèvre", "camille.lefevre@acme.example", None, "active", "fr"),
    ("inigo", "Íñigo", "Ibáñez", "inigo.ibanez@acme.example", None, "active", "es"),
    ("niamh", "Niamh", "O'Connor", "niamh.oconnor@acme.example", None, "active", "en"),
    ("haruka", "遥", "佐藤", "haruka.sato@acme.example", None, "active", "ja"),
    ("layla", "ليلى", "حداد", "layla.haddad@acme.example", None, "active", "en"),
    ("dmitri", "Дмитрий", "Соколов", "почта@пример.example", None, "active", "ru"),
    ("eleni", "Ελένη", "Παπαδοπούλου", "eleni@acme.example", None, "active", "el"),
    ("workshop", "Workshop", "Terminal 4", None, "workshop-4", "active", "de"),
    ("nameless", None, None, "no.name@acme.example", None, "active", "en"),
    ("tomas", "Tomás", "Silva", "tomas.silva@acme.example", None, "invited", "pt"),
    ("wanda", "Wanda", "Nowak", "wanda.nowak@acme.example", None, "deleted", "pl"),
    ("alex-1", "Alex", "Martin", "alex.martin@acme.example", None, "active", "en"),
    ("alex-2", "Alex", "Martin", "alex.martin2@acme.example", None, "active", "fr"),
    ("ravi", "Ravi", "Iyer", "ravi.iyer@acme.example", None, "active", "en"),
    ("mei", "Mei", "Chen", "mei.chen@acme.example", None, "active", "zh"),
    ("sam", "Sam", "Okafor", "sam.okafor@acme.example", None, "active", "en"),
    ("lucia", "Lucía", "Romero", "lucia.romero@acme.example", None, "active", "es"),
]

# person, path of the group, role
_ROLES = [
    ("odile", "ACME Academy", "owner"),
    ("pavel", "ACME Academy", "admin"),
    ("greta", "ACME Academy/Sales", "admin"),
    ("greta", "ACME Academy/Sales", "coach"),
    ("camille", "ACME Academy/Sales/France", "editor"),
    ("inigo", "ACME Academy/Sales/Iberia", "editor"),
    ("inigo", "ACME Academy/Sales/Iberia", "coach"),
    ("niamh", "ACME Academy/Sales/UK & Ireland", "editor"),
    ("alex-1", "ACME Academy/Sales/DACH", "editor"),
    ("alex-2", "ACME Academy/Sales/DACH", "learner"),
    ("tomas", "ACME Academy/Sales/DACH", "editor"),
    ("wanda", "ACME Academy/Sales/DACH", "editor"),
    ("workshop", "ACME Academy/Sales/DACH", "contributor"),
    ("sam", "ACME Academy/Sales/DACH", "coach"),
    ("haruka", "ACME Academy/Engineering/東京ラボ", "editor"),
    ("dmitri", "ACME Academy/Engineering", "admin"),
    ("eleni", "ACME Academy/Engineering/Platform", "editor"),
    ("layla", "ACME Academy/Compliance", "editor"),
    ("layla", "ACME Academy/Compliance/Works Council", "admin"),
    ("ravi", "ACME Academy/Support", "editor"),
    ("mei", "ACME Academy/Support/Tier 1", "userAdmin"),
    ("nameless", "ACME Academy/Support/Tier 2", "learner"),
    ("sam", "ACME Academy/Support", "analyst"),
    ("lucia", "ACME Academy/People & Culture", "editor"),
    ("lucia", "ACME Academy", "learner"),
    ("camille", "ACME Academy", "learner"),
]

_INTEGRATIONS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("Udemy", "ACME Academy", "pavel", {"defaultCompletion": False, "noGroupPropagation": False}),
    (
        "Safety Shorts",
        "ACME Academy/Compliance",
        "layla",
        {
            "defaultCompletion": True,
            "defaultProgress": 0,
            "noGroupPropagation": True,
            "externalPlatformLogoUrl": "https://static.example.com/safety-shorts.png",
        },
    ),
    ("Phrasebook Live", "ACME Academy/Sales", "greta", {"defaultProgress": 10}),
]


def practice_credential() -> Credential:
    """Credentials with all eight scopes that the program can use."""
    return Credential(fixed_key("id"), fixed_key("secret"), ALL_SCOPES)


def guide_credential() -> Credential:
    """Credentials with only the three scopes of the vendor's guide."""
    return Credential(fixed_key("guide id"), fixed_key("guide secret"), GUIDE_SCOPES)


def sample_world() -> World:
    """A new "ACME Academy" with groups, people, roles, integrations and courses."""
    world = World(company_id=fixed_id("company"), reserved_names={"LinkedIn Learning", "Coursera"})
    world.add(practice_credential(), guide_credential())
    ids = _add_groups(world)
    for label, first, last, mail, username, status, lang in _USERS:
        user_id = fixed_id(f"user {label}")
        home = ids["ACME Academy"]
        world.add(User(user_id, first, last, mail, username, status, lang, home))
    for label, path, role in _ROLES:
        world.add(Role(fixed_id(f"user {label}"), ids[path], role))
    for name, path, label, behaviour in _INTEGRATIONS:
        _add_integration(world, name, ids[path], fixed_id(f"user {label}"), behaviour)
    world.path_ids.update(fixed_id(f"path {number}") for number in range(3))
    world.path_session_ids.update(fixed_id(f"path session {number}") for number in range(3))
    return world


def _add_groups(world: World) -> dict[str, str]:
    paths: list[str] = []
    ids: dict[str, str] = {}
    for line in _GROUPS.strip().splitlines():
        name = line.strip()
        depth = (len(line) - len(name)) // 2
        path = "/".join([*paths[:depth], name.rstrip("*")])
        paths[depth:] = [name.rstrip("*")]
        parent = "/".join(paths[:depth])
        ids[path] = fixed_id(f"group {path}")
        is_public = not name.endswith("*")
        world.add(Group(ids[path], paths[depth], ids.get(parent), public=is_public))
    world.groups[ids["ACME Academy/Partners"]].custom = "Unit 101"
    return ids


def _add_integration(world: World, name: str, group_id: str, author_id: str, behaviour: dict[str, Any]) -> None:
    required = {"externalPlatform": name, "authorId": author_id, "groupId": group_id}
    integration = Integration(fixed_id(f"integration {name}"), required | behaviour)
    world.add(integration)
    for number in range(1, 5):
        label = f"{name} {number}"
        world.add(
            Course(
                fixed_id(f"course {label}"),
                f"{name}: lesson {number}",
                group_id,
                author_id,
                status="archived" if number == 4 else "published",
                integration_id=integration.id,
                external_id=f"{name.split()[0].lower()}-{number:03}",
                external_platform=name,
            )
        )
        world.catalog[group_id, "course", fixed_id(f"course {label}")] = None


def large_world(groups: int = 30_000) -> World:
    """A customer with this number of groups, eight levels deep, and 2,000 people."""
    world = World(company_id=fixed_id("large company"))
    world.add(practice_credential(), guide_credential())
    ids = [fixed_id(f"large group {number}") for number in range(groups)]
    world.add(Group(ids[0], "Very Large Company", None, public=False))
    for number in range(1, groups):
        parent = ids[(number - 1) // 4]
        world.add(Group(ids[number], f"Team {number:05}", parent, public=number % 7 != 0))
    for number in range(2000):
        mail = f"person.{number:04}@large.example"
        person = User(fixed_id(f"large user {number}"), "Person", f"{number:04}", mail)
        world.add(person, Role(person.id, ids[number % groups], "editor"))
    owner = User(fixed_id("large owner"), "Olga", "Owner", "olga.owner@large.example")
    world.add(owner, Role(owner.id, ids[0], "owner"))
    return world
