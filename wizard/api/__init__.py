"""360Learning over HTTP: requests, answers and tokens are known here only. No Qt, no disk."""
