"""The network guard of every process of the tests. This folder stands first in the path of every Python they start."""
