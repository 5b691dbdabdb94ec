"""Comparisons told in two sentences: "We compare X with vLLM. It reaches 2x higher throughput." """

from __future__ import annotations

import re
from dataclasses import replace

from kgraph.extract.relations.clauses import Cast, Sentence, read_sentence
from kgraph.extract.relations.cues import cues
from kgraph.extract.relations.directions import direction
from kgraph.extract.relations.findings import Comparison
from kgraph.extract.relations.listings import numbers
from kgraph.extract.relations.measures import comparative, measure, telling
from kgraph.model import Polarity

_NEXT = re.compile(
    r"\s{0,3}(?P<next>(?:It|Our|We|Results?|The results?|This|Experiments?|The proposed|[A-Z]\w{1,40})\s"
    r"[^.]{3,300}(?:\.\d[^.]{0,200}){0,6}\.)"
)
_OPENERS = ("it ", "our ", "we ", "result", "the result", "this ", "experiment", "the proposed")


def followed_up(sentence: Sentence, c: Comparison, cast: Cast) -> tuple[Comparison, int]:
    """Return a bare comparison with the outcome that the next sentence gives, and where the words that tell it end.

    Only a sentence that names nothing else and goes on about the same work ("It ...", "Results ...") counts; otherwise
    the comparison comes back as it is, with the end of its own sentence.
    """
    if (
        c.polarity is not Polarity.UNSPECIFIED
        or c.measures
        or c.rule not in ("compare", "compared", "against", "relative")
    ):
        return c, sentence.end
    m = _NEXT.match(sentence.text, sentence.end, sentence.end + 1600)
    if m is None:
        return c, sentence.end
    own = any(m["next"].startswith(name + " ") for name in sorted(cast.own))
    if not own and not m["next"].lower().startswith(_OPENERS):
        return c, sentence.end
    after = read_sentence(sentence.text, sentence.where, m.start("next"), m.end("next"), ())
    if any(cue.rule not in ("same", "match") for cue in cues(after)):
        return c, sentence.end
    found = [measure(after.tokens, i) for i in numbers(after.tokens, 0, len(after.tokens))]
    found = [x for x in found if telling(x.quantity) and comparative(x) and x.good is not None]
    polarity = direction(list(after.words)) if not found else Polarity.BETTER if found[0].good else Polarity.WORSE
    if polarity is Polarity.UNSPECIFIED:
        return c, sentence.end
    return replace(c, polarity=polarity, measures=tuple(found), rule="followed up"), m.end("next")
