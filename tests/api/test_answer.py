"""Which answers count as the platform's own refusal."""

import pytest

from wizard.api.answer import Answer


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 429])
def test_an_error_code_of_the_platform_is_a_refusal(status: int) -> None:
    assert Answer(status, b'{"error":{"code":"groupNotFound","message":"no"}}').is_refusal
    assert Answer(status, b'{"error":"tooManyRequests"}').is_refusal


@pytest.mark.parametrize("status", [408, 425, 499, 500, 502, 503, 504])
def test_a_gateway_error_is_no_refusal(status: int) -> None:
    assert not Answer(status, b'{"error":{"code":"timeout","message":"gave up"}}').is_refusal


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_web_page_or_an_empty_body_is_no_refusal(status: int) -> None:
    assert not Answer(status, b"<html>blocked</html>", "text/html").is_refusal
    assert not Answer(status, b"").is_refusal
