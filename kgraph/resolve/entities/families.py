"""What a name is a variant, version or size of, as the name says: ZeRO-3 → ZeRO, LLaMA-2-7B → LLaMA-2 → LLaMA."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SIZE = re.compile(
    r"\d+(?:\.\d+)?\s?(?:[BMK]|GB|GiB|TB|G)(?:-?A\d+(?:\.\d+)?B)?(?![A-Za-z])|\d+x\d+(?:\.\d+)?B?", re.IGNORECASE
)
_VERSION = re.compile(r"[vb]?\.?\d", re.IGNORECASE)
_SMALL = re.compile(r"(?![BbKGMx])[A-Za-z]{1,2}(?![A-Za-z])")
_WORD = re.compile(r"[A-Z][A-Za-z]*[a-z0-9]*|[A-Z]{2,}")
_PLUS = re.compile(r"\+{1,2}(?!\w)|[*#]\Z")
_VARIANT = re.compile(
    r"(?:instruct|chat|base|large|small|mini|nano|tiny|pro|max|ultra|plus|lite|turbo|xl|xxl|verified|diamond|hard|infinity|"
    r"micro|medium|huge|giant|distill|preview|thinking|flash|coder|math|vision|vl|omni|audio|next|zero|super|ti|sxm|pcie|"
    r"nvl|oam|serving|inference|training|offload|eager|compile|core|lm|moe)(?![a-z])",
    re.IGNORECASE,
)
_CUTS = re.compile(
    r"(?<=[A-Za-z\d+.)])[\s\-_/:]+(?=[\w(])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])|(?<=\w)(?=[+*#])"
    r"|(?<=[A-Za-z])(?=[vV]\d)"
)


def heads(name: str) -> Iterator[tuple[str, bool]]:
    """Yield the possible family names of `name`, the longest first, each with whether the rest is plainly a variant.

    The rest is plain if it is a size, a version or a usual word for variants ("-7B", "v2", "Instruct"); otherwise it is
    a capitalised word behind a hyphen or space, as in "ZeRO-Infinity", which says less.
    """
    for cut in reversed(list(_CUTS.finditer(name))):
        head, rest = name[: cut.start()], name[cut.end() :]
        if sum(c.isalnum() for c in head) < 3 and sum(c.isalpha() for c in head) < 2:
            continue
        if _is_plain(rest, joined=cut.start() == cut.end(), after_digit=head[-1].isdigit()):
            yield head, True
        elif cut.end() > cut.start() and _WORD.match(rest) and len(head) >= 3:
            yield head, False


def _is_plain(rest: str, *, joined: bool, after_digit: bool) -> bool:
    if _SIZE.match(rest) or _VERSION.match(rest) or _PLUS.match(rest):
        return True
    if joined:
        return after_digit and bool(_SMALL.match(rest))
    return _VARIANT.match(rest) is not None
