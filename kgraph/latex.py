"""LaTeX as it would be printed: what stands in titles and in BibTeX."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any


def printed(text: str) -> str | None:
    """Return `text` with its commands, accents and formulas as plain text; None where it can't be read as LaTeX."""
    try:
        return str(_converter().latex_to_text(text))
    except Exception:  # half a formula may fail anywhere in the parser
        return None


@cache
def _converter() -> Any:
    """Return pylatexenc's converter, told to keep what stands within macros that it doesn't know."""
    from pylatexenc import latex2text

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # half a formula is nobody's fault
    known = latex2text.get_default_latex_context_db()  # type: ignore[no-untyped-call]
    known.set_unknown_macro_spec(latex2text.MacroTextSpec("", discard=False))  # type: ignore[no-untyped-call]
    return latex2text.LatexNodes2Text(latex_context=known, math_mode="text", keep_comments=True)  # type: ignore[no-untyped-call]
