"""Which facts of a finding are told to whom: an allow-list for each view. A test asks for each column a rule reads."""

from typing import Final

#: Told to the one whom a finding is about, in their own dossier or as the partner in it.
OWN: Final = frozenset({
    "aanvang", "adres_gelijk", "adres_sinds", "al_afgehandeld", "alleen_briefadres", "aow_nadert", "aow_op",
    "bedrag_hoogst_cent", "bedrag_laagst_cent", "bekend_bij", "boven_grens", "boven_grens_euro", "contact_lang_geleden",
    "contact_op", "geeft_recht", "gestorven_op", "in_onderzoek", "in_werkgebied", "inkomen_verrekend", "inrichting",
    "jongerennorm", "jongerennorm_voorbij", "langer_dan_een_maand", "leeftijd_21_nabij", "leeftijd_21_op",
    "leeftijd_27_nabij", "leeftijd_27_op", "loopt", "niet_verrekend", "norm_bedrag_cent", "norm_gelijk",
    "norm_laagste_cent", "norm_nog_vorige", "norm_sinds", "norm_verlaagd", "onderwerp", "onderzoek_sinds",
    "ontvangen_op", "overdracht", "overdracht_naar", "overleden", "rol", "samenloop_sinds", "soort", "studie_verwerkt",
    "veranderd_op", "verandering", "verlaging_mogelijk", "vermogen_op", "vermogen_recent", "verrekend_cent",
    "vertrokken_naar", "vertrokken_op", "vorm", "wacht_te_lang", "woonadres", "woont", "zonder_recht",
})  # fmt: skip
#: Told to somebody who lives with a client, of a finding about themselves.
HOUSEMATE: Final[dict[str, frozenset[str]]] = {
    "huishouden": frozenset({
        "bekend_sinds", "bekende_rol", "bewoner_sinds", "ib_gezien", "kostendelersleeftijd_bereikt",
        "kostendelersleeftijd_nabij", "kostendelersleeftijd_op", "studeert", "studeert_misschien", "vertrek",
        "vertrokken_op", "woont_op_adres",
    }),
    "opleiding": frozenset({
        "bekend_sinds", "bekende_rol", "geeft_recht", "kostendelersleeftijd_bereikt", "veranderd_op", "verandering",
    }),
    "kind": frozenset({"kind_bekend", "kind_sinds", "minderjarig", "woont_op_adres"}),
    "aanwijspunt": frozenset(),
    "partner": frozenset(),
}  # fmt: skip
#: Told to nobody: of two people at once, of somebody who is not asked, or a key or hash that says nothing.
NOBODY: Final = frozenset({
    "aanwijspunt", "adres_bekend", "adres_sinds_geschreven", "belanghebbende_21", "bewoner_sinds_geschreven",
    "bewoner_sleutel", "dienst_alleen", "dienst_met_kind", "dienst_partner", "dossiernummer", "eenoudergezin",
    "eerste_graad", "einde", "einde_op", "feit_sleutel", "iemand_onder_21", "inkomen_sleutel", "jonger_kind_thuis",
    "jongste_elders", "kind_18_bereikt", "kind_18_nabij", "kind_18_op", "kind_sleutel", "koppel_band", "koppel_gewicht",
    "koppel_inhoud", "koppel_links", "koppel_rechts", "leefvorm_paar", "melding_id", "minderjarig_kind_elders",
    "minderjarig_kind_thuis", "partner_kostendeler", "partner_leeftijd", "partner_sleutel", "partner_woont_hier",
    "partner_zonder_recht", "persoon_sleutel", "samen_op", "samen_sinds", "verbintenis_loopt", "verbintenis_nieuw",
    "verbintenis_sinds_geschreven", "vertrokken_geschreven",
})  # fmt: skip
#: Views of which a row is about somebody beside the client, whatever keys it names.
ABOUT_ANOTHER: Final = frozenset({"huishouden", "kind", "partner", "aanwijspunt"})
#: Columns that name whom a finding is about.
SUBJECT: Final = ("bewoner_sleutel", "persoon_sleutel", "kind_sleutel", "partner_sleutel")
