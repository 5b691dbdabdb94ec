"""The small words that join, end and carry phrases."""

from __future__ import annotations

import re

from kgraph.extract.memo import Memo
from kgraph.extract.wordlists import words

STOP = words(
    """
    on in for by at under while when where whereas without during via through using across which that who because
    since if after before until but yet then thus so within between among respectively is are was were be been has
    have had can could may might will would does do did show shows showed achieve achieves achieved reach reaches
    deliver delivers provide provides reduce reduces improve improves demonstrate demonstrates obtain obtains
    outperform outperforms need needs require requires suffer suffers we our ours it this these with from to as than
    over against into upon enable enables offer offers yield yields gain gains exhibit exhibits consume consumes use
    uses given thanks due along despite even though although while-preserving attains attain gets makes allows
    """
)
EXAMPLES = words(
    """
    like including e.g i.e eg ie namely include includes especially particularly specifically
    """
)
JOIN = words(", and or & / + nor")
OWN_WORDS = words("we our ours it its")
_VERBISH = re.compile(
    r"(?:is|are|was|were|has|have|had|can|could|may|will|does|do|did|also|even|still|not|all|both|then|further|often|now)$"
    r"|[a-z-]+ly$|(?:achiev|reach|obtain|attain|show|deliver|provid|improv|reduc|outperform|surpass|exceed|beat|match|rival|"
    r"demonstrat|exhibit|offer|yield|gain|run|execut|train|requir|need|us|consum|cut|lower|increas|decreas|boost|speed|"
    r"accelerat|sav|perform|scal|bring|enabl|allow|support|maintain|preserv|retain|remain|set|lead|trail|lag|score|produc|"
    r"generat|complet|finish|solv|process|serv|sustain|hit|get|make|leverag|introduc|replac|combin|extend|build|keep|take|employ|adopt|propos|present|utiliz|integrat|incorporat|appl|featur|includ|describ|develop|implement|"
    r"significantly|emerg|dominat|win|incur|suffer|fall|fail|struggl|underperform|excel|consist|operat|handl|target|outpac)"
    r"(?:e|es|ed|s|d|t|ing)?$"
)
VERBISH = Memo(lambda word: _VERBISH.match(word) is not None)
"""Whether a word looks like a verb, or like what stands before one."""
PREPOSITIONS = words(
    """
    on in for by at under with within without via through using across of from to as than over against into upon
    between among like including during after before per compared unlike versus vs such e.g i.e atop
    """
)
