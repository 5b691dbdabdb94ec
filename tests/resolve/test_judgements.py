"""The judgements file: what it says, and what is said about its mistakes."""

from pathlib import Path

import pytest

from kgraph.errors import InputError
from kgraph.model import Paper
from kgraph.resolve.entities.judgements import Judgement, Side, read_judgements

PAPER = Paper("paper/x-1", "On Things", "", "t", arxiv="2401.00001")


def write(folder: Path, text: str) -> Path:
    path = folder / "judgements.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_are_read_with_their_place(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'judgement,left,right,note\n# a remark\n\nsame,A B,AB,"one, thing"\nDifferent,X @ 2401.00001,X\n',
    )
    read = read_judgements(path)
    assert read.rows == (
        Judgement(True, Side("A B"), Side("AB"), "one, thing", f"{path}, line 4"),
        Judgement(False, Side("X", "2401.00001"), Side("X"), "", f"{path}, line 5"),
    )
    assert {name: len(rows) for name, rows in read.by_name.items()} == {"A B": 1, "AB": 1, "X": 1}


def test_the_digest_follows_what_is_said_not_the_remarks(tmp_path: Path) -> None:
    one = read_judgements(write(tmp_path, "same,A,B,because\n"))
    two = read_judgements(write(tmp_path, "# hm\nsame,A,B\n"))
    three = read_judgements(write(tmp_path, "different,A,B\n"))
    assert one.digest == two.digest != three.digest


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("same,A,B\nequal,A,B\n", 2, "'equal' is no judgement"),
        ("same,A\n", 1, "'same' is no judgement"),
        ("same,A,\n", 1, "a name is missing"),
        ("same,A,A\n", 1, "both sides are one"),
        ("same,A,B\nsame,A,B\nsame,A,C\ndifferent,B,A\n", 4, "different, but "),
        ("same, @ 2401.00001,A\n", 1, "a name is missing"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError) as caught:
        read_judgements(path)
    assert f"{path}, line {line}: {what}" in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv"):
        read_judgements(tmp_path / "none.csv")


@pytest.mark.parametrize("given", ["", "paper/x-1", "2401.00001", "on things!"])
def test_a_paper_is_named_by_id_arxiv_or_title(given: str) -> None:
    assert Side("X", given).fits("X", PAPER)
    assert not Side("X", given).fits("Y", PAPER)
    assert not Side("X", "2401.00002").fits("X", PAPER)
