"""What a run says of its stages where there is no terminal."""

import pytest

from kgraph.cli.progress import Lines


@pytest.mark.parametrize(
    ("unit", "steps", "says"),
    [
        ("records", (2, 3), "5 records"),
        ("records", (1,), "1 record"),
        ("entities", (1,), "1 entity"),
        ("entities", (1_999, 1), "2,000 entities"),
        ("texts", (), "0 texts"),
        ("", (7,), ""),
    ],
)
def test_a_line_says_how_much_a_stage_has_done(
    capsys: pytest.CaptureFixture[str], unit: str, steps: tuple[int, ...], says: str
) -> None:
    with Lines().stage("read", None, unit) as advance:
        for step in steps:
            advance(step)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.split("  ")[0] == "read"
    assert line.removeprefix("read").strip().startswith(says)
    assert line.endswith(" s")
