"""What is skipped for speed would have found nothing, and what is remembered is what would be worked out again."""

import re

from hypothesis import given
from hypothesis import strategies as st

from kgraph.extract.memo import Memo
from kgraph.extract.names import forms
from kgraph.extract.relations.clauses import cast_of, read_sentence
from kgraph.extract.relations.comparisons import comparisons
from kgraph.extract.relations.contexts import scene_of
from kgraph.extract.relations.lineage import lineage
from kgraph.extract.relations.placements import placements
from kgraph.extract.relations.quantities import _WORDS, _may_spell
from kgraph.model import Kind, Mention, Where
from kgraph.vocab.concept import _PLAIN, plain

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


SAID = "Mine Mine Data outperforms compared to than faster 2x by 30% of the throughput is which and , built on runs we"


@given(st.lists(st.sampled_from(SAID.split()), min_size=1, max_size=14))
def test_a_sentence_that_is_passed_over_states_no_relation(words: list[str]) -> None:
    text, mentions, at = " ".join(words), [], 0
    for word in words:
        if word in ("Mine", "Data"):
            kind, own = (Kind.SYSTEM, True) if word == "Mine" else (Kind.DATASET, False)
            end = at + len(word)
            mentions.append(
                Mention(Where.ABSTRACT, at, end, word, kind, word, 0, len(text), introduced=own, confidence=0.9)
            )
        at += len(word) + 1
    cast = cast_of([*mentions, Mention(Where.TITLE, 0, 4, "Mine", Kind.SYSTEM, "Mine", 0, 4, introduced=True)])
    sentence = read_sentence(text, Where.ABSTRACT, 0, len(text), mentions)
    assert not sentence.relates(cast.own)
    scene = scene_of(cast, mentions, ())
    assert not comparisons(sentence, cast, "Mine")
    assert not placements(sentence, scene, "Mine")
    assert not lineage(sentence, scene, "Mine")


@given(st.text("a B-\u2013\u2014\u2019\u00a0\u3000\u00ad\t\n\r\f\u00e9\u2028"))
def test_signs_are_made_plain_each_in_its_place(text: str) -> None:
    translated = text.translate({ord(sign): simple for sign, simple in _PLAIN.items()})
    assert plain(text) == (text if text.isascii() and not {"\n", "\t"} & set(text) else translated)
