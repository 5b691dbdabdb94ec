"""The file of citations says what is wrong with it, and where."""

from pathlib import Path

import pytest

from kgraph.errors import InputError
from kgraph.references import read as read_citations


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 2"),
        ("[]", "expected an object"),
        ('{"kind": "cites", "citing": "openalex:W1"}', "lacks 'cited'"),
        ('{"kind": "cites", "citing": "W1", "cited": "s2:x"}', "'W1' is no key"),
        ('{"kind": "book"}', "unknown kind 'book'"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    (tmp_path / "c").write_text('{"kind": "work", "key": "openalex:W1"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=says) as caught:
        read_citations(tmp_path / "c")
    assert "line 2" in str(caught.value)
    assert "kgraph cite" in str(caught.value)
