"""What the uses of one sense say of it, counted: it adds up, in any order."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from kgraph.model import Kind, Level
from kgraph.resolve.entities.belief import WITNESSES

BELIEVED, WAITING, LEFT_OUT = "believed", "waiting", "left out"
"""Whether a use is believed by itself, if enough others surely use the name, or not at all."""


class Voice(NamedTuple):
    """What one use says of a sense.

    `title` is the key of its paper's title, and that only for a sense that has nothing else to be told by.
    """

    name: str
    kind: Kind
    level: Level | None
    rule: str
    confidence: float
    certain: bool
    state: str
    title: str


@dataclass(slots=True)
class Tally:
    """How many uses say the same, and (name, state, surface) of all but those that are left out."""

    voices: dict[Voice, int] = field(default_factory=dict)
    surfaces: set[tuple[str, str, str]] = field(default_factory=set)

    def add(self, voice: Voice, surfaces: tuple[str, ...]) -> None:
        """Count one use."""
        self.voices[voice] = self.voices.get(voice, 0) + 1
        if voice.state != LEFT_OUT:
            for surface in surfaces:
                self.surfaces.add((voice.name, voice.state, surface))

    def plus(self, other: Tally) -> Tally:
        """Return this tally, grown by another."""
        for voice, count in other.voices.items():
            self.voices[voice] = self.voices.get(voice, 0) + count
        self.surfaces |= other.surfaces
        return self

    @property
    def uses(self) -> int:
        """The number of uses."""
        return sum(self.voices.values())

    def witnesses(self) -> dict[str, int]:
        """Return the names that enough papers surely use, with the number of these papers, where any use waits."""
        if all(voice.state == BELIEVED for voice in self.voices):
            return {}
        found: dict[str, int] = {}
        for voice, count in self.voices.items():
            if voice.certain:
                found[voice.name] = found.get(voice.name, 0) + count
        return {name: count for name, count in found.items() if count >= WITNESSES}

    def believed(self) -> Tally:
        """Return the tally of those uses that are believed, now that all others are known."""
        if all(voice.state == BELIEVED for voice in self.voices):
            return self
        known = self.witnesses()
        kept = {
            voice: count
            for voice, count in self.voices.items()
            if voice.state == BELIEVED or (voice.state == WAITING and voice.name in known)
        }
        return Tally(kept, {row for row in self.surfaces if row[1] == BELIEVED or row[0] in known})

    def kinds(self) -> dict[Kind, int]:
        """Return how many uses take it for each kind."""
        found: dict[Kind, int] = {}
        for voice, count in self.voices.items():
            found[voice.kind] = found.get(voice.kind, 0) + count
        return dict(sorted(found.items()))

    def weights(self) -> dict[Kind, Fraction]:
        """Return the sum of confidences for each kind, exactly: floats would depend on their order."""
        found: dict[Kind, Fraction] = {}
        for voice, count in self.voices.items():
            found[voice.kind] = found.get(voice.kind, Fraction()) + Fraction(voice.confidence) * count
        return found

    def names(self) -> dict[str, int]:
        """Return how many papers use each name."""
        found: dict[str, int] = {}
        for voice, count in self.voices.items():
            found[voice.name] = found.get(voice.name, 0) + count
        return found

    def spellings(self) -> set[str]:
        """Return all surfaces."""
        return {surface for _, _, surface in self.surfaces}
