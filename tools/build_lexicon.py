#!/usr/bin/env python3
"""Count in how many papers a word stands in lower case and in how many capitalised, and write the table that ships.

Usage: build_lexicon.py OUT.tsv.gz --texts FILE.jsonl.gz... [--without GOLD.jsonl...]

The table tells names from ordinary words. It holds one line per word: the word in lower case, the binary logarithm
of the number of papers, and the tenths of its occurrences (sentence beginnings and titles left out) that are in
lower case.
"""

from __future__ import annotations

import argparse
import gzip
import math
from collections import Counter
from pathlib import Path

from corpus import texts

from kgraph.extract.names.tokens import tokenize

FEWEST = 8
LONGEST = 24


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    lower: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for text in texts(args.texts, args.without):
        tokens = tokenize(text.abstract)
        seen_lower, seen_other = set(), set()
        for word, first in zip(tokens.words, tokens.first, strict=True):
            if not word[0].isalpha() or len(word) > LONGEST:
                continue
            if word.islower():
                seen_lower.add(word)
            elif not first:
                seen_other.add(word.lower())
        lower.update(seen_lower)
        other.update(seen_other)
    lines = []
    for word in sorted(set(lower) | set(other)):
        papers = lower[word] + other[word]
        if papers >= FEWEST:
            lines.append(f"{word}\t{int(math.log2(papers))}\t{round(9 * lower[word] / papers)}\n")
    with args.out.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write("".join(lines).encode())
    print(len(lines), "words")


if __name__ == "__main__":
    main()
