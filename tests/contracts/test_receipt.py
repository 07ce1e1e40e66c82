"""A receipt: the same hash for the same content, and a difference is named where it is."""

import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.finding import Finding, Reden, Richting, Route, Verdict
from contracts.law import pw
from contracts.parameters import Status, Used
from contracts.receipt import (
    Difference,
    Grounds,
    LawText,
    Receipt,
    SourceRows,
    canonical_json,
    fingerprint,
    receipts_differ,
)
from contracts.tables import Bron

SIGNAAL = Finding(
    signaal_id="S-R01-0", regel="R01", regelversie="1", dossiernummer="D-1", consulent_id=None,
    richting=Richting.NADEEL, route=Route.TASK, bericht=None, feitdatum=date(2026, 10, 20), gezien="Gezien.",
    taak="Bel.", feiten={"woont_op_adres": True, "bewoners_op_adres": 2, "bekende_rol": None},
    onderdrukkers=(
        Verdict(naam="geheim", code="O06", reden=Reden.GEHEIM, geldt=False),
    ),
    bronnen=("brp-1",), peildatum=date(2026, 11, 3), stand=2,
)  # fmt: skip
AGE = Used(
    naam="kostendelersleeftijd", waarde="27 jaar", artikel="artikel 19a lid 1 Pw", geldig_van=date(2024, 1, 1),
    status=Status.GEZIEN,
)  # fmt: skip
GRONDEN = Grounds(
    grondslagen=(LawText.of(pw("19a", 1)),),
    waarden=(AGE,),
    instellingen={"massa_adres_boven": 12, "werkgebied": ("9901",)},
)
BON = Receipt(
    signaal=SIGNAAL, gronden=GRONDEN, rijen=(SourceRows(bron=Bron.BRP, tabel="brp_persoon", rijen=("aa", "bb")),),
    programma="1.0",
)  # fmt: skip


def test_it_is_written_with_sorted_keys_without_spaces_and_in_utf8():
    assert canonical_json({"b": [1, None, True], "a": "één"}) == '{"a":"één","b":[1,null,true]}'.encode()


def test_the_hash_is_that_of_what_is_written():
    assert BON.hash == hashlib.sha256(BON.canonical()).hexdigest()


@pytest.mark.parametrize("value", [0.5, [1, 2.0], {"a": {"b": (1.5,)}}])
def test_a_float_is_refused(value):
    with pytest.raises(TypeError, match="no floats"):
        canonical_json(value)


def test_it_comes_back_from_the_casebook_with_the_same_hash():
    assert Receipt.model_validate(BON.model_dump(mode="json")).hash == BON.hash


FACTS = st.dictionaries(st.text(max_size=8), st.none() | st.booleans() | st.integers() | st.text(max_size=8))


@given(facts=FACTS)
def test_whatever_the_facts_it_comes_back_the_same(facts):
    bon = BON.model_copy(update={"signaal": SIGNAAL.model_copy(update={"feiten": facts})})
    assert Receipt.model_validate_json(bon.model_dump_json()).hash == bon.hash


@given(facts=FACTS, seed=st.randoms(use_true_random=False))
def test_the_order_of_facts_is_of_no_account(facts, seed):
    shuffled = list(facts.items())
    seed.shuffle(shuffled)
    assert canonical_json(facts) == canonical_json(dict(shuffled))


def test_another_program_is_no_difference():
    newer = BON.model_copy(update={"programma": "2.0"})
    assert newer.hash == BON.hash
    assert receipts_differ(BON, newer) == ()


def grounds(**changed):
    return {"gronden": GRONDEN.model_copy(update=changed)}


def finding(**changed):
    return {"signaal": SIGNAAL.model_copy(update=changed)}


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        (
            grounds(waarden=(AGE.model_copy(update={"waarde": "28 jaar"}),)),
            Difference(
                "waarde", "kostendelersleeftijd", "27 jaar sinds 2024-01-01 (artikel 19a lid 1 Pw, gezien)",
                "28 jaar sinds 2024-01-01 (artikel 19a lid 1 Pw, gezien)",
            ),
        ),
        (
            grounds(instellingen={"massa_adres_boven": 10, "werkgebied": ("9901",)}),
            Difference("instelling", "massa_adres_boven", "12", "10"),
        ),
        (
            grounds(instellingen={"massa_adres_boven": 12}),
            Difference("instelling", "werkgebied", '["9901"]', None),
        ),
        (
            grounds(grondslagen=(LawText(artikel="artikel 19a lid 1 Pw", tekst_van=date(2027, 1, 1), status=Status.GEZIEN),)),
            Difference("tekst van de wet", "artikel 19a lid 1 Pw", "2026-01-01 (gezien)", "2027-01-01 (gezien)"),
        ),
        (
            {"rijen": (SourceRows(bron=Bron.BRP, tabel="brp_persoon", rijen=("aa",)),)},
            Difference("bronrij", "brp_persoon bb", "gelezen", None),
        ),
        (
            finding(feiten=SIGNAAL.feiten | {"bewoners_op_adres": 3}),
            Difference("feit", "bewoners_op_adres", "2", "3"),
        ),
        (finding(regelversie="2"), Difference("signaal", "regelversie", "1", "2")),
        (finding(onderdrukkers=()), Difference("getoetst", "geheim", "nee", None)),
    ],
)  # fmt: skip
def test_one_difference_is_named_and_nothing_else(changed, named):
    other = BON.model_copy(update=changed)
    assert other.hash != BON.hash
    assert receipts_differ(BON, other) == (named,)


def test_a_suppressor_that_holds_now_and_one_that_can_not_be_said_differ():
    verdict = SIGNAAL.onderdrukkers[0]
    for holds, said in ((True, "ja"), (None, "onbekend")):
        other = BON.model_copy(update=finding(onderdrukkers=(verdict.model_copy(update={"geldt": holds}),)))
        assert receipts_differ(BON, other) == (Difference("getoetst", "geheim", "nee", said),)


def test_another_policy_and_another_meaning_of_a_suppressor_differ_too():
    assert receipts_differ(BON, BON.model_copy(update={"beleid": "2027-1"})) == (
        Difference("beleid", "versie", BON.beleid, "2027-1"),
    )
    verdict = SIGNAAL.onderdrukkers[0].model_copy(update={"reden": Reden.GEBLOKKEERD})
    (found,) = receipts_differ(BON, BON.model_copy(update=finding(onderdrukkers=(verdict,))))
    assert (found.deel, found.naam) == ("getoetst", "geheim")


def test_a_fingerprint_names_a_value_without_telling_it():
    one = fingerprint([["1234AB", "1", "", ""]])
    assert one.startswith("sha256:")
    assert "1234AB" not in one
    assert fingerprint([["1234AB", "2", "", ""]]) != one
