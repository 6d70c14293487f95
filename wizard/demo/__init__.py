"""The practice platform: a small 360Learning on loopback for practice, demos and tests."""

from wizard.demo.faults import Fault, Faults
from wizard.demo.platform import PracticePlatform
from wizard.demo.sample import guide_credential, large_world, practice_credential, sample_world
from wizard.demo.settings import Settings
from wizard.demo.world import Course, Credential, Group, Integration, Role, User, World, fixed_id, new_id

__all__ = [
    "Course",
    "Credential",
    "Fault",
    "Faults",
    "Group",
    "Integration",
    "PracticePlatform",
    "Role",
    "Settings",
    "User",
    "World",
    "fixed_id",
    "guide_credential",
    "large_world",
    "new_id",
    "practice_credential",
    "sample_world",
]
