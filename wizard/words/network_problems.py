"""Sentences about problems of the network, the proxy, and pictures that are loaded."""

from collections.abc import Mapping

from wizard.core.problems import Code
from wizard.words.actions import Action
from wizard.words.words import mark

Sentences = tuple[str, str, Action]
"""Title, text and action."""

_SCRIPT = mark(
    "This computer finds its proxy by a script that this program cannot read. Ask IT for the proxy's address and enter "
    "it in the network settings."
)
_PROXY_HELP = mark("Check the proxy in the network settings, or ask IT. Your answers are safe.")

NETWORK: Mapping[Code, Sentences] = {
    Code.TLS_UNTRUSTED: (
        mark("This computer does not trust the connection to {host}"),
        mark("Your network may check encrypted traffic. Ask IT to make this computer trust it. Nothing was sent."),
        Action.RETRY,
    ),
    Code.PROXY_SIGN_IN: (
        mark("Your network's proxy asks for a sign-in"),
        mark("Enter its name and password in the network settings. Your answers are safe."),
        Action.NETWORK,
    ),
    Code.PROXY_FAILED: (mark("Your network's proxy does not answer"), _PROXY_HELP, Action.RETRY),
    Code.PROXY_ADDRESS_MISSING: (mark("Type the address of the proxy"), "", Action.NONE),
    Code.PROXY_ADDRESS_NOT_READABLE: (
        mark("This is not an address that we can read"),
        mark(
            "Type the name of the proxy alone, for example proxy.example.com. Name and password have their own fields."
        ),
        Action.NONE,
    ),
    Code.PROXY_NAME_MISSING: (mark("Type the name that belongs to the password"), "", Action.NONE),
    Code.PROXY_NAME_NOT_READABLE: (
        mark("This does not look like a name for a proxy"),
        mark("It is short and holds no colon. Ask IT for it."),
        Action.NONE,
    ),
    Code.PICTURE_PRIVATE: (
        mark("This address lies inside your own network"),
        mark("Previews come from the public internet only. Learners outside could not see the picture either."),
        Action.NONE,
    ),
    Code.PICTURE_NOT_THERE: (
        mark("There is no picture at this address"),
        mark("The server answered {status}. Open the address in a browser and check it."),
        Action.NONE,
    ),
    Code.PICTURE_MOVES: (
        mark("This address leads on to others"),
        mark("We follow three times at most, and to https:// only. Use the address where the picture is."),
        Action.NONE,
    ),
    Code.PICTURE_TOO_LARGE: (
        mark("The picture is larger than {limit} MB"),
        mark("Use a smaller one: a logo is shown small."),
        Action.NONE,
    ),
    Code.PICTURE_TOO_WIDE: (
        mark("The picture has too many pixels"),
        mark("Use a smaller one: a logo is shown small."),
        Action.NONE,
    ),
    Code.PICTURE_IS_DRAWING: (
        mark("An SVG drawing is not previewed"),
        mark("A drawing can fetch other things when it is opened. It may still work on the platform."),
        Action.NONE,
    ),
    Code.PICTURE_IS_PAGE: (
        mark("A web page answered instead of a picture"),
        mark("Copy the address of the picture itself, not of the page that shows it."),
        Action.NONE,
    ),
    Code.PICTURE_NOT_READABLE: (
        mark("This is not a picture that we can show"),
        mark("PNG, JPEG, GIF and WebP can be previewed."),
        Action.NONE,
    ),
}
"""Title, text and action by code."""

SPECIFIC: Mapping[Code, tuple[tuple[str, Sentences], ...]] = {
    Code.TLS_UNTRUSTED: (
        (
            "other_host",
            (
                mark("Another server answers in place of {host}"),
                mark("Your network may want you to sign in first. Open a browser, then try again. Nothing was sent."),
                Action.RETRY,
            ),
        ),
        (
            "out_of_date",
            (
                mark("The certificate of {host} is not valid today"),
                mark("Check the date and the time of this computer, then try again. Nothing was sent."),
                Action.RETRY,
            ),
        ),
        (
            "issuer",
            (
                mark("Your network checks encrypted traffic ({issuer})"),
                mark("Ask IT to make this computer trust it. Nothing was sent."),
                Action.RETRY,
            ),
        ),
    ),
    Code.PROXY_SIGN_IN: (
        (
            "proxy",
            (
                mark("The proxy {proxy} asks for a sign-in"),
                mark("Enter its name and password in the network settings. Your answers are safe."),
                Action.NETWORK,
            ),
        ),
    ),
    Code.PROXY_FAILED: (
        (
            "kind",
            (
                mark("This program cannot use a proxy of this kind ({kind})"),
                mark("Ask IT for the address of an HTTP proxy and enter it in the network settings."),
                Action.NETWORK,
            ),
        ),
        (
            "status",
            (
                mark("The proxy {proxy} does not let this program reach {host}"),
                mark("Ask IT to allow it, then try again. Your answers are safe."),
                Action.RETRY,
            ),
        ),
        ("proxy", (mark("The proxy {proxy} does not answer"), _PROXY_HELP, Action.RETRY)),
    ),
    Code.TIMED_OUT: (
        ("proxy", (mark("{host} does not answer through the proxy {proxy}"), _PROXY_HELP, Action.RETRY)),
        ("script", (mark("{host} does not answer just now"), _SCRIPT, Action.RETRY)),
    ),
    Code.NO_CONNECTION: (
        ("proxy", (mark("No connection to {host} through the proxy {proxy}"), _PROXY_HELP, Action.RETRY)),
        ("script", (mark("No connection to {host}"), _SCRIPT, Action.RETRY)),
    ),
    Code.NAME_NOT_RESOLVED: (("script", (mark("{host} cannot be found"), _SCRIPT, Action.RETRY)),),
}
"""More specific sentences, by the fact that must be known; the first match is used."""

ON_THE_WAY = frozenset(
    {
        Code.NO_CONNECTION,
        Code.NAME_NOT_RESOLVED,
        Code.TIMED_OUT,
        Code.TLS_UNTRUSTED,
        Code.PROXY_SIGN_IN,
        Code.PROXY_FAILED,
        Code.NOT_THE_PLATFORM,
    }
)
"""Problems beside which the network settings are offered, as they may solve them."""
