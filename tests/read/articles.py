"""Articles typeset as PDF for tests, with what makes real ones hard: columns, margins, hyphens, ligatures, stamps."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 612.0, 792.0
ABSTRACT = (
    "Serving large models is slow because caches are filled in the wrong order. We present LANTERN, a state-of-the-art "
    "scheduler that finds efficient offline plans before the first request arrives and flushes nothing twice. On eight "
    "NVIDIA A100 GPUs, LANTERN is 2.4x faster than vLLM and needs 31% less energy; its throughput stays within four "
    "percent of the optimum even where requests are short, long or anything between. An artifact is available."
)
INTRODUCTION = (
    "Whoever waits for a cache waits for long. In this paper we explain why, and what can be done about it, beginning "
    "with the oldest of all questions: which request comes first? See arXiv:2401.00001 and doi:10.1145/9999999.1 for "
    "another view, from which ours differs in nearly every respect that matters to those who pay the bill."
)
OTHER = "Here stands the other column, which belongs to the body of the article and to nothing else at all. " * 12
FOOTNOTE = "Permission to make digital copies of all or part of this work is granted without fee to anyone."
LIGATURES = {"fi": "\ufb01", "fl": "\ufb02"}


def available() -> bool:
    """Return whether what typesets articles is installed."""
    try:
        import reportlab  # noqa: F401
    except ImportError:
        return False
    return True


def fonts() -> tuple[str, str, str]:
    """Register and return a TrueType font that has ligatures: upright, bold and italic."""
    import reportlab
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    names = ("Vera", "VeraBd", "VeraIt")
    for name in names:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, Path(reportlab.__file__).parent / "fonts" / f"{name}.ttf"))
    return names


def wrapped(text: str, font: str, size: float, width: float, *, hyphens: bool = True) -> list[str]:
    """Return lines that fill the width; a long word is broken with a hyphen where some letters fit."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines, line = [], ""
    words = list(reversed(text.split()))
    while words:
        word = words.pop()
        longer = f"{line} {word}".strip()
        if stringWidth(longer, font, size) <= width:
            line = longer
            continue
        if "-" in word[1:-1] and stringWidth(f"{line} {word[: word.rindex('-') + 1]}", font, size) <= width:
            at = word.rindex("-") + 1  # a hyphen of its own is where a word breaks first
            line, word = f"{line} {word[:at]}".strip(), word[at:]
        elif hyphens and len(word) > 7 and word.isalpha() and word.islower():
            fits = [n for n in range(3, len(word) - 3) if stringWidth(f"{line} {word[:n]}-", font, size) <= width]
            if fits:
                line, word = f"{line} {word[: fits[-1]]}-".strip(), word[fits[-1] :]
        lines.append(line)
        line = ""
        words.append(word)
    return [*lines, line] if line else lines


def ligated(text: str) -> str:
    """Return the text with ligatures, as typesetting puts them."""
    for letters, sign in LIGATURES.items():
        text = text.replace(letters, sign)
    return text


@dataclass
class Sheet:
    """A page that is written line by line from the top."""

    canvas: Any
    y: float = 760.0

    def line(self, text: str, font: str, size: float, x: float | None = None, lead: float = 1.25) -> None:
        """Write a line at x, or centred."""
        self.y -= size * lead
        self.canvas.setFont(font, size)
        if x is None:
            self.canvas.drawCentredString(WIDTH / 2, self.y, ligated(text))
        else:
            self.canvas.drawString(x, self.y, ligated(text))

    def block(self, lines: Sequence[str], font: str, size: float, x: float) -> None:
        """Write lines at x."""
        for text in lines:
            self.line(text, font, size, x)


def two_columns(
    title: Sequence[str],
    *,
    heading: str = "Abstract",
    run_in: bool = False,
    italic: bool = False,
    stamp: str = "",
    header: str = "",
    footer: str = "",
    footnote: str = "",
    interleaved: bool = False,
    rest_on_right: bool = False,
    wide_abstract: bool = False,
    introduction: str = "1 Introduction",
    encrypt: Any = None,
) -> bytes:
    """Return an article of one page: title and authors above, two columns below.

    `interleaved` writes both columns line by line across, as some programs do; `rest_on_right` lets the abstract go on
    at the head of the right column, past a footnote.
    """
    from reportlab.pdfgen.canvas import Canvas

    roman, bold, slanted = fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), encrypt=encrypt, invariant=1)
    sheet = Sheet(canvas)
    if header:
        canvas.setFont(roman, 7)
        canvas.drawString(54, 775, header)
        canvas.drawRightString(558, 775, "Xu and Yi")
    for text in title:
        sheet.line(text, bold, 16)
    sheet.y -= 8
    canvas.setFont(roman, 11)
    sheet.y -= 14
    x = 190.0
    for name, mark in (("Ada Xu", "1*"), ("Ben Yi", "2"), ("Cy Ze", "1")):
        canvas.setFont(roman, 11)
        canvas.drawString(x, sheet.y, name)
        x += canvas.stringWidth(name, roman, 11)
        canvas.setFont(roman, 7)
        canvas.drawString(x, sheet.y + 4, mark)
        x += canvas.stringWidth(mark, roman, 7) + 14
    sheet.line("1University of Caches   2Institute of Queues", slanted, 9)
    sheet.y -= 18
    font = slanted if italic else roman
    body = f"{heading}{ABSTRACT}" if run_in else ABSTRACT
    if wide_abstract:
        if not run_in:
            sheet.line(heading, bold, 10)
        sheet.block(wrapped(body, font, 9, 420), font, 9, 96)
        sheet.y -= 12
    top = sheet.y
    left = [] if wide_abstract else [(t, font, 9.0) for t in wrapped(body, font, 9, 240)]
    if not wide_abstract and not run_in:
        left.insert(0, (heading, bold, 10.0))
    right: list[tuple[str, str, float]] = []
    if rest_on_right:
        left, right = left[:9], left[9:]
        left.append(("", roman, 9.0))
        left += [(t, roman, 7.0) for t in wrapped(footnote or FOOTNOTE, roman, 7, 240)]
        more = right
    else:
        more = left
    more.append((introduction, bold, 11.0))
    more += [(t, roman, 9.0) for t in wrapped(INTRODUCTION, roman, 9, 240)]
    right += [(t, roman, 9.0) for t in wrapped(OTHER, roman, 9, 240)]
    for place, text, face, size in _placed(left, right, top, interleaved=interleaved):
        canvas.setFont(face, size)
        canvas.drawString(*place, ligated(text))
    if footnote and not rest_on_right:
        canvas.setFont(roman, 7)
        canvas.drawString(54, 70, footnote)
    if footer:
        canvas.setFont(roman, 8)
        canvas.drawCentredString(WIDTH / 2, 30, footer)
    if stamp:
        canvas.saveState()
        canvas.translate(32, 220)
        canvas.rotate(90)
        canvas.setFont(roman, 20)
        canvas.drawString(0, 0, stamp)
        canvas.restoreState()
    canvas.showPage()
    canvas.save()
    return out.getvalue()


Placed = tuple[tuple[float, float], str, str, float]


def _placed(
    left: Sequence[tuple[str, str, float]], right: Sequence[tuple[str, str, float]], top: float, *, interleaved: bool
) -> Iterator[Placed]:
    columns: list[list[Placed]] = []
    for x, lines in ((54.0, left), (318.0, right)):
        y = top
        columns.append([])
        for text, face, size in lines:
            y -= 11.5 if size < 10 else 16
            if y > 50 and text:
                columns[-1].append(((x, y), text, face, size))
    if not interleaved:
        yield from (*columns[0], *columns[1])
        return
    yield from sorted((*columns[0], *columns[1]), key=lambda item: (-item[0][1], item[0][0]))


def image_only() -> bytes:
    """Return a page that holds a picture of grey squares and no text: a scan."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    squares = io.BytesIO(b"P5 2 2 255\n" + bytes((0, 90, 180, 255)))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.drawImage(ImageReader(squares), 50, 50, 400, 400)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
