"""Our contact tasks in Open Klant (the Klantinteracties API): a channel for tasks, beside the one for notices."""

from worklist.openklant.client import Client
from worklist.openklant.sender import Sender, Teruggelezen
from worklist.openklant.settings import Eenheid, Medewerker, OpenKlant

__all__ = ["Client", "Eenheid", "Medewerker", "OpenKlant", "Sender", "Teruggelezen"]
