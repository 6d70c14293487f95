"""The wiring between the jobs and everything outside."""
