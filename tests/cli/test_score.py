"""`kgraph score` follows the rules of the reference script, on real annotations and damaged copies of them."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kgraph.cli import cli
from kgraph.score import forms, paired


def damaged(lines: list[str], seed: int) -> list[str]:
    """Drop, rename, retype and turn around some of what a gold file says."""
    rng, out = random.Random(seed), []
    for paper in map(json.loads, lines):
        kept = [e for e in paper["entities"] if rng.random() > 0.2]
        for entity in kept:
            if rng.random() < 0.2:
                entity["type"] = rng.choice(["system", "hardware", "model", "dataset"])
            if rng.random() < 0.2:
                entity["introduced"] = not entity["introduced"]
            if rng.random() < 0.2:
                entity["surfaces"] = [f"NVIDIA {entity['name'].lower()} GPUs"]
        for relation in paper["relations"]:
            if rng.random() < 0.3:
                relation["subject"], relation["object"] = relation["object"], relation["subject"]
            if rng.random() < 0.3:
                relation["subject"] = "PAPER"
            if rng.random() < 0.3:
                relation["value"] = "up to 3x"
        paper["entities"] = kept
        paper["relations"] = [r for r in paper["relations"] if rng.random() > 0.1]
        if rng.random() > 0.1:
            out.append(json.dumps(paper))
    return out


@pytest.mark.parametrize("seed", [1, 2])
def test_same_figures_and_errors_as_the_reference(shared: Path, tmp_path: Path, seed: int) -> None:
    gold = shared / "gold" / "dev.jsonl"
    guess = tmp_path / "guess.jsonl"
    guess.write_text("\n".join(damaged(gold.read_text(encoding="utf-8").splitlines(), seed)), encoding="utf-8")
    command = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(guess), "--json", "--errors", "9999"]
    expected = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = CliRunner().invoke(cli, ["score", str(gold), str(guess), "--json", "--errors", "9999"])
    assert json.loads(found.output.splitlines()[0]) == json.loads(expected.splitlines()[0])
    assert sorted(found.output.splitlines()[1:]) == sorted(expected.splitlines()[1:])


def test_a_perfect_prediction(tmp_path: Path) -> None:
    paper = {
        "title": "A Paper",
        "entities": [{"name": "vLLM", "type": "system", "surfaces": ["vLLM"], "introduced": True}],
        "relations": [],
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(paper))
    (tmp_path / "found.jsonl").write_text(json.dumps(paper | {"title": "a paper!"}))
    found = CliRunner().invoke(cli, ["score", str(tmp_path / "gold.jsonl"), str(tmp_path / "found.jsonl"), "--json"])
    figures = json.loads(found.output)
    assert figures["system"] == {"P": 1.0, "R": 1.0, "F1": 1.0, "gold": 1, "predicted": 1}
    assert figures["papers not predicted"] == 0


def test_forms_of_a_name() -> None:
    assert {"nvidiaa100gpus", "a100", "nvidiaa100"} <= forms("NVIDIA A100 GPUs")
    assert forms("GPU") == {"gpu"}


def test_pairs_prefer_the_same_type() -> None:
    gold = [{"name": "ZeRO", "type": "system"}]
    assert paired(gold, [{"name": "ZeRO", "type": "model"}, {"name": "Zero", "type": "system"}]) == {0: 1}


def test_a_bad_line_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kgraph.cli import main

    (tmp_path / "gold.jsonl").write_text('{"title": "x", "entities": []}\n{"name": 1}\n')
    assert main(["score", str(tmp_path / "gold.jsonl"), str(tmp_path / "gold.jsonl")]) == 1
    assert "gold.jsonl, line 2" in capsys.readouterr().err


ENTITY = {"name": "A", "type": "system"}
LACKING = {
    "no field 'entities'": {"title": "x"},
    "no field 'title'": {"entities": []},
    "'title' is no text": {"title": 3, "entities": []},
    "'entities' is no list": {"title": "x", "entities": None},
    "not an object but [1]": [1],
    "entities[1]: no field 'type'": {"title": "x", "entities": [ENTITY, {"name": "B"}]},
    'entities[0]: not an object but "A"': {"title": "x", "entities": ["A"]},
    "relations[0]: no field 'object'": {
        "title": "x",
        "entities": [ENTITY],
        "relations": [{"type": "runs_on", "subject": "A"}],
    },
    "relations[0]: no type 'beats'; there are compares_against": {
        "title": "x",
        "entities": [ENTITY],
        "relations": [{"type": "beats", "subject": "A", "object": "A"}],
    },
    "not JSON: ": "{",
}


@pytest.mark.parametrize("said", LACKING)
def test_what_a_line_lacks_is_named(said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kgraph.cli import main

    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text('{"title": "x", "entities": []}\n')
    row = LACKING[said]
    bad.write_text(good.read_text() + (row if isinstance(row, str) else json.dumps(row)) + "\n")
    assert main(["score", str(good), str(bad)]) == 1
    told = capsys.readouterr().err
    assert f"bad.jsonl, line 2: {said}" in told
    assert "Error" not in told
