"""How well extractions agree with a gold file: precision, recall and F1 of entities and relations.

Papers meet by title (letters and digits, case folded). Within a paper, gold and predicted entities are paired one to
one, each pair sharing a normalised name or surface; an entity is right if its pair has the same type. A relation is
right if type, subject and object match. A gold subject "PAPER" also matches an entity that the prediction marks as
introduced, and a gold subject that the paper introduces also matches "PAPER". A comparison may be stated the other way
round, its polarity turned with it. All figures are micro-averages over papers.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kgraph.errors import InputError

KINDS = ("system", "hardware", "model", "dataset")
RELATIONS = ("compares_against", "runs_on", "builds_on")
ROWS = (*KINDS, "entity, any type", "introduces", *RELATIONS)

_VENDOR = re.compile(
    r"^(nvidia|google|intel|amd|apple|huawei|xilinx|amazon|aws|qualcomm|arm|samsung|meta|microsoft|cerebras|graphcore)\b"
)
_CLASS_WORD = re.compile(r"\b(gpus?|cpus?|fpgas?|processors?|chips?|boards?|microcontrollers?|tensor)$")
_NON_WORD = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TURNED = {"better": "worse", "worse": "better"}

Paper = Mapping[str, Any]


@dataclass
class Tally:
    """Right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def figures(self) -> dict[str, float | int]:
        """Return P, R and F1, rounded to 3 places, and the numbers of gold and predicted things."""
        precision = self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0
        recall = self.right / (self.right + self.missed) if self.right + self.missed else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {
            "P": round(precision, 3),
            "R": round(recall, 3),
            "F1": round(f1, 3),
            "gold": self.right + self.missed,
            "predicted": self.right + self.wrong,
        }


@dataclass
class Score:
    """Tallies by row, shares of right polarities and values among right comparisons, and errors in words.

    `judged` has a (row, confidence, right) for each predicted entity and relation that gives its confidence.
    """

    tallies: dict[str, Tally] = field(default_factory=lambda: {row: Tally() for row in ROWS})
    polarity: Tally = field(default_factory=Tally)
    value: Tally = field(default_factory=Tally)
    papers: int = 0
    not_predicted: int = 0
    errors: list[str] = field(default_factory=list)
    judged: list[tuple[str, float, bool]] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Return all figures by name, ready for JSON."""
        found: dict[str, Any] = {row: tally.figures() for row, tally in self.tallies.items()}
        found["polarity accuracy"] = round(self.polarity.right / max(1, self.polarity.right + self.polarity.wrong), 3)
        found["value accuracy"] = round(self.value.right / max(1, self.value.right + self.value.wrong), 3)
        return found | {"papers": self.papers, "papers not predicted": self.not_predicted}


def title_key(title: str) -> str:
    """Return what titles of one paper share: letters and digits, case folded."""
    return _NON_WORD.sub("", title.casefold())


def read(lines: Iterable[str], shown: str) -> dict[str, Paper]:
    """Return the papers of JSON Lines by title key; InputError, with the line, where one can't be understood."""
    papers: dict[str, Paper] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            paper = _paper(json.loads(line))
        except ValueError as error:
            raise InputError(
                str(error) if isinstance(error, _FaultError) else f"not JSON: {error}",
                where=f"{shown}, line {number}",
                remedy="a line is a paper as `kgraph extract` prints it",
            ) from None
        papers[title_key(paper["title"])] = paper
    return papers


class _FaultError(ValueError):
    """What a paper lacks."""


def _paper(row: Any) -> Paper:
    """Return the title, entities and relations of a paper; _FaultError that names what is missing or of no use."""
    title = _field(row, "title", str, "")
    entities, relations = _field(row, "entities", list, ""), row.get("relations", [])
    for i, entity in enumerate(entities):
        for name in ("name", "type"):
            _field(entity, name, str, f"entities[{i}]: ")
    for i, relation in enumerate(_field({"relations": relations}, "relations", list, "")):
        for name in ("type", "subject", "object"):
            _field(relation, name, str, f"relations[{i}]: ")
        if relation["type"] not in RELATIONS:
            raise _FaultError(f"relations[{i}]: no type {relation['type']!r}; there are {', '.join(RELATIONS)}")
    return {"title": title, "entities": entities, "relations": relations}


def _field(row: Any, name: str, kind: type, where: str) -> Any:
    if not isinstance(row, dict):
        raise _FaultError(f"{where}not an object but {json.dumps(row)[:40]}")
    if name not in row:
        raise _FaultError(f"{where}no field {name!r}")
    if not isinstance(row[name], kind):
        raise _FaultError(f"{where}{name!r} is no {'text' if kind is str else 'list'}")
    return row[name]


def score(gold: Mapping[str, Paper], predicted: Mapping[str, Paper]) -> Score:
    """Return how `predicted` agrees with `gold`, both by title key; papers only predicted don't count."""
    found = Score()
    for title, paper in gold.items():
        guess = predicted.get(title, {"entities": [], "relations": []})
        found.papers += 1
        found.not_predicted += title not in predicted
        _Comparison(found, paper, guess).run()
    return found


def forms(surface: str) -> set[str]:
    """Return the normalised forms of a name: with and without vendor, class word and plural; no case or punctuation."""
    text = " ".join(surface.casefold().replace("\\", "").split())
    found = {text, _VENDOR.sub("", text).strip() or text}
    found |= {_CLASS_WORD.sub("", form).strip() or form for form in found}
    found |= {form[:-1] for form in found if len(form) > 3 and form.endswith("s")}
    return {_NON_WORD.sub("", form) for form in found} - {""}


def _all_forms(entity: Mapping[str, Any]) -> set[str]:
    return set().union(*(forms(surface) for surface in [entity["name"], *entity.get("surfaces", [])]))


def paired(gold: list[Any], guess: list[Any]) -> dict[int, int]:
    """Return {index in gold: index in guess}, one to one: first of the same type, then of the same name, then those
    that share most."""
    gold_forms, guess_forms = [_all_forms(e) for e in gold], [_all_forms(e) for e in guess]
    options = []
    for i, g in enumerate(gold):
        for j, p in enumerate(guess):
            if shared := gold_forms[i] & guess_forms[j]:
                same_name = bool(forms(g["name"]) & forms(p["name"]))
                options.append((g["type"] != p["type"], not same_name, -len(shared), i, j))
    pairs: dict[int, int] = {}
    for *_, i, j in sorted(options):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


class _Comparison:
    """One paper against its gold."""

    def __init__(self, found: Score, gold: Paper, guess: Paper) -> None:
        self.found, self.gold, self.guess = found, gold, guess
        self.gold_entities, self.guess_entities = gold["entities"], guess["entities"]
        self.pairs = paired(self.gold_entities, self.guess_entities)
        self.gold_new = {i for i, e in enumerate(self.gold_entities) if e.get("introduced")}
        self.guess_new = {j for j, e in enumerate(self.guess_entities) if e.get("introduced")}

    def run(self) -> None:
        """Count everything."""
        self.entities()
        self.relations()

    def count(self, row: str, right: int, predicted: int, gold: int) -> None:
        tally = self.found.tallies[row]
        tally.right += right
        tally.wrong += predicted - right
        tally.missed += gold - right

    def entities(self) -> None:
        gold, guess, pairs = self.gold_entities, self.guess_entities, self.pairs
        self.count("entity, any type", len(pairs), len(guess), len(gold))
        typed = {i: j for i, j in pairs.items() if gold[i]["type"] == guess[j]["type"]}
        for kind in KINDS:
            of_gold = [i for i, e in enumerate(gold) if e["type"] == kind]
            of_guess = [j for j, e in enumerate(guess) if e["type"] == kind]
            self.count(kind, sum(i in typed for i in of_gold), len(of_guess), len(of_gold))
            for i in of_gold:
                if i not in typed:
                    seen = f" (found as {guess[pairs[i]]['type']})" if i in pairs else ""
                    self.error(f"MISS {kind:9} {gold[i]['name']!r}{seen} | {self.gold['title'][:60]}")
            for j in of_guess:
                self.judge(kind, guess[j], j in typed.values())
                if j not in typed.values():
                    self.error(f"FALSE {kind:8} {guess[j]['name']!r} | {self.gold['title'][:60]}")
        both = sum(pairs.get(i) in self.guess_new for i in self.gold_new)
        self.count("introduces", both, len(self.guess_new), len(self.gold_new))

    def relations(self) -> None:
        gold_index = {e["name"]: i for i, e in enumerate(self.gold_entities)}
        guess_index = {e["name"]: j for j, e in enumerate(self.guess_entities)}
        left: dict[str, list[tuple[Any, Any, Any]]] = defaultdict(list)
        for r in self.guess["relations"]:
            subject = "PAPER" if r["subject"] == "PAPER" else guess_index.get(r["subject"], -1)
            left[r["type"]].append((subject, guess_index.get(r["object"], -1), r))
        for r in self.gold["relations"]:
            subjects, other = self.ends(r, gold_index)
            open_ = left[r["type"]]
            hit = next((x for x in open_ if other is not None and x[1] == other and x[0] in subjects), None)
            turned = False
            if hit is None and other is not None and r["type"] == "compares_against":
                hit = next((x for x in open_ if x[0] == other and x[1] in subjects), None)
                turned = hit is not None
            if hit is None:
                self.count(r["type"], 0, 0, 1)
                self.error(f"MISS {r['type']} {_in_words(r)}")
                continue
            open_.remove(hit)
            self.count(r["type"], 1, 1, 1)
            self.judge(r["type"], hit[2], True)
            if r["type"] == "compares_against":
                self.details(r, hit[2], turned)
        for type_, rows in left.items():
            for *_, r in rows:
                self.count(type_, 0, 1, 0)
                self.judge(type_, r, False)
                self.error(f"FALSE {type_} {_in_words(r)}")

    def ends(self, r: Mapping[str, Any], gold_index: Mapping[str, int]) -> tuple[set[Any], int | None]:
        """Return the predicted subjects and the predicted object that a gold relation may match."""
        if r["subject"] == "PAPER":
            subjects: set[Any] = {"PAPER"} | self.guess_new
        else:
            index = gold_index.get(r["subject"], -1)
            subjects = {self.pairs.get(index)} | ({"PAPER"} if index in self.gold_new else set())
        return subjects, self.pairs.get(gold_index.get(r["object"], -1))

    def details(self, gold: Mapping[str, Any], guess: Mapping[str, Any], turned: bool) -> None:
        polarity = guess.get("polarity")
        if turned:
            polarity = _TURNED.get(str(polarity), polarity)
        _share(self.found.polarity, polarity == gold.get("polarity"))
        if gold.get("value"):
            known, found = _numbers(gold["value"]), _numbers(guess.get("value"))
            _share(self.found.value, bool(known & found) or gold["value"] == guess.get("value"))

    def judge(self, row: str, guess: Mapping[str, Any], right: bool) -> None:
        if isinstance(confidence := guess.get("confidence"), float | int):
            self.found.judged.append((row, float(confidence), right))

    def error(self, text: str) -> None:
        self.found.errors.append(text)


def _share(tally: Tally, right: bool) -> None:
    tally.right += right
    tally.wrong += not right


def _numbers(value: str | None) -> set[str]:
    return set(_NUMBER.findall(value or ""))


def _in_words(r: Mapping[str, Any]) -> str:
    return f"{r['subject']} -> {r['object']} | {(r.get('evidence') or '')[:110]}"
