"""ASGI's own words, and what the parts of the door ask of a request."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.requests import cookie_parser

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

NAME = "studio.name"
"""Where a request's scope keeps the name that is signed in."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def header(scope: Scope, name: str) -> str:
    """The last header of that name; "" without one."""
    wanted, found = name.encode(), b""
    for key, value in scope.get("headers", ()):
        if key.lower() == wanted:
            found = value
    return bytes(found).decode("latin-1")


def cookie(scope: Scope, name: str) -> str:
    """The cookie of that name; "" without one."""
    return cookie_parser(header(scope, "cookie")).get(name, "")


def route(scope: Scope) -> str:
    """The path below where the app is mounted."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(root) :] if root and path.startswith(root + "/") else path


def address(scope: Scope) -> str:
    """The client's address; of IPv6 the network of one household, who has 2^64 of them."""
    host = str((scope.get("client") or ("", 0))[0])
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return host
    if ip.version == 6 and not ip.is_loopback:
        return str(ipaddress.ip_network(f"{host.split('%')[0]}/64", strict=False))
    return host


def from_this_machine(scope: Scope) -> bool:
    """Whether the request began here, and was not handed on by a proxy that runs here."""
    host = str((scope.get("client") or ("", 0))[0])
    handed_on = any(header(scope, name) for name in ("x-forwarded-for", "forwarded", "x-real-ip"))
    try:
        return ipaddress.ip_address(host).is_loopback and not handed_on
    except ValueError:
        return False


def wants_page(scope: Scope) -> bool:
    """Whether a browser asks for a document."""
    return scope["method"] in SAFE and "text/html" in header(scope, "accept")
