"""What is skipped for speed would have found nothing, and what is remembered is what would be worked out again."""

import re

from hypothesis import given
from hypothesis import strategies as st

from kgraph.extract.memo import Memo
from kgraph.extract.names import forms
from kgraph.extract.relations.quantities import _WORDS, _may_spell

PIECES = (
    "an one two Three several order orders of - magnitude fold times TWICE thrice doubled tripling quadruple half "
    "halving third quarter a fifths tenth the \u017f \u212a"  # signs whose small letter is an ASCII one
)
SPELT = st.lists(st.sampled_from(PIECES.split()))


@given(SPELT, st.sampled_from(["", " ", "-"]))
def test_a_stretch_that_is_skipped_spells_no_quantity(words: list[str], joint: str) -> None:
    text = joint.join(words)
    assert _may_spell(text) or _WORDS.search(text) is None


@given(st.lists(st.text(max_size=3)), st.integers(1, 5))
def test_a_memo_tells_what_the_function_does_and_stays_small(words: list[str], limit: int) -> None:
    memo = Memo(str.upper, limit)
    for word in words:
        assert memo[word] == word.upper()
        assert len(memo) <= limit


@given(st.lists(st.text("aB s_-", max_size=3)), st.lists(st.text("ab s-", min_size=1, max_size=4), min_size=1))
def test_phrases_are_found_where_the_pattern_of_them_finds_them(words: list[str], phrases: list[str]) -> None:
    text = "".join(words)
    pattern = "|".join(map(re.escape, sorted(phrases, key=lambda form: (-len(form), form))))
    matches = re.finditer(rf"(?<!\w)({pattern})s?(?!\w)", text, re.IGNORECASE)
    assert list(forms.standing(text, phrases)) == [(m.start(), m.end(), m[1].lower()) for m in matches]
