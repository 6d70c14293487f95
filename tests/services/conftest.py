"""The same computer and platform as the tests of the jobs have."""

from tests.jobs.conftest import bench, platform

__all__ = ["bench", "platform"]
