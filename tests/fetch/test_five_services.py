"""The same papers from five services become one each, with all identifiers and what the services disagree on."""

import csv
import json
from pathlib import Path

import pytest

from kgraph.cli import main
from tests.fetch.replay import Server
from tests.fetch.services import PLAY, Made, world


class Late(Made):
    """A paper as a service has it that knows its publication only: another title and year, no arXiv id."""

    @property
    def title(self) -> str:
        return f"System{self.n} Revisited: Serving <Models> & more, part {self.n}"

    @property
    def year(self) -> int:
        return super().year + 1


def test_one_paper_from_five_services(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = [m for m in world(12) if m.doi]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KGRAPH_CACHE", str(tmp_path / "http.sqlite"))
    monkeypatch.setenv("KGRAPH_CONFIG", str(tmp_path / "config.toml"))
    for name, play in PLAY.items():
        with Server() as server:
            known = [Late(m.n) if name == "crossref" and m.n == 5 else m for m in world(12)]
            play(server, known)
            (tmp_path / "config.toml").write_text(f'[{name}]\nurl = "{server.url}"\ninterval = 0\n', encoding="utf-8")
            ids = [m.doi if name == "crossref" else m.openalex if name == "openalex" else m.arxiv for m in made]
            given = [part for id_ in ids for part in ("--id", id_)]
            assert main(["-q", "fetch", name, *given, "-o", f"{name}.jsonl"]) == 0
        rows = [json.loads(line) for line in (tmp_path / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        if name != "crossref":  # it says the month of the publication
            assert [row["date"] for row in rows] == [m.date for m in made], name
    assert main(["build", *(f"{name}.jsonl" for name in PLAY), "--json", "-q"]) == 0
    counts = json.loads(capsys.readouterr().out.splitlines()[-1])["counts"]
    assert (counts["records"], counts["papers"]) == (5 * len(made), len(made))
    with (tmp_path / "exports" / "papers.csv").open(encoding="utf-8", newline="") as lines:
        table = {row["arxiv"]: row for row in csv.DictReader(lines)}
    for paper in made:
        row = table[paper.arxiv]
        assert (row["doi"], row["openalex"], row["s2"]) == (paper.doi, paper.openalex, paper.s2)
        assert (row["title"], row["venue"]) == (paper.title, "Made-up Proceedings")  # of arXiv, of Crossref
        assert row["year"] == str(paper.year)
    assert main(["show", made[2].doi]) == 0
    said = " ".join(capsys.readouterr().out.split())
    late = Late(5)
    assert f"sources differ on title: {made[2].title}, not {late.title}" in said
    assert f"sources differ on year: {made[2].year}, not {late.year}" in said
    assert main(["show", made[1].doi]) == 0
    assert "sources differ" not in capsys.readouterr().out
