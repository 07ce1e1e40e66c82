"""The language gate: is a text plain, warm, and about nobody but its reader? It measures, and it judges."""

from notifications.language.allowed import Allowed
from notifications.language.figures import Figures
from notifications.language.gate import (
    aanhef_of,
    judge,
    judge_notice,
    lines_of,
    measure,
    require_clear,
    require_clear_sms,
)
from notifications.language.verdict import Code, LanguageFinding, Verdict

__all__ = [
    "Allowed",
    "Code",
    "Figures",
    "LanguageFinding",
    "Verdict",
    "aanhef_of",
    "judge",
    "judge_notice",
    "lines_of",
    "measure",
    "require_clear",
    "require_clear_sms",
]
