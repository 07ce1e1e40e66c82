"""Small numbers: what is told of them, and that no total gives one away."""

from itertools import product

import pytest

from flows.evaluation.masking import Shown, amount, share, sheet, shown


@pytest.mark.parametrize(
    ("count", "text", "value"),
    [
        (0, "0", "0"), (1, "minder dan 10", "<10"), (9, "minder dan 10", "<10"), (10, "10", "10"), (19, "10", "10"),
        (20, "20", "20"), (1_239, "1.230", "1230"),
    ],
)  # fmt: skip
def test_a_number_is_told_in_tens_and_a_small_one_not(count, text, value):
    assert (shown(count).text, shown(count).value) == (text, value)
    assert shown(count).low <= count <= shown(count).high


def possible(told, place):
    """Every value that one cell can have for whoever knows the table, by trying everything."""
    cells = [cell for row in told.cells for cell in row]
    width = len(told.columns)
    found = set()
    for guess in product(*(range(cell.low, cell.high + 1) for cell in cells)):
        rows = [guess[start : start + width] for start in range(0, len(guess), width)]
        totals = [
            *zip(told.rows, map(sum, rows), strict=True), *zip(told.columns, map(sum, zip(*rows, strict=True)), strict=True),
            (told.whole, sum(guess)),
        ]  # fmt: skip
        if all(one.left_out or one.low <= total <= one.high for one, total in totals):
            found.add(guess[place])
    return found


@pytest.mark.parametrize("other", [0, 10, 14, 19, 20, 123, 999])
@pytest.mark.parametrize("small", range(1, 10))
def test_beside_one_other_number_a_small_one_can_be_anything(small, other):
    told = sheet([[small, other]])
    values = possible(told, 0)
    assert small in values
    assert values == set(range(1, 10)) if other else len(values) >= 5


@pytest.mark.parametrize(
    "counts",
    [
        [[1, 1, 8]], [[9, 9, 9]], [[1], [1], [1]], [[3, 12], [12, 3]], [[1, 1], [1, 1]], [[9, 9], [9, 10]], [[2, 0], [0, 10]],
        [[5, 20], [20, 20]], [[0, 7], [0, 30]], [[9, 0], [0, 9]], [[1, 0], [0, 1]],
    ],
)  # fmt: skip
def test_whoever_tries_every_number_finds_more_than_one(counts):
    """Where the table leaves room for it; a lone small number beside nothing is masked in its total too."""
    told = sheet(counts)
    flat = [count for row in counts for count in row]
    for place, count in enumerate(flat):
        if 0 < count < 10:
            values = possible(told, place)
            assert count in values
            assert len(values) >= 5, (counts, place, values)


def test_many_small_numbers_whose_total_says_that_each_is_one_lose_their_total():
    told = sheet([[1]] * 29)
    assert told.columns[0].text == "niet getoond"
    assert told.whole.text == "niet getoond"
    assert {cell.text for row in told.cells for cell in row} == {"minder dan 10"}


def test_a_table_without_small_numbers_keeps_its_totals():
    told = sheet([[10, 25], [0, 100]])
    assert [one.text for one in (*told.rows, *told.columns, told.whole)] == ["30", "100", "10", "120", "130"]


def test_amounts_are_told_in_thousands_and_of_ten_or_more():
    assert [amount(cents, 10) for cents in (49_999, 50_000, 149_999, -50_001, -49_999, 0)] == [
        0, 100_000, 100_000, -100_000, 0, 0,
    ]  # fmt: skip
    assert amount(5_000_000, 9) is None


def test_a_share_is_of_what_is_told():
    assert share(shown(31), shown(99)) == "ongeveer 33 %"
    assert share(shown(0), shown(99)) == "ongeveer 0 %"
    assert (
        share(shown(5), shown(99)) == share(shown(1), shown(8)) == share(shown(20), Shown(0, 0, left_out=True)) == "–"
    )
    assert share(shown(95), shown(99)) == share(shown(99), shown(99)) == "(bijna) alle"
    assert share(shown(192), shown(207)) == share(shown(198), shown(203)) == "ongeveer 95 %"
