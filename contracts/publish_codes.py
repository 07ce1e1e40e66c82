"""What ``tijdig check`` and ``afkeur.csv`` say is wrong: each code and what it means, in Dutch."""

from typing import Final

#: After the colon of ``<kolom>:<check>``: what is wrong with one value.
CHECKS: Final = {
    "verplicht": "de waarde is verplicht en ontbreekt",
    "vorm": "de waarde heeft een andere vorm dan bij de kolom staat",
    "elfproef": "negen cijfers, maar geen BSN: de elfproef klopt niet",
    "code": "de code staat niet in de lijst, en de lijst is gesloten",
    "geen_datum": "geen datum: de vorm is anders, of de dag staat niet op de kalender",
    "geen_getal": "geen geheel getal van 0 of meer, of te lang",
    "geen_bedrag": "geen geheel aantal eurocenten van 0 of meer",
    "te_lang": "de tekst heeft meer tekens dan mag",
}
#: After the colon of ``rij:<regel>``: what is wrong between the columns of one row.
RULES: Final = {
    "einde_voor_aanvang": "een einde ligt zeker voor het begin dat erbij hoort",
    "over_niemand": "niemand kan zeggen over wie de rij gaat",
}
#: What is wrong between rows.
BETWEEN: Final = {
    "sleutel:dubbel": "dezelfde sleutel staat in meer rijen, en niemand kan zeggen welke waar is; alle vallen af",
    "<kolom>:hoort_nergens_bij": "de rij hoort bij een rij van een andere tabel, en die is er niet",
}
#: What is wrong with a line of a CSV file, so that it is no row at all.
LINES: Final = {
    "te_weinig_kolommen": "de regel heeft minder kolommen dan de eerste regel",
    "te_veel_kolommen": "de regel heeft meer kolommen dan de eerste regel, bijvoorbeeld door een `;` in een tekst",
    "aanhalingsteken": "een aanhalingsteken staat verkeerd of wordt niet gesloten",
    "regel_te_lang": "de regel is te lang om een rij te zijn",
    "tekencodering": "de regel is geen UTF-8",
    "onleesbaar": "de regel kan om een andere reden niet gelezen worden",
}
#: What rejects nothing and should be known.
REMARKS: Final = {
    "<kolom>:onbekende_code": "een code die de open lijst niet kent; gaat ongeduid door en wordt geteld",
    "sleutel:vervangen_door_nieuwere": "een oudere rij met dezelfde sleutel; de nieuwste telt",
    "kolom:onbekend": "kolommen die het contract niet kent; niet gelezen",
    "kolom:verboden_<woord>": "een kolom die nooit gelezen mag worden; niet gelezen",
    "codering:windows_1252": "het bestand is Windows-1252 en geen UTF-8; het is omgezet",
    "regel:leeg_of_niet_gelezen": "lege regels, of regels die in een niet gesloten aanhalingsteken verdwenen",
}
