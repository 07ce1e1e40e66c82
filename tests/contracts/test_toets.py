"""The shape of the drietrapstoets."""

from datetime import date

from contracts.toets import VRAAG_ZIN, Toets, Vraag


def test_there_are_three_questions_each_with_its_sentence():
    assert [str(vraag) for vraag in VRAAG_ZIN] == ["kon_weten", "context", "impact"] == list(Vraag)
    assert all(sentence.endswith("?") for sentence in VRAAG_ZIN.values())


def test_a_toets_goes_through_them_in_order():
    empty = Toets(signaal_id="S-1", op=date(2026, 11, 3), kon_weten=(), context=(), impact=(), gids="kind")
    assert [vraag for vraag, _ in empty.per_vraag()] == list(VRAAG_ZIN)
