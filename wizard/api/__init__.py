"""360Learning over HTTP: the only place that knows requests, answers and tokens. No Qt, no disk."""
