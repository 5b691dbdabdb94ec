"""Text on its way into a page: JSON that can't end its element, digests for the Content-Security-Policy."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def as_json(value: object) -> Markup:
    """Return `value` as JSON that is safe inside a script element: no <, > or & is left in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - nothing that ends an element is left


def source(text: str) -> str:
    """Return the policy source that allows exactly the inline script or style `text`."""
    return "'sha256-" + b64encode(sha256(text.encode()).digest()).decode() + "'"
