"""The norm per month of a household on a day: articles 19a to 24 of the Participatiewet, without a guess.

Give a ``Huishouden`` and a day to ``norm``; what the facts do not settle becomes a range with its reasons.
"""

from contracts.finding import Stap
from matching.norm.ages import Leeftijd, aow_reached
from matching.norm.facts import Band, Belanghebbende, Huishouden, Medebewoner, Opleiding, Partner, Verwantschap
from matching.norm.norm import norm
from matching.norm.result import Norm, Uitkomst

__all__ = [
    "Band", "Belanghebbende", "Huishouden", "Leeftijd", "Medebewoner", "Norm", "Opleiding", "Partner", "Stap",
    "Uitkomst", "Verwantschap", "aow_reached", "norm",
]  # fmt: skip
