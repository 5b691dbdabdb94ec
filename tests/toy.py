"""A small, readable `Knowledge` for tests: eight invented papers in which every kind of thing and relation occurs.

`toy()` is the plain one; `toy(hostile=True)` adds a paper and entities whose texts try to break out of every format.
Texts are written with their mentions marked: `⟦system/orca|Orca⟧` is the surface "Orca", naming that entity.
Conflicting claims, two systems called Apex, variants, a class of hardware, an unnamed subject, an unknown year, own
and foreign claims are all there, so that queries and views have something to find.
"""

import math
import re
from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from kgraph.model import (
    Citation,
    CoMention,
    Conflict,
    Entity,
    Evidence,
    Kind,
    Knowledge,
    Level,
    Paper,
    Polarity,
    Provenance,
    Quantity,
    Relation,
    RelationType,
    ResolvedMention,
    Skip,
    Source,
    ValueKind,
    Where,
    text_id,
)
from kgraph.text import digest, sentences

MARK = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧")

NASTY = (
    "quote \" back\\slash 'single' \t tab",
    "</script><img src=x onerror=alert(1)>",
    "line one\nline two\r\nline three",
    "emoji 🧪👩‍🔬 and é é",
    "bidi \u202egnol si siht\u202c and \u2066isolate\u2069",
    "عربي and עברית",
    'href="javascript:alert(1)" =HYPERLINK("http://evil")',
    "<http://example.org/a b> . } {$x} @en ^^xsd:x #",
    "control \x00\x07\x1b[31m and \x7f\x85",
    "lone \ud83d surrogate \udc00",
)
"""Texts that have broken Turtle, HTML, CSV, XML, JSON, terminals or encoders elsewhere."""

# id: (label, aliases, level, broader, manufacturer, exact matches)
ENTITIES: dict[str, tuple[str, tuple[str, ...], Level | None, str, str, tuple[str, ...]]] = {
    "system/orca": ("Orca", ("Orca",), None, "", "", ()),
    "system/tidal": ("Tidal", ("Tidal", "TIDAL"), None, "", "", ()),
    "system/tidal-2": ("Tidal-2", ("Tidal-2", "Tidal 2"), None, "system/tidal", "", ()),
    "system/apex-0a1b2c": ("Apex", ("Apex",), None, "", "", ()),
    "system/apex-3d4e5f": ("Apex", ("Apex",), None, "", "", ()),
    "system/driftkv": ("DriftKV", ("DriftKV",), None, "", "", ()),
    "hardware/gpu": ("GPU", ("GPU", "GPUs"), Level.CLASS, "", "", ()),
    "hardware/a100": ("A100", ("A100", "NVIDIA A100"), Level.PRODUCT, "hardware/gpu", "NVIDIA", ()),
    "hardware/a100-80gb": ("A100-80GB", ("A100-80GB",), Level.PRODUCT, "hardware/a100", "NVIDIA", ()),
    "hardware/h100": ("H100", ("H100",), Level.PRODUCT, "hardware/gpu", "NVIDIA", ()),
    "model/pine-7b": ("Pine-7B", ("Pine-7B",), None, "", "", ("http://www.wikidata.org/entity/Q0",)),
    "dataset/riverchat": ("RiverChat", ("RiverChat",), None, "", "", ()),
}
QUALIFIERS = {"system/apex-0a1b2c": "2021", "system/apex-3d4e5f": "2024"}

# paper id: (title, abstract, date, fields of Paper)
PAPERS: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "paper/orca-serving-111111": (
        "⟦system/orca|Orca⟧: Serving Language Models in Small Steps",
        "We present ⟦system/orca|Orca⟧, a server that schedules every step anew. ⟦system/orca|Orca⟧ outperforms "
        "⟦system/apex-0a1b2c|Apex⟧ by 36.9x in throughput on ⟦hardware/a100|NVIDIA A100⟧ ⟦hardware/gpu|GPUs⟧.",
        "2022-07-11",
        {"arxiv": "2207.00001", "venue": "OSDI", "url": "https://example.org/orca"},
    ),
    "paper/apex-scheduling-222222": (
        "⟦system/apex-0a1b2c|Apex⟧: Scheduling by Slope",
        "⟦system/apex-0a1b2c|Apex⟧ places jobs by their slope.",
        "2021-02-03",
        {"doi": "10.1000/apex<1>"},
    ),
    "paper/tidal-333333": (
        "⟦system/tidal|Tidal⟧: Paging the Cache of Attention",
        "⟦system/tidal|Tidal⟧ builds on ⟦system/orca|Orca⟧. ⟦system/tidal|TIDAL⟧ improves the throughput of "
        "⟦system/orca|Orca⟧ by 2-4x on ⟦hardware/a100-80gb|A100-80GB⟧. We serve ⟦model/pine-7b|Pine-7B⟧ on "
        "⟦dataset/riverchat|RiverChat⟧.",
        "2023-09-12",
        {"arxiv": "2309.00002", "s2": "abc123", "openalex": "W42"},
    ),
    "paper/tidal-2-444444": (
        "⟦system/tidal-2|Tidal-2⟧",
        "⟦system/tidal-2|Tidal-2⟧ extends ⟦system/tidal|Tidal⟧ and cuts its latency by up to 30% on "
        "⟦hardware/h100|H100⟧.",
        "2025",
        {},
    ),
    "paper/a-second-look-555555": (
        "A Second Look at Serving",
        "On ⟦hardware/h100|H100⟧ we find that ⟦system/tidal|Tidal⟧ has 1.2x lower throughput than "
        "⟦system/orca|Orca⟧. ⟦system/driftkv|DriftKV⟧ is on par with ⟦system/tidal|Tidal⟧.",
        "2024-05-01",
        {"arxiv": "2405.00003"},
    ),
    "paper/unnamed-666666": (
        "Faster Decoding Without a Name",
        "Our method is 1.5x faster than ⟦system/tidal|Tidal⟧ on a single ⟦hardware/a100|A100⟧ and needs no "
        "⟦system/driftkv|DriftKV⟧.",
        "",
        {},
    ),
    "paper/apex-training-777777": (
        "⟦system/apex-3d4e5f|Apex⟧: Training at the Peak",
        "⟦system/apex-3d4e5f|Apex⟧ trains ⟦model/pine-7b|Pine-7B⟧ in 494 ms per step on ⟦hardware/h100|H100⟧, "
        "3 points better on ⟦dataset/riverchat|RiverChat⟧ than ⟦system/tidal|Tidal⟧.",
        "2024-11-20",
        {"arxiv": "2411.00004"},
    ),
    "paper/driftkv-888888": (
        "⟦system/driftkv|DriftKV⟧: Let the Cache Drift",
        "We introduce ⟦system/driftkv|DriftKV⟧, built on ⟦system/tidal|Tidal⟧, evaluated on "
        "⟦hardware/a100|A100⟧ with ⟦dataset/riverchat|RiverChat⟧.",
        "2024-03-02",
        {},
    ),
}
INTRODUCES = (
    ("paper/orca-serving-111111", "system/orca"),
    ("paper/apex-scheduling-222222", "system/apex-0a1b2c"),
    ("paper/tidal-333333", "system/tidal"),
    ("paper/tidal-2-444444", "system/tidal-2"),
    ("paper/apex-training-777777", "system/apex-3d4e5f"),
    ("paper/driftkv-888888", "system/driftkv"),
)
# paper, subject ("" is the paper itself), object, polarity, metric, value, higher is better, quote
COMPARISONS = (
    ("paper/orca-serving-111111", "system/orca", "system/apex-0a1b2c", Polarity.BETTER, "throughput",
     Quantity("36.9x", Decimal("36.9"), Decimal("36.9"), ValueKind.RATIO), True,
     "Orca outperforms Apex by 36.9x in throughput"),
    ("paper/tidal-333333", "system/tidal", "system/orca", Polarity.BETTER, "throughput",
     Quantity("2-4x", Decimal(2), Decimal(4), ValueKind.RATIO), True,
     "TIDAL improves the throughput of Orca by 2-4x"),
    ("paper/tidal-2-444444", "system/tidal-2", "system/tidal", Polarity.BETTER, "latency",
     Quantity("up to 30%", Decimal(30), Decimal(30), ValueKind.PERCENT, up_to=True), False,
     "Tidal-2 extends Tidal and cuts its latency by up to 30%"),
    ("paper/a-second-look-555555", "system/tidal", "system/orca", Polarity.WORSE, "throughput",
     Quantity("1.2x", Decimal("1.2"), Decimal("1.2"), ValueKind.RATIO), True,
     "Tidal has 1.2x lower throughput than Orca"),
    ("paper/a-second-look-555555", "system/driftkv", "system/tidal", Polarity.SIMILAR, "", None, None,
     "DriftKV is on par with Tidal"),
    ("paper/unnamed-666666", "", "system/tidal", Polarity.BETTER, "speed",
     Quantity("1.5x", Decimal("1.5"), Decimal("1.5"), ValueKind.RATIO), True,
     "Our method is 1.5x faster than Tidal"),
    ("paper/unnamed-666666", "", "system/driftkv", Polarity.UNSPECIFIED, "", None, None, "needs no DriftKV"),
    ("paper/apex-training-777777", "system/apex-3d4e5f", "system/tidal", Polarity.BETTER, "accuracy",
     Quantity("3 points", Decimal(3), Decimal(3), ValueKind.POINTS), True, "3 points better on RiverChat than Tidal"),
)  # fmt: skip
# paper, subject, object, quote
RUNS_ON = (
    ("paper/orca-serving-111111", "system/orca", "hardware/a100", "in throughput on NVIDIA A100 GPUs"),
    ("paper/tidal-333333", "system/tidal", "hardware/a100-80gb", "by 2-4x on A100-80GB"),
    ("paper/tidal-2-444444", "system/tidal-2", "hardware/h100", "by up to 30% on H100"),
    ("paper/unnamed-666666", "", "hardware/a100", "on a single A100"),
    ("paper/apex-training-777777", "system/apex-3d4e5f", "hardware/h100", "in 494 ms per step on H100"),
    ("paper/driftkv-888888", "system/driftkv", "hardware/a100", "evaluated on A100"),
)
BUILDS_ON = (
    ("paper/tidal-333333", "system/tidal", "system/orca", "Tidal builds on Orca"),
    ("paper/tidal-2-444444", "system/tidal-2", "system/tidal", "Tidal-2 extends Tidal"),
    ("paper/driftkv-888888", "system/driftkv", "system/tidal", "DriftKV, built on Tidal"),
)
CITATIONS = (
    Citation("paper/tidal-2-444444", "paper/tidal-333333"),
    Citation("paper/tidal-333333", "paper/orca-serving-111111", ("We follow Orca [7].",), ("methodology",), "s2"),
)


def plain(marked: str) -> str:
    """Return a marked text without its marks."""
    return MARK.sub(lambda m: m.group(2), marked)


def mentions_of(paper: str, where: Where, marked: str, introduced: set[str]) -> list[ResolvedMention]:
    """Return the mentions that a marked text holds, with offsets into the plain one."""
    text, found, shift = plain(marked), [], 0
    spans = sentences(text)
    for match in MARK.finditer(marked):
        entity, surface = match.groups()
        start = match.start() - shift
        shift += len(match.group(0)) - len(surface)
        first, last = next(((a, b) for a, b in spans if a <= start < b), (0, len(text)))
        last = max(last, start + len(surface))  # a hostile name may look like the end of a sentence
        found.append(
            ResolvedMention(
                paper,
                entity,
                where,
                start,
                start + len(surface),
                surface,
                first,
                last,
                entity in introduced,
                0.9,
                "toy",
            )
        )
    return found


def evidence(paper: Paper, quote: str) -> Evidence:
    """Return where the paper says `quote`."""
    for where, text in ((Where.TITLE, paper.title), (Where.ABSTRACT, paper.abstract)):
        if (start := text.find(quote)) >= 0:
            return Evidence(paper.id, where, start, start + len(quote), quote)
    raise ValueError(f"{paper.id} does not say {quote!r}")


def relation(type_: RelationType, paper: Paper, subject: str, object_: str, quote: str, **more: object) -> Relation:
    """Return a relation that `paper` states in the words `quote`."""
    where = evidence(paper, quote)
    id_ = digest(type_, subject, object_, paper.id, where.where, str(where.start), str(where.end))
    return Relation(id_, type_, subject, object_, where, rule="toy", **more)  # type: ignore[arg-type]


def comentions(mentions: list[ResolvedMention], papers: int) -> list[CoMention]:
    """Count, in the plainest way, who is named with whom."""
    by_paper, by_sentence = defaultdict(set), defaultdict(set)
    for m in mentions:
        by_paper[m.paper].add(m.entity)
        by_sentence[m.paper, m.where, m.sentence_start].add(m.entity)
    single = Counter(e for group in by_paper.values() for e in group)
    pairs = Counter(p for group in by_paper.values() for p in combinations(sorted(group), 2))
    near = Counter(p for group in by_sentence.values() for p in combinations(sorted(group), 2))
    return [
        CoMention(a, b, n, near[a, b], round(math.log(n * papers / (single[a] * single[b])) / -math.log(n / papers), 6))
        for (a, b), n in pairs.items()
    ]


def _hostile() -> tuple[dict[str, Entity], dict[str, tuple[str, str, str, dict[str, str]]]]:
    """Entities with the nasty labels, and one paper that names them all."""
    entities = {}
    for i, text in enumerate(NASTY):
        id_ = f"system/nasty-{i}"
        entities[id_] = Entity(id_, Kind.SYSTEM, text, (f"alias {text}", text), qualifier=text)
    title = "A title with </script>, \"quotes\" and 'more' \\ \u202e <img src=x onerror=alert(1)>"
    abstract = " and ".join(f"⟦{id_}|{entity.label}⟧" for id_, entity in entities.items())
    more = {"url": 'https://example.org/a b"<>\\^`{|}', "doi": "10.1000/a b>c", "venue": NASTY[1]}
    return entities, {"paper/nasty-999999": (title, abstract, "2020-02-30", more)}


def toy(*, hostile: bool = False) -> Knowledge:
    """Return the toy knowledge, sorted as `Knowledge` promises."""
    introduced_by: dict[str, list[str]] = defaultdict(list)
    for paper_id, entity_id in INTRODUCES:
        introduced_by[entity_id].append(paper_id)
    entities = {
        id_: Entity(
            id_, Kind(id_.split("/")[0]), label, aliases, level, broader, maker,
            id_ if level else "", match, tuple(introduced_by[id_]), QUALIFIERS.get(id_, ""),
        )
        for id_, (label, aliases, level, broader, maker, match) in ENTITIES.items()
    }  # fmt: skip
    sources = dict(PAPERS)
    if hostile:
        nasty, paper = _hostile()
        entities.update(nasty)
        sources.update(paper)
    papers: dict[str, Paper] = {}
    mentions: list[ResolvedMention] = []
    for id_, (title, abstract, date, more) in sources.items():
        own = {e for p, e in INTRODUCES if p == id_}
        mentions += mentions_of(id_, Where.TITLE, title, own) + mentions_of(id_, Where.ABSTRACT, abstract, own)
        title, abstract = plain(title), plain(abstract)
        year = int(date[:4]) if date else None
        records = (digest(title), digest(title, "again")) if id_ == "paper/tidal-333333" else (digest(title),)
        conflicts = (Conflict("date", date, ("2023-09-13",)),) if len(records) > 1 else ()
        base = Paper(id_, title, abstract, text_id(title, abstract), year, date, authors=("Ada Example", "Bo Muster"))
        papers[id_] = replace(base, records=tuple(sorted(records)), conflicts=conflicts, **more)  # type: ignore[arg-type]
    relations = [
        relation(
            RelationType.COMPARES_AGAINST, papers[p], s or p, o, quote, polarity=polarity, metric=metric, value=value,
            higher_is_better=higher, own_claim=not s or (p, s) in INTRODUCES, confidence=0.8,
        )
        for p, s, o, polarity, metric, value, higher, quote in COMPARISONS
    ]  # fmt: skip
    for type_, rows in ((RelationType.RUNS_ON, RUNS_ON), (RelationType.BUILDS_ON, BUILDS_ON)):
        relations += [
            relation(type_, papers[p], s or p, o, quote, own_claim=not s or (p, s) in INTRODUCES)
            for p, s, o, quote in rows
        ]
    for paper_id, entity_id in INTRODUCES:
        title = papers[paper_id].title
        relations.append(
            relation(RelationType.INTRODUCES, papers[paper_id], paper_id, entity_id, title, own_claim=True)
        )
    read = Source("toy.txt", "saved-page", "0" * 64, len(papers) + 1, (Skip("line 9", "no abstract"),))
    return Knowledge(
        papers=tuple(papers[k] for k in sorted(papers)),
        entities=tuple(entities[k] for k in sorted(entities)),
        mentions=tuple(sorted(mentions, key=lambda m: (m.paper, m.where, m.start, m.end, m.entity))),
        relations=tuple(sorted(relations, key=lambda r: r.id)),
        comentions=tuple(sorted(comentions(mentions, len(papers)), key=lambda c: (c.a, c.b))),
        citations=CITATIONS,
        provenance=Provenance("0.1.0", ("toy.txt",), (("saved", "2025-06-01"),), (read,), "ab" * 8, ("a note",)),
    )
