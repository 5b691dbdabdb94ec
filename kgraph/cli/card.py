"""One thing as text on a terminal."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from kgraph.cli.terminal import safe
from kgraph.graph.view import Link, Named, Quote, View
from kgraph.model import Decision, Polarity, Quantity, RelationType
from kgraph.words import count

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

T = TypeVar("T")

STYLES = {"system": "bold blue", "hardware": "bold green", "model": "bold magenta", "dataset": "bold yellow"}
WORDS = {
    Polarity.BETTER: ("▲", "better than", "green"),
    Polarity.WORSE: ("▼", "worse than", "red"),
    Polarity.SIMILAR: ("≈", "on par with", "yellow"),
    Polarity.UNSPECIFIED: ("·", "compared with", "cyan"),
}
HEADINGS: dict[tuple[RelationType, bool], str] = {
    (RelationType.COMPARES_AGAINST, True): "Compared",
    (RelationType.RUNS_ON, True): "Runs on",
    (RelationType.RUNS_ON, False): "What runs on it",
    (RelationType.BUILDS_ON, True): "Builds on",
    (RelationType.BUILDS_ON, False): "What builds on it",
    (RelationType.INTRODUCES, True): "Introduces",
}


class Card:
    """Prints views; `limit` is the most lines of a part (None: no limit)."""

    def __init__(self, console: Console, limit: int | None = 8) -> None:
        from rich.text import Text

        self.console, self.limit, self.text = console, limit, Text

    def show(self, view: View) -> None:
        """Print everything about one thing."""
        self.thing = view.thing
        self._head(view)
        for heading, links in self._grouped(view):
            self._part(heading, links, self._link)
        self._names("Variants", view.narrower)
        if view.narrower and view.thing.kind == "hardware":
            asked = shlex.quote(f"hardware={safe(view.thing.label)}")
            self._line(("what runs on it or on these: ", "dim"), f"kgraph query runs-on -p {asked}", indent=2)
        self._names("Names", view.entities)
        self._names("Cites", view.cites)
        self._names("Cited by", view.cited_by)
        self._part("Citing papers by year", view.citing_years, self._year)
        self._names("Compare with it and don't cite its paper", view.not_cited)
        self._names("Cite its paper and don't compare with it", view.not_compared)
        if view.near:
            near = [Named(other.id, f"{other.label} ({count})", other.kind) for other, count in view.near]
            self._names("Named together with (papers)", near)
        self._part("Papers", view.papers, self._paper)

    def why(self, decisions: Sequence[Decision]) -> None:
        """Print why names became the thing shown."""

        def show(decision: Decision) -> None:
            paper = f" ({decision.paper})" if decision.paper else ""
            self._line((safe(decision.subject), "bold"), f"  {safe(decision.reason)}{safe(paper)}", indent=2)

        self._part("Why", decisions, show)

    def _line(self, *pieces: tuple[str, str] | str | Text, indent: int = 0) -> None:
        line = self.text()
        for piece in pieces:
            line.append_text(piece if isinstance(piece, self.text) else self.text.assemble(piece))
        for row in (
            line.wrap(self.console, max(self.console.width - indent, 10)) if self.console.is_terminal else [line]
        ):
            row.rstrip()  # whoever copies it wants no blanks at its end
            self.console.print(self.text(" " * indent if row else "") + row)

    def _head(self, view: View) -> None:
        d, thing = view.details, view.thing
        qualifier = f" ({safe(d['qualifier'])})" if d.get("qualifier") else ""
        year = f" ({thing.year})" if thing.year else ""
        kind = "class of hardware" if d.get("level") == "class" else thing.kind
        style = STYLES.get(thing.kind, "bold")
        self._line((safe(thing.label), style), (qualifier + year, style), f"  {kind}", (f"  {safe(thing.id)}", "dim"))
        if d.get("manufacturer"):
            self._line(f"made by {safe(d['manufacturer'])}", indent=2)
        if d.get("aliases"):
            self._line(("also ", "dim"), ", ".join(map(safe, d["aliases"])), indent=2)
        if view.broader:
            self._line(("a kind of ", "dim"), " → ".join(safe(b.label) for b in view.broader), indent=2)
        for paper in view.introduced_by:
            self._line(("introduced by ", "dim"), self._title(paper), indent=2)
        for name in ("arxiv", "doi", "url", "venue", "date"):
            if d.get(name):
                self._line((f"{name} ", "dim"), safe(str(d[name])), indent=2)
        if d.get("authors"):
            self._line(("by ", "dim"), ", ".join(map(safe, d["authors"])), indent=2)
        if view.papers:
            first, *last = d["years"] or [""]
            span = f", {first}" + (f" to {last[0]}" if last and last[0] != first else "") if first else ""
            self._line(f"{count(len(view.papers), 'paper')}, {count(view.mentions, 'mention')}{span}", indent=2)
        for conflict in d.get("conflicts", ()):
            self._line(("sources differ on ", "dim"), safe(conflict), indent=2)
        if d.get("abstract"):
            self._line(safe(d["abstract"]), indent=2)

    def _grouped(self, view: View) -> list[tuple[str, list[Link]]]:
        def heading(link: Link) -> str:
            both_ways = link.type is RelationType.COMPARES_AGAINST
            return HEADINGS.get((link.type, link.outgoing or both_ways), "")

        shown = [link for link in view.links if heading(link)]
        order = list(HEADINGS.values())
        shown.sort(key=lambda link: order.index(heading(link)))
        return [(name, list(links)) for name, links in groupby(shown, heading)]

    def _part(self, heading: str, items: Sequence[T], show: Callable[[T], None]) -> None:
        if not items:
            return
        self._line("")
        self._line((heading, "bold underline"), (f" {len(items)}", "dim"))
        for item in items[: self.limit]:
            show(item)
        if self.limit is not None and len(items) > self.limit:
            self._line((f"and {len(items) - self.limit:,} more (--all)", "dim"), indent=2)

    def _names(self, heading: str, things: Sequence[Named]) -> None:
        if not things:
            return
        limit = None if self.limit is None else 3 * self.limit
        self._line("")
        self._line((heading, "bold underline"), (f" {len(things)}", "dim"))
        line = self.text()
        for number, thing in enumerate(things[:limit]):
            line.append(", " if number else "")
            year = f" ({thing.year})" if thing.year else ""
            line.append(safe(thing.label) + year, STYLES.get(thing.kind, "").replace("bold ", ""))
        if limit is not None and len(things) > limit:
            line.append(f" and {len(things) - limit:,} more (--all)", "dim")
        self._line(line, indent=2)

    def _link(self, link: Link) -> None:
        line = self.text()
        if link.subject is not None:
            line.append(f"{safe(link.subject.label)} ", STYLES.get(link.subject.kind, ""))
            if link.type is not RelationType.COMPARES_AGAINST:
                line.append("→ ", "dim")
        if link.type is RelationType.COMPARES_AGAINST:
            sign, words, style = WORDS[link.polarity or Polarity.UNSPECIFIED]
            line.append(f"{sign} {words} ", style)
        line.append_text(self._label(link.other))
        number = " ".join(part for part in (_value(link.value), safe(link.metric)) if part)
        if number:
            line.append(f"  {number}", "bold")
        if link.own_claim and link.type is RelationType.COMPARES_AGAINST:
            subject = link.subject or (self.thing if link.outgoing else link.other)
            whose = "that paper" if subject.kind == "paper" else safe(subject.label)
            line.append(f"  own claim of {whose}", "dim")
        self._line(line, indent=2)
        self._line(self._sentence(link.quote), indent=4)
        if link.quote.paper != self.thing:
            self._line(("— ", "dim"), self._title(link.quote.paper), indent=4)

    def _paper(self, quote: Quote) -> None:
        self._line(self._title(quote.paper), indent=2)
        if quote.text != quote.paper.label:
            self._line(self._sentence(quote), indent=4)

    def _year(self, counted: tuple[int, int]) -> None:
        year, papers = counted
        self._line((str(year) if year else "unknown", "bold"), f"  {papers:,}", indent=2)

    def _label(self, thing: Named) -> Text:
        style = STYLES.get(thing.kind, "italic")
        label = f"the work of “{safe(thing.label)}”" if thing.kind == "paper" else safe(thing.label)
        return self.text(label, style)

    def _title(self, paper: Named) -> Text:
        year = f" ({paper.year})" if paper.year else ""
        return self.text(f"{safe(paper.label)}{year}", "italic")

    def _sentence(self, quote: Quote) -> Text:
        line, end = self.text("“"), 0
        for start, stop in quote.marks:
            if start >= end:
                line.append(safe(quote.text[end:start]))
                line.append(safe(quote.text[start:stop]), "bold reverse")
                end = stop
        line.append(safe(quote.text[end:]))
        return line.append("”")


def _value(value: Quantity | None) -> str:
    if value is None:
        return ""
    text = safe(value.text)
    return text if not value.up_to or "up to" in text.lower() else f"up to {text}"
