CREATE TABLE account (
    gebruiker VARCHAR(40) NOT NULL,
    naam VARCHAR(80) NOT NULL,
    wachtwoord VARCHAR(200) NOT NULL,
    rollen JSON NOT NULL,
    team VARCHAR(40),
    consulent_id VARCHAR(20),
    PRIMARY KEY (gebruiker)
)
--
CREATE TABLE audit (
    volgnr INTEGER NOT NULL,
    moment VARCHAR(40) NOT NULL,
    wie VARCHAR(40) NOT NULL,
    wat VARCHAR(40) NOT NULL,
    waarover VARCHAR(80) NOT NULL,
    vorige VARCHAR(64) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    PRIMARY KEY (volgnr)
)
--
CREATE TABLE audit_base (
    nr INTEGER NOT NULL,
    volgnr INTEGER NOT NULL,
    hash VARCHAR(64) NOT NULL,
    PRIMARY KEY (nr)
)
--
CREATE TABLE audit_head (
    nr INTEGER NOT NULL,
    volgnr INTEGER NOT NULL,
    hash VARCHAR(64) NOT NULL,
    PRIMARY KEY (nr)
)
--
CREATE TABLE callback (
    kanaal VARCHAR(20) NOT NULL,
    extern_id VARCHAR(100) NOT NULL,
    stand VARCHAR(40) NOT NULL,
    moment DATETIME NOT NULL,
    PRIMARY KEY (kanaal, extern_id, stand)
)
--
CREATE TABLE complaint (
    nummer INTEGER NOT NULL,
    onderwerp VARCHAR(20) NOT NULL CHECK (onderwerp in ('toon', 'onjuist', 'onterecht_benaderd', 'privacy', 'bejegening', 'bereikbaarheid', 'wachttijd', 'anders')),
    ontvangen_op DATE NOT NULL,
    toelichting TEXT,
    door VARCHAR(40) NOT NULL,
    moment DATETIME NOT NULL,
    uitkomst VARCHAR(20) CHECK (uitkomst in ('gegrond', 'deels_gegrond', 'ongegrond', 'opgelost')),
    afgehandeld_op DATE CHECK (afgehandeld_op >= ontvangen_op),
    afgehandeld_door VARCHAR(40),
    afgehandeld_moment DATETIME,
    PRIMARY KEY (nummer)
)
--
CREATE INDEX ix_complaint_afgehandeld_op ON complaint (afgehandeld_op)
--
CREATE INDEX ix_complaint_ontvangen_op ON complaint (ontvangen_op)
--
CREATE TABLE contact_card (
    dossiernummer VARCHAR(40) NOT NULL,
    kaart JSON NOT NULL,
    van_nacht DATE NOT NULL,
    PRIMARY KEY (dossiernummer)
)
--
CREATE TABLE destruction (
    volgnr INTEGER NOT NULL,
    moment DATETIME NOT NULL,
    soort VARCHAR(30) NOT NULL CHECK (soort in ('register', 'register_geschiedenis', 'signaal', 'cijfers', 'steekproef', 'verzoek', 'elders', 'klacht', 'brief', 'uitvoer', 'postbewijs', 'inzage', 'levering', 'audit', 'logboek', 'sessie', 'account', 'herinnering')),
    wat VARCHAR(40) NOT NULL,
    aantal INTEGER NOT NULL,
    van_voor DATE NOT NULL,
    beleid VARCHAR(20) NOT NULL,
    stand VARCHAR(10) NOT NULL CHECK (stand in ('bezig', 'klaar', 'afgebroken')),
    PRIMARY KEY (volgnr)
)
--
CREATE TABLE elsewhere (
    nummer INTEGER NOT NULL,
    herkomst VARCHAR(20) NOT NULL CHECK (herkomst in ('eigen_organisatie', 'netwerkpartner', 'samenleving')),
    soort VARCHAR(20) NOT NULL CHECK (soort in ('woonsituatie', 'relatie', 'inkomen', 'vermogen', 'verblijf', 'hulpvraag', 'anders')),
    dossiernummer VARCHAR(40),
    ontvangen_op DATE NOT NULL,
    toelichting TEXT,
    door VARCHAR(40) NOT NULL,
    moment DATETIME NOT NULL,
    uitkomst VARCHAR(30) CHECK (uitkomst in ('aangepast', 'al_bekend', 'geen_gevolg', 'bron_klopt_niet', 'inwoner_geeft_zelf_door', 'geen_contact_gekregen', 'anders')),
    afgehandeld_op DATE CHECK (afgehandeld_op >= ontvangen_op),
    afgehandeld_door VARCHAR(40),
    afgehandeld_moment DATETIME,
    PRIMARY KEY (nummer)
)
--
CREATE INDEX ix_elsewhere_afgehandeld_op ON elsewhere (afgehandeld_op)
--
CREATE INDEX ix_elsewhere_dossiernummer ON elsewhere (dossiernummer)
--
CREATE INDEX ix_elsewhere_ontvangen_op ON elsewhere (ontvangen_op)
--
CREATE TABLE finding (
    signaal_id VARCHAR(40) NOT NULL,
    regel VARCHAR(4) NOT NULL,
    regelversie VARCHAR(20) NOT NULL,
    dossiernummer VARCHAR(40) NOT NULL,
    richting VARCHAR(10) NOT NULL,
    feitdatum DATE,
    advies VARCHAR(12) NOT NULL,
    reden VARCHAR(30),
    status VARCHAR(15) NOT NULL CHECK (status in ('nieuw', 'lopend', 'aangekondigd', 'beantwoord', 'afgesloten', 'vervallen', 'heropend')),
    eerste_nacht DATE NOT NULL,
    laatste_nacht DATE NOT NULL,
    gesloten_op DATE,
    heropend INTEGER NOT NULL,
    beperkt BOOLEAN NOT NULL,
    inhoud JSON NOT NULL,
    PRIMARY KEY (signaal_id)
)
--
CREATE INDEX ix_finding_dossiernummer ON finding (dossiernummer)
--
CREATE INDEX ix_finding_eerste_nacht ON finding (eerste_nacht)
--
CREATE INDEX ix_finding_gesloten_op ON finding (gesloten_op)
--
CREATE INDEX ix_finding_laatste_nacht ON finding (laatste_nacht)
--
CREATE INDEX ix_finding_status ON finding (status)
--
CREATE TABLE internetaak_nummer (
    nr INTEGER NOT NULL,
    laatste BIGINT NOT NULL,
    PRIMARY KEY (nr)
)
--
CREATE TABLE klant_actor (
    sleutel VARCHAR(64) NOT NULL,
    actor_uuid VARCHAR(36),
    pogingen INTEGER NOT NULL,
    bezig_sinds DATETIME,
    PRIMARY KEY (sleutel)
)
--
CREATE TABLE layout (
    versie INTEGER NOT NULL,
    PRIMARY KEY (versie)
)
--
CREATE TABLE night (
    peildatum DATE NOT NULL,
    bijgewerkt_op DATETIME NOT NULL,
    tellingen JSON NOT NULL,
    PRIMARY KEY (peildatum)
)
--
CREATE TABLE reminder (
    consulent_id VARCHAR(20) NOT NULL,
    dag DATE NOT NULL,
    PRIMARY KEY (consulent_id, dag)
)
--
CREATE TABLE request (
    verzoek_id VARCHAR(20) NOT NULL,
    soort VARCHAR(20) NOT NULL CHECK (soort in ('inzage', 'bewering', 'bezwaar', 'beperking', 'geen_berichten')),
    stand VARCHAR(12) NOT NULL CHECK (stand in ('open', 'gegrond', 'ongegrond', 'ingetrokken', 'opgeheven')),
    dossiernummer VARCHAR(40),
    persoon_sleutel VARCHAR(16),
    gegeven VARCHAR(30),
    ontvangen DATE NOT NULL,
    uiterlijk DATE NOT NULL,
    verlengd_op DATE,
    afgerond_op DATE,
    toelichting TEXT NOT NULL,
    PRIMARY KEY (verzoek_id),
    CHECK (dossiernummer is not null or persoon_sleutel is not null)
)
--
CREATE INDEX ix_request_dossiernummer ON request (dossiernummer)
--
CREATE INDEX ix_request_persoon_sleutel ON request (persoon_sleutel)
--
CREATE INDEX ix_request_stand ON request (stand)
--
CREATE TABLE session (
    sleutel VARCHAR(64) NOT NULL,
    gebruiker VARCHAR(40) NOT NULL,
    wie JSON NOT NULL,
    begonnen BIGINT NOT NULL,
    gezien BIGINT NOT NULL,
    PRIMARY KEY (sleutel)
)
--
CREATE INDEX ix_session_gebruiker ON session (gebruiker)
--
CREATE TABLE team_member (
    consulent_id VARCHAR(20) NOT NULL,
    team VARCHAR(40) NOT NULL,
    PRIMARY KEY (consulent_id)
)
--
CREATE INDEX ix_team_member_team ON team_member (team)
--
CREATE TABLE feedback (
    signaal_id VARCHAR(40) NOT NULL,
    bron VARCHAR(20) NOT NULL,
    tekst TEXT NOT NULL,
    door VARCHAR(40) NOT NULL,
    moment DATETIME NOT NULL,
    gemeld_op DATE,
    PRIMARY KEY (signaal_id),
    FOREIGN KEY(signaal_id) REFERENCES finding (signaal_id)
)
--
CREATE TABLE history (
    volgnr INTEGER NOT NULL,
    signaal_id VARCHAR(40) NOT NULL,
    van VARCHAR(15),
    naar VARCHAR(15) NOT NULL,
    waarom VARCHAR(20) NOT NULL,
    nacht DATE NOT NULL,
    feitdatum DATE,
    door VARCHAR(40),
    moment DATETIME,
    uitkomst VARCHAR(30),
    tot DATE,
    PRIMARY KEY (volgnr),
    FOREIGN KEY(signaal_id) REFERENCES finding (signaal_id)
)
--
CREATE INDEX ix_history_nacht ON history (nacht)
--
CREATE INDEX ix_history_signaal_id ON history (signaal_id)
--
CREATE TABLE link_decision (
    volgnr INTEGER NOT NULL,
    signaal_id VARCHAR(40) NOT NULL,
    links_sleutel VARCHAR(16) NOT NULL,
    rechts_sleutel VARCHAR(16) NOT NULL,
    inhoud VARCHAR(64) NOT NULL,
    zelfde BOOLEAN NOT NULL,
    door VARCHAR(40) NOT NULL,
    na_nacht DATE NOT NULL,
    besloten_op DATETIME NOT NULL,
    PRIMARY KEY (volgnr),
    FOREIGN KEY(signaal_id) REFERENCES finding (signaal_id)
)
--
CREATE TABLE objection (
    volgnr INTEGER NOT NULL,
    signaal_id VARCHAR(40) NOT NULL,
    regel VARCHAR(4) NOT NULL,
    regelversie VARCHAR(20) NOT NULL,
    uitkomst VARCHAR(10) NOT NULL CHECK (uitkomst in ('gegrond', 'ongegrond')),
    datum DATE NOT NULL,
    door VARCHAR(40) NOT NULL,
    moment DATETIME NOT NULL,
    PRIMARY KEY (volgnr),
    FOREIGN KEY(signaal_id) REFERENCES finding (signaal_id)
)
--
CREATE INDEX ix_objection_signaal_id ON objection (signaal_id)
--
CREATE TABLE oordeel (
    volgnr INTEGER NOT NULL,
    signaal_id VARCHAR(40) NOT NULL,
    bewust VARCHAR(10) NOT NULL CHECK (bewust in ('ja', 'nee', 'onbekend')),
    context TEXT NOT NULL CHECK (trim(context) <> ''),
    impact TEXT NOT NULL CHECK (trim(impact) <> ''),
    door VARCHAR(40) NOT NULL CHECK (trim(door) <> ''),
    moment DATETIME NOT NULL,
    na_nacht DATE NOT NULL,
    toets JSON NOT NULL,
    PRIMARY KEY (volgnr),
    FOREIGN KEY(signaal_id) REFERENCES finding (signaal_id)
)
--
CREATE INDEX ix_oordeel_signaal_id ON oordeel (signaal_id)
--
CREATE TABLE outbox (
    kenmerk VARCHAR(20) NOT NULL,
    signaal_id VARCHAR(40) NOT NULL,
    soort VARCHAR(15) NOT NULL,
    kanaal VARCHAR(20) NOT NULL,
    vorm VARCHAR(10) NOT NULL CHECK (vorm in ('brief', 'email', 'sms')),
    aan VARCHAR(20) NOT NULL,
    bericht VARCHAR(60) NOT NULL,
    dossiernummer VARCHAR(40) NOT NULL,
    status VARCHAR(20) NOT NULL CHECK (status in ('klaar', 'bezig', 'bevestigd', 'onbekend', 'mislukt', 'handmatig', 'in_te_trekken', 'ingetrokken', 'niet_ingetrokken')),
    nacht DATE NOT NULL,
    versie VARCHAR(20),
    inhoud_hash VARCHAR(64),
    extern_id VARCHAR(100),
    pogingen INTEGER NOT NULL,
    laatste_poging DATETIME,
    bevestigd_op DATE,
    PRIMARY KEY (kenmerk),
    UNIQUE (signaal_id, soort, kanaal),
    FOREIGN KEY(signaal_id) REFERENCES finding (signaal_id)
)
--
CREATE INDEX ix_outbox_dossiernummer ON outbox (dossiernummer)
--
CREATE INDEX ix_outbox_extern_id ON outbox (extern_id)
--
CREATE INDEX ix_outbox_nacht ON outbox (nacht)
--
CREATE INDEX ix_outbox_status ON outbox (status)
--
CREATE TABLE receipt (
    signaal_id VARCHAR(40) NOT NULL,
    nacht DATE NOT NULL,
    hash VARCHAR(64) NOT NULL,
    blijft BOOLEAN NOT NULL,
    inhoud JSON NOT NULL,
    PRIMARY KEY (signaal_id, nacht),
    FOREIGN KEY(signaal_id) REFERENCES finding (signaal_id)
)
--
CREATE INDEX ix_receipt_nacht ON receipt (nacht)
--
CREATE TABLE request_event (
    volgnr INTEGER NOT NULL,
    verzoek_id VARCHAR(20) NOT NULL,
    moment DATETIME NOT NULL,
    door VARCHAR(40) NOT NULL,
    wat VARCHAR(12) NOT NULL CHECK (wat in ('ontvangen', 'verlengd', 'afgerond', 'ingetrokken', 'opgeheven', 'verstrekt')),
    tekst TEXT NOT NULL,
    PRIMARY KEY (volgnr),
    FOREIGN KEY(verzoek_id) REFERENCES request (verzoek_id)
)
--
CREATE INDEX ix_request_event_verzoek_id ON request_event (verzoek_id)
--
CREATE TABLE sample (
    nummer INTEGER NOT NULL,
    nacht DATE NOT NULL,
    soort VARCHAR(20) NOT NULL CHECK (soort in ('onderdrukt', 'zonder_signaal')),
    dossiernummer VARCHAR(40) NOT NULL,
    signaal_id VARCHAR(40),
    reden VARCHAR(30),
    PRIMARY KEY (nummer),
    UNIQUE (nacht, dossiernummer),
    FOREIGN KEY(signaal_id) REFERENCES finding (signaal_id)
)
--
CREATE INDEX ix_sample_dossiernummer ON sample (dossiernummer)
--
CREATE INDEX ix_sample_nacht ON sample (nacht)
--
CREATE TABLE task (
    taak_id VARCHAR(40) NOT NULL,
    signaal_id VARCHAR(40) NOT NULL,
    soort VARCHAR(30) NOT NULL,
    dossiernummer VARCHAR(40) NOT NULL,
    consulent_id VARCHAR(20),
    spoed BOOLEAN NOT NULL,
    reden VARCHAR(30),
    uiterlijk DATE,
    status VARCHAR(10) NOT NULL CHECK (status in ('open', 'afgerond', 'vervallen')),
    nacht DATE NOT NULL,
    geheim BOOLEAN NOT NULL,
    behandelaar VARCHAR(40),
    team VARCHAR(40),
    uitgesteld_tot DATE,
    regel VARCHAR(4) NOT NULL,
    richting VARCHAR(10) NOT NULL,
    beperkt BOOLEAN NOT NULL,
    van_team VARCHAR(40),
    versie INTEGER NOT NULL,
    PRIMARY KEY (taak_id),
    UNIQUE (signaal_id, soort),
    FOREIGN KEY(signaal_id) REFERENCES finding (signaal_id)
)
--
CREATE INDEX ix_task_behandelaar ON task (behandelaar)
--
CREATE INDEX ix_task_consulent ON task (consulent_id, status)
--
CREATE INDEX ix_task_nacht ON task (nacht)
--
CREATE INDEX ix_task_status ON task (status)
--
CREATE INDEX ix_task_team ON task (van_team, status)
--
CREATE TABLE attempt (
    volgnr INTEGER NOT NULL,
    kenmerk VARCHAR(20) NOT NULL,
    moment DATETIME NOT NULL,
    wat VARCHAR(15) NOT NULL CHECK (wat in ('verstuur', 'zoek_op', 'teruggemeld', 'bevestig')),
    uitslag VARCHAR(20) NOT NULL CHECK (uitslag in ('begonnen', 'aangenomen', 'bezorgd', 'niet_verstuurd', 'geweigerd', 'niet_bezorgd', 'niet_gevonden', 'onbekend')),
    extern_id VARCHAR(100),
    code VARCHAR(60),
    PRIMARY KEY (volgnr),
    FOREIGN KEY(kenmerk) REFERENCES outbox (kenmerk)
)
--
CREATE INDEX ix_attempt_kenmerk ON attempt (kenmerk)
--
CREATE TABLE internetaak (
    taak_id VARCHAR(40) NOT NULL,
    nummer VARCHAR(10) NOT NULL,
    status VARCHAR(10) NOT NULL CHECK (status in ('klaar', 'bezig', 'bevestigd', 'onbekend', 'handmatig')),
    gemaakt_op DATETIME NOT NULL,
    klantcontact_uuid VARCHAR(36),
    internetaak_uuid VARCHAR(36),
    nummer_daar VARCHAR(10),
    inhoud_hash VARCHAR(64),
    pogingen INTEGER NOT NULL,
    laatste_poging DATETIME,
    daar_afgehandeld_op DATETIME,
    gesloten BOOLEAN NOT NULL,
    PRIMARY KEY (taak_id),
    FOREIGN KEY(taak_id) REFERENCES task (taak_id),
    UNIQUE (nummer)
)
--
CREATE INDEX ix_internetaak_status ON internetaak (status)
--
CREATE TABLE sample_outcome (
    nummer INTEGER NOT NULL,
    uitkomst VARCHAR(20) NOT NULL CHECK (uitkomst in ('terecht', 'gemist', 'niet_te_zeggen')),
    door VARCHAR(40) NOT NULL,
    moment DATETIME NOT NULL,
    toelichting VARCHAR(500),
    PRIMARY KEY (nummer),
    FOREIGN KEY(nummer) REFERENCES sample (nummer)
)
--
CREATE TABLE task_event (
    volgnr INTEGER NOT NULL,
    taak_id VARCHAR(40) NOT NULL,
    moment DATETIME NOT NULL,
    door VARCHAR(40) NOT NULL,
    wat VARCHAR(20) NOT NULL CHECK (wat in ('opgepakt', 'teruggelegd', 'overgedragen', 'gevraagd', 'geantwoord', 'uitgesteld', 'contact', 'afgerond', 'heropend', 'bezwaar', 'teruggemeld')),
    naar VARCHAR(40),
    tot DATE,
    tekst TEXT,
    antwoord_op INTEGER,
    formulier VARCHAR(32) NOT NULL,
    PRIMARY KEY (volgnr),
    FOREIGN KEY(taak_id) REFERENCES task (taak_id),
    UNIQUE (formulier)
)
--
CREATE INDEX ix_task_event_taak_id ON task_event (taak_id)
--
CREATE TABLE task_outcome (
    volgnr INTEGER NOT NULL,
    taak_id VARCHAR(40) NOT NULL,
    signaal_id VARCHAR(40) NOT NULL,
    regel VARCHAR(4) NOT NULL,
    regelversie VARCHAR(20) NOT NULL,
    uitkomst VARCHAR(30) NOT NULL CHECK (uitkomst in ('aangepast', 'al_bekend', 'geen_gevolg', 'bron_klopt_niet', 'inwoner_geeft_zelf_door', 'geen_contact_gekregen', 'anders')),
    feitdatum DATE,
    effect_cent INTEGER,
    toelichting TEXT NOT NULL,
    door VARCHAR(40) NOT NULL,
    moment DATETIME NOT NULL,
    PRIMARY KEY (volgnr),
    FOREIGN KEY(taak_id) REFERENCES task (taak_id),
    FOREIGN KEY(signaal_id) REFERENCES finding (signaal_id)
)
--
CREATE INDEX ix_task_outcome_signaal_id ON task_outcome (signaal_id)
--
CREATE INDEX ix_task_outcome_taak_id ON task_outcome (taak_id)
--
CREATE TABLE told (
    kenmerk VARCHAR(20) NOT NULL,
    signaal_id VARCHAR(40) NOT NULL,
    PRIMARY KEY (kenmerk, signaal_id),
    FOREIGN KEY(kenmerk) REFERENCES outbox (kenmerk),
    FOREIGN KEY(signaal_id) REFERENCES finding (signaal_id)
)
--
CREATE INDEX ix_told_signaal_id ON told (signaal_id)
--
CREATE TABLE internetaak_poging (
    volgnr INTEGER NOT NULL,
    taak_id VARCHAR(40) NOT NULL,
    moment DATETIME NOT NULL,
    wat VARCHAR(20) NOT NULL CHECK (wat in ('klantcontact', 'internetaak', 'zoek_op', 'daar_afgehandeld', 'sluit', 'heropen')),
    uitslag VARCHAR(20) NOT NULL CHECK (uitslag in ('begonnen', 'aangenomen', 'bezorgd', 'niet_verstuurd', 'geweigerd', 'niet_bezorgd', 'niet_gevonden', 'onbekend')),
    code VARCHAR(60),
    PRIMARY KEY (volgnr),
    FOREIGN KEY(taak_id) REFERENCES internetaak (taak_id)
)
--
CREATE INDEX ix_internetaak_poging_taak_id ON internetaak_poging (taak_id)
--
create trigger audit_update before update on audit begin select raise(abort, 'the audit log is only added to'); end
--
create trigger audit_delete before delete on audit begin select raise(abort, 'the audit log is only added to'); end
