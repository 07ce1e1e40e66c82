"""A made-up gemeente over some years, in which people report late or not at all, in three worlds on the same changes.

A model and no measurement: nothing of a person goes in, and no rule, letter or task knows it. In words:
``docs/simulatie.md``.
"""

from advice.simulation.compute import simulate
from advice.simulation.result import Band, Gevoeligheid, Hoek, Maat, Plan, Simulatie, Tegen, Verschil, Wereld

__all__ = ["Band", "Gevoeligheid", "Hoek", "Maat", "Plan", "Simulatie", "Tegen", "Verschil", "Wereld", "simulate"]
