"""A name that is known beforehand, and the forms under which names meet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kgraph.model import Kind, Level
from kgraph.ontology import VOCAB

# Hyphens and spaces that texts use for the plain ones; each maps to one character, so that offsets stay.
_PLAIN = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\u00ad\ufe63\uff0d", "-")
_PLAIN |= dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t\n\r\f\v", " ")
_PLAIN |= {"\u2019": "'"}

_SEPARATORS = re.compile(r"[\s\-_/.,'’()\[\]{}:;\"“”`~^\\]+")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_BETWEEN_NUMBERS = re.compile(r"(?<=\d)[\s\-_/,:]+(?=\d)")


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of a SKOS scheme.

    `id` is "kind/name" ("hardware/a100") and `broader` holds such ids. `label` is the preferred label, `alt` other
    names, `hidden` forms that are recognised but not shown. An `ambiguous` concept has one-word names that are also
    ordinary words or other things ("Summit"): they mean the concept only in context.
    """

    id: str
    iri: str
    kind: Kind
    label: str
    alt: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    level: Level | None = None
    manufacturer: str = ""
    architecture: str = ""
    exact_match: tuple[str, ...] = ()
    ambiguous: bool = False

    @property
    def reference(self) -> str:
        """What graphs call the concept by: its id where its IRI follows from that, else the IRI that a user gave."""
        return self.id if self.iri == f"{VOCAB}{self.id}" else self.iri

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the concept, the preferred one first."""
        return (self.label, *self.alt, *self.hidden)

    def means_otherwise(self, short: str, forms: Iterable[str]) -> bool:
        """Return whether a text that gives one of the `forms` as the full form of `short` means something else.

        So where no word of it begins like one of the concept's own full form: in a text with "multi-plane images (MPI)"
        MPI is no Message Passing Interface, but Group Relative Preference Optimization is a GRPO.
        """
        if " " in short:
            return False
        key = name_key(short).rstrip("s")
        spelt = [
            name for name in self.names if " " in name and name[0].lower() == key[:1] and key not in name_key(name)
        ]
        known = {word for name in spelt for word in _beginnings(name)}
        return bool(known) and any(
            " " in form and key not in name_key(form) and known.isdisjoint(_beginnings(form)) for form in forms
        )


_WORD = re.compile(r"[^\W_]{2,}")
_SMALL = {"a", "an", "and", "based", "for", "from", "in", "of", "on", "the", "to", "with"}


def _beginnings(phrase: str) -> set[str]:
    """Return the first five letters of the words of a phrase, small ones left out."""
    return {word[:5] for word in _WORD.findall(phrase.lower())} - _SMALL


def plain(text: str) -> str:
    """Return `text` with typographic hyphens and spaces made plain; offsets are unchanged."""
    if text.isascii() and "\n" not in text and "\t" not in text:
        return text
    for typographic, sign in _PLAIN.items():  # a search for each takes far less time than one look at every character
        if typographic in text:
            text = text.replace(typographic, sign)
    return text


def folded(text: str) -> str:
    """Return `text` in plain lower case with every character where it was (so never longer or shorter)."""
    text = plain(text)
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=1 << 17)
def name_key(name: str) -> str:
    """Return what is left of a name without case, spaces, hyphens and brackets: "TPU v4" and "TPUv4" meet as "tpuv4".

    Numbers don't run together ("LLaMA-2-7B" is not "LLaMA-27B", "OPT-1.3B" not "OPT-13B"), and signs that tell names
    apart stay, as in "C++" or "F#".
    """
    return _SEPARATORS.sub("", _BETWEEN_NUMBERS.sub("\ue001", _POINT.sub("\ue000", folded(name))))


def needs_case(name: str, *, ambiguous: bool) -> bool:
    """Return whether `name` is recognised in a text only in its own case.

    So for ambiguous one-word names, for those with the shape of a word of the language ("Docker", "CUTLASS"), and for
    short ones without a digit ("OPT", "GloVe"): in lower case most of them are words.
    """
    if " " in name:
        return False
    if ambiguous or (name.isalpha() and (name.istitle() or name.isupper())):
        return True
    return len(name) <= 5 and not any(c.isdigit() for c in name)


def is_phrase(name: str) -> bool:
    """Return whether `name` consists of several words of letters with a capital, as "Once for All" does.

    As a preferred label, such a name is recognised only with a capital: without, it is a phrase of the language.
    """
    words = name.replace("-", " ").split()
    return len(words) > 1 and all(w.isalpha() for w in words) and not name.islower()
