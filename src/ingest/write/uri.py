"""What a page is called in records of other kinds: its address, or else a name made from its bytes."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

# RFC 3986: a scheme, and after it no character that an address has to escape
_ABSOLUTE = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]{0,30}:(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+"
)
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT = "-._~:/?@!$&'()*+,;=%"


def page_uri(source: Mapping[str, Any]) -> str:
    """The page's address without its fragment; failing that the name of its bytes (RFC 6920).

    >>> page_uri({"url": "https://roe.example/ferry#top"})
    'https://roe.example/ferry'
    >>> page_uri({"url": None, "sha256": "00" * 32})
    'ni:///sha-256;AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    """
    address = absolute(source.get("url"))
    if address is not None:
        return address.partition("#")[0]
    digest = urlsafe_b64encode(bytes.fromhex(source["sha256"])).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def absolute(url: str | None) -> str | None:
    """An address as a URI: escaped where it has to be; None for what is no absolute address.

    >>> absolute("https://roe.example/café?q=100% sure"), absolute("/ferry")
    ('https://roe.example/caf%C3%A9?q=100%25%20sure', None)
    """
    try:
        urlsplit(url or "")
    except ValueError:  # "http://[": no address
        return None
    scheme, colon, rest = (url or "").strip().partition(":")
    authority = re.match(r"//\[[0-9A-Fa-f:.]+\](?::[0-9]*)?(?=[/?#]|$)", rest)  # brackets are for IPv6 alone
    start = authority.end() if authority else 0
    head, hash_, fragment = _STRAY_PERCENT.sub("%25", rest[start:]).partition("#")
    escaped = (
        quote(head, _KEPT, errors="replace")
        + hash_
        + quote(fragment, _KEPT, errors="replace").replace("#", "%23")
    )
    address = scheme + colon + rest[:start] + escaped
    return address if _ABSOLUTE.fullmatch(address) else None


def place_uri(place: Mapping[str, Any]) -> str | None:
    """A place's address at GeoNames, which gives its coordinates and names in all languages.

    >>> place_uri({"geonames_id": 98182})
    'https://sws.geonames.org/98182/'
    """
    return f"https://sws.geonames.org/{place['geonames_id']}/" if place.get("geonames_id") else None
