"""Numbers as papers write them, LaTeX residue included."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.extract.relations.quantities import quantities

READINGS = [
    ("1.4-11.2x faster", [("1.4-11.2x", "1.4", "11.2", "ratio")]),
    ("up to 5x", [("5x", "5", "5", "ratio")]),
    (
        "by 33times and over 200times, respectively",
        [("33times", "33", "33", "ratio"), ("200times", "200", "200", "ratio")],
    ),
    ("12.87x slower", [("12.87x", "12.87", "12.87", "ratio")]),
    ("1.72times", [("1.72times", "1.72", "1.72", "ratio")]),
    (r"2.4\times higher", [(r"2.4\times", "2.4", "2.4", "ratio")]),
    (r"2\texttimes less", [(r"2\texttimes", "2", "2", "ratio")]),
    (r"9.8{\texttimes} faster", [(r"9.8{\texttimes}", "9.8", "9.8", "ratio")]),
    (r"$2.3\times$ over", [(r"$2.3\times$", "2.3", "2.3", "ratio")]),
    (r"1.8$\times$-2.5$\times$", [(r"1.8$\times$-2.5$\times$", "1.8", "2.5", "ratio")]),
    ("1.66 sim 7.17times", [("1.66 sim 7.17times", "1.66", "7.17", "ratio")]),
    ("1.04sim2.2times faster", [("1.04sim2.2times", "1.04", "2.2", "ratio")]),
    (r"7.1\texttimes 10.6\texttimes", [(r"7.1\texttimes 10.6\texttimes", "7.1", "10.6", "ratio")]),
    (r"1, 214\texttimes average", [(r"1, 214\texttimes", "1214", "1214", "ratio")]),
    (r"$1,032.23 \times$", [(r"$1,032.23 \times$", "1032.23", "1032.23", "ratio")]),
    ("10 X", [("10 X", "10", "10", "ratio")]),
    ("5× and ~ 6x", [("5×", "5", "5", "ratio"), ("6x", "6", "6", "ratio")]),
    ("2.8-fold", [("2.8-fold", "2.8", "2.8", "ratio")]),
    ("two-fold", [("two-fold", "2", "2", "ratio")]),
    ("by a factor of 75~90", [("75~90", "75", "90", "ratio")]),
    ("an order of magnitude", [("an order of magnitude", "10", "10", "ratio")]),
    ("2-3 orders of magnitude", [("2-3 orders of magnitude", "100", "1000", "ratio")]),
    ("twice the speed", [("twice", "2", "2", "ratio")]),
    ("half the memory", [("half", "50", "50", "percent")]),
    ("one-third of the cost", [("one-third", "33.3", "33.3", "percent")]),
    (r"33.7\% lower", [(r"33.7\%", "33.7", "33.7", "percent")]),
    ("1.5% to 6.4% higher", [("1.5% to 6.4%", "1.5", "6.4", "percent")]),
    (
        "3.98 and 11.27 percentage points",
        [("3.98", "3.98", "3.98", "points"), ("11.27 percentage points", "11.27", "11.27", "points")],
    ),
    ("by 2.5 BLEU points", [("2.5 BLEU points", "2.5", "2.5", "points")]),
    ("saves 66% 82% of", [("66% 82%", "66", "82", "percent")]),
    ("by 5.3 AP at", [("5.3 AP", "5.3", "5.3", "points")]),
    ("from 4,200 ms to 494 ms", [("4,200 ms to 494 ms", "494", "4200", "absolute")]),
    ("from 28.4min to 36s", [("28.4min to 36s", "36", "1704", "absolute")]),
    ("19.82×/4.65× faster", [("19.82×", "19.82", "19.82", "ratio"), ("4.65×", "4.65", "4.65", "ratio")]),
]
NOTHING = [
    r"the 95\%ile",
    "a 3 x 3 convolution",
    "640x368 pixels",
    r"1 {\texttimes} 1 convolutions",
    "all 3D points",
    "2xA800 GPUs",
    "8timesA800",
    "GPT-4",
    "A100",
    "10^5 times",
    "",
]


@pytest.mark.parametrize(("text", "expected"), READINGS)
def test_numbers_are_understood_and_stay_verbatim(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    got = [(q.text, q.low, q.high, q.kind.value) for q in (f.quantity for f in quantities(text))]
    assert got == [(t, Decimal(low), Decimal(high), kind) for t, low, high, kind in expected]


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_a_comparison_is_none(text: str) -> None:
    assert quantities(text) == []


def test_up_to_is_kept_apart_from_the_number() -> None:
    (found,) = quantities("achieves up to 3.7x")
    assert found.quantity.up_to
    assert found.quantity.text == "3.7x"


def test_up_to_holds_for_what_is_listed_with_it() -> None:
    assert [f.quantity.up_to for f in quantities("up to 2x and 3.5x faster, and 4x smaller")] == [True, True, False]
    assert [f.quantity.up_to for f in quantities("2x (up to 3x) and 4x")] == [False, True, False]


def test_units_of_time_are_short_and_ranges_take_the_last() -> None:
    (found,) = quantities("from 2 hours to 30 minutes")
    assert (found.quantity.unit, found.quantity.low, found.quantity.high) == ("min", Decimal(30), Decimal(120))


PIECES = [
    "1.5",
    "2",
    "x",
    "times",
    r"\times",
    "-",
    " to ",
    " and ",
    ",",
    "%",
    " ms",
    "sim",
    "~",
    "$",
    "half",
    "up to ",
    "(",
    " ",
    "orders of magnitude",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=80))
def test_found_stretches_are_verbatim_ordered_and_apart(text: str) -> None:
    found = quantities(text)
    for f in found:
        assert text[f.start : f.end] == f.quantity.text
        assert f.quantity.low <= f.quantity.high
    assert all(a.end <= b.start for a, b in pairwise(found))
