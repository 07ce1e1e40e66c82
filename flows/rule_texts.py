"""The rules in words, for pages that may not know the rules themselves."""

from typing import Final

from contracts.finding import Route
from matching.rule import Rule, all_rules
from matching.views import VIEWS
from worklist.services import RuleText

#: The columns of fact views that the administration of the dienst says; what it does not, a register does.
VAN_DIENST: Final = frozenset({
    "rol", "bekende_rol", "bekend_sinds", "onbenoemde_kostendelers", "kind_bekend", "dienst_met_kind", "eenoudergezin",
    "leefvorm_paar", "dienst_alleen", "dienst_partner", "partner_kostendeler", "zonder_recht", "partner_zonder_recht",
    "norm_bedrag_cent", "norm_sinds", "norm_gelijk", "norm_nog_vorige", "norm_verlaagd", "jongerennorm",
    "jongerennorm_voorbij", "verlaging_mogelijk", "inkomen_verrekend", "verrekend_cent", "niet_verrekend",
    "studie_verwerkt", "al_afgehandeld", "contact_op", "contact_lang_geleden", "onderwerp", "ontvangen_op",
    "wacht_te_lang",
})  # fmt: skip

#: Columns whose description explains codes: what stands beside their value instead.
_SHORT: Final = {
    "rol": "over wie het gaat", "soort": "wat voor gegeven het is; leeg = niet bekend welk",
    "bekend_bij": "wie het meldt", "vorm": "vorm van de opleiding", "verandering": "wat er veranderde",
    "veranderd_op": "de dag daarvan; leeg = geen hele datum",
    "geeft_recht": "geeft recht op studiefinanciering, of is bbl",
    "vertrokken_naar": "vertrokken naar; leeg = niet als vertrokken ingeschreven",
    "partner_leeftijd": "de leeftijdsgroep van de partner voor de norm, vanaf; leeg = niet bekend",
    "aanwijspunt": "waar het om gaat", "einde": "hoe het eindigde; leeg = niets geëindigd",
    "inrichting": "een verblijf in een inrichting", "onderwerp": "waar de melding over gaat",
}  # fmt: skip


def rule_texts() -> dict[str, RuleText]:
    """Each rule in words, by its id."""
    return {rule.rule_id: _text(rule) for rule in all_rules()}


def _text(rule: Rule) -> RuleText:
    columns = VIEWS[rule.view].columns()
    read = [name for name in columns if name in rule.reads]
    said = {name: _SHORT.get(name) or columns[name].description or "" for name in read}
    return RuleText(
        titel=rule.title, uitleg=rule.uitleg, kolommen=said, van_dienst=VAN_DIENST & said.keys(),
        beperkt=any(one.route is Route.RESTRICTED_TASK for one in rule.variants.values()),
    )  # fmt: skip
