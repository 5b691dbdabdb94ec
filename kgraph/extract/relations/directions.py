"""Which way words point: whether more of a metric is better, and whether a stretch of words speaks for the subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from kgraph.extract.wordlists import alternatives, words
from kgraph.model import Polarity

_LOWER = alternatives(
    r"""
    latenc(?:y|ies) time times duration energy power memory costs? tco overheads? parameters? params sizes? area
    errors? perplexity ppl loss losses ttft tbt tpot tbot jct traffic footprints? usage consumption delays? wer fid
    flops storage communication complexity misses stalls mpki edp vram energies runtime runtimes slowdown
    degradation drop hours steps resources? volume cycles makespan bits iterations emissions?
    carbon footprint mse rmse mae violations? hallucinations? lines luts? brams? dsps? compute expenses? price
    weight queue tail wait gaps?
    """
)
_HIGHER = alternatives(
    r"""
    throughputs? accurac(?:y|ies) speed-?ups? performance efficienc(?:y|ies) utili[sz]ation bandwidth fps scores?
    quality speeds? rates? goodput mfu tflops gflops tops map ap miou iou bleu rouge psnr ssim f1 pass recall
    precision compression sparsity capacity parallelism scalability robustness ipc qps success efficient accurate
    effective scalable robust stable powerful reliable flexible competitive improvements? acceleration reduction
    reductions savings? lifetime range coverage dsc dice concurrency gains? flexibility resolution
    similarity generalization effectiveness productivity lifespan density reward rewards auc
    """
)
GOOD = alternatives(
    r"""
    faster better cheaper easier simpler stronger superior outperform\w* surpass\w* exceed\w* improv\w*
    accelerat(?:e|es|ed|ing|ion) speed-?ups? speeds sav(?:e|es|ed|ing|ings) gains? advantages? benefits? boost\w*
    greener efficient efficiently lighter quicker closer enhance\w* wins? preferred outstanding favorabl[ey]
    higher-quality looser richer safer
    finer earlier
    """
)
AVOIDS = re.compile(r"(?:mitigat|avoid|eliminat|alleviat|prevent|reduc|minimi[sz]|remov|recover|lower|without)")
"""How what is bad turns good: "mitigates half of the slowdown"."""
_COST = alternatives("overheads? penalty penalties")
_BAD = alternatives(
    r"""
    slower worse inferior slowdown degrad\w* poorer harder weaker drops? dropped lags? trails? behind
    underperform\w* costlier
    """
)
UP = alternatives(
    r"""
    higher more greater larger bigger longer increas\w* rais\w* deeper wider further longer-context broader
    """
)
DOWN = alternatives(
    r"""
    lower lowers lowered lowering less lesser fewer smaller shorter shorten\w* reduc\w* decreas\w* cut cuts cutting
    shrink\w* minimi[sz]\w* saving tighter narrower
    """
)
_ASIDE = re.compile(r"\([^()]*\)")
_ELSEWHERE = words("within under for to at with on by from across while when")
_MIGHT = re.compile(
    r"\b(?:(?:comput\w*|processing|expressive|represent\w*|modell?ing|discriminative|statistical) power|sample sizes?|"
    r"context (?:sizes?|windows?|lengths?)|sequence lengths?)$"
)
_HARM = re.compile(
    r"\b(?:error|miss|failure|fault|rejection|collision|hallucination|violation|crash|"
    r"false (?:positive|negative|alarm))[- ]rates?$|"
    r"\b(?:completion|output|response|reasoning|trajectory|path|wire|queue|code) lengths?$"
)
METRIC_STOP = words(
    """
    , . ; : ( ) and or while over than compared relative on for when with vs versus against to by from across at
    under as respectively within comparing beyond without using
    which that through during is are was were has have we our it comparison but if due depending despite can could
    before after
    """
)


def higher_is_better(metric: str) -> bool | None:
    """Return whether more of the metric is better, or None where its last telling word says nothing."""
    if _MIGHT.search(metric.lower()):
        return True
    if _HARM.search(metric.lower()):
        return False
    for word in reversed(metric.lower().replace("-", " ").split(" per ")[0].split()):
        if _HIGHER.match(word):
            return True
        if _LOWER.match(word):
            return False
    return None


def speaks_for(words: Sequence[str], higher: bool | None) -> bool | None:
    """Return whether the direction words speak for the subject, given which direction is good."""
    for word in words:
        if _BAD.match(word):
            return False
        if GOOD.match(word):
            return True
        if UP.match(word):
            return None if higher is None else higher
        if DOWN.match(word):
            return (True if word.startswith(("reduc", "sav")) else None) if higher is None else not higher
    return False if words and _COST.match(words[-1]) else None  # "with 2x power overhead"


def direction(words: Sequence[str]) -> Polarity:
    """Return which way a stretch of words speaks: the first telling word decides, with its metric where it has one."""
    for k, word in enumerate(words):
        if _BAD.match(word):
            return Polarity.WORSE
        if GOOD.match(word) or words[k : k + 2] == ["speed", "up"]:
            return Polarity.BETTER
        if UP.match(word) or DOWN.match(word):
            near = list(
                takewhile(lambda w: w not in _ELSEWHERE, _ASIDE.sub("", " ".join(words[k + 1 : k + 9])).split()[:4])
            )
            more = next((n for n, w in enumerate(near) if n and _turns(w) and near[n - 1] in ("and", ",")), len(near))
            near = near[:more]  # "increased accuracy and improved run-time"
            metric = higher_is_better(" ".join(w for w in near if w not in METRIC_STOP))
            if metric is None:
                return Polarity.BETTER
            return Polarity.BETTER if metric is bool(UP.match(word)) else Polarity.WORSE
    return Polarity.UNSPECIFIED


def _turns(word: str) -> bool:
    return any(kind.match(word) is not None for kind in (GOOD, _BAD, UP, DOWN))
