-- View: haalcentraal
-- Grain: one row a record of the file
-- Reads: record
-- Purpose: the parts of a record that the contract asks for, as JSON. Nothing else goes further: no nationality,
--          birthplace, verblijfstitel or kiesrecht, and of adressering and immigratie only what is in onderzoek.
select
    is_persoon,
    gevonden[1] as anummer,
    gevonden[2] as bsn,
    gevonden[3] as naam,
    gevonden[4] as geslacht,
    gevonden[5] as geboortedatum,
    gevonden[6] as geheim,
    gevonden[7] as opschorting,
    gevonden[8] as overlijden,
    gevonden[9] as gemeente,
    gevonden[10] as verblijfplaats,
    gevonden[10] -> 'verblijfadres' as adres,
    gevonden[11] as onderzoek,
    gevonden[12] as onderzoek_adressering,
    gevonden[13] as niet_op_adres,
    gevonden[14] as onderzoek_immigratie,
    gevonden[15] as curatele,
    gevonden[16] as partners,
    gevonden[17] as kinderen,
    gevonden[18] as ouders
from (
    select
        coalesce(json_type(record) = 'OBJECT', false) as is_persoon,
        json_extract(
            record,
            [
                'aNummer', 'burgerservicenummer', 'naam', 'geslacht', '$.geboorte.datum',
                'geheimhoudingPersoonsgegevens', 'opschortingBijhouding', 'overlijden', 'gemeenteVanInschrijving',
                'verblijfplaats', 'inOnderzoek',
                '$.adressering.inOnderzoek', '$.adressering.indicatieVastgesteldVerblijftNietOpAdres',
                '$.immigratie.inOnderzoek', 'indicatieCurateleRegister', 'partners', 'kinderen', 'ouders'
            ]
        ) as gevonden
    from record
) as deel
