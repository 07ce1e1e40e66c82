"""Names for a made-up register: the demo's lists with a long tail behind them, as name frequencies have.

A surname or first name of the tail is put together from syllables. The list says how a name sounds and nothing else.
"""

from functools import cache
from itertools import product

import numpy as np
import numpy.typing as npt
import polars as pl

from flows.demo.name_lists import DUTCH_FIRST_NAMES, OTHER_FIRST_NAMES
from flows.demo.names import SURNAME_TABLE
from flows.demo.numbers import Ints

Floats = npt.NDArray[np.float64]

#: Share of each list among households; those after the first are largely people who came from elsewhere.
LISTS = {
    "nederlands": 0.81, "turks": 0.035, "marokkaans": 0.035, "surinaams": 0.03, "arabisch": 0.04, "pools": 0.03,
    "eritrees": 0.02,
}  # fmt: skip
#: From each of these years of birth on, other names are in fashion.
ERAS = np.array([start for start, _, _ in DUTCH_FIRST_NAMES])

_SURNAME_PARTS = {
    "nederlands": (
        "Haver Wester Ooster Noorder Zuider Nieuw Oude Groen Rood Zwart Wit Koren Rogge Gerst Haag Hoog Laag Diepen "
        "Breed Smal Kram Bloem Boom Eik Berk Linden Elzen Wilgen Beuken Meer Water Zand Klei Veen Heide Bosch Broek "
        "Ven Dam Dijk Sluis Brug Molen Kerk Kloos Abt Bisschop Graven Konings Hertog Ridder Schild Zwaard Ijzer Koper "
        "Zilver Goud Lood Steen Rots Berg Dal Hel Hemel Ster Maan Zon Winter Zomer Lente Herfst Vogel Haan Hoen Gans "
        "Valk Arend Raven Kraai Reiger Uilen Vossen Wolven Beren Leeuwen Harten Hazen Dassen Otter Bever Visser Snoek",
        "kamp huis veld berg dijk man stra sma inga ink mans ers horst loo wijk burg dorp hof stede laar donk brink es "
        "gaard land daal beek meer zijl ga ma kens sen meijer smit bakker mulder boer gouw camp haar hout rade rijk",
    ),
    "turks": ("Kara Ak Demir Gök Yıl Öz Er Tan Kaya Taş Gün Ay Bal Can Dal", "can kaya demir türk taş soy oğlu al er han gül dağ alp tekin bulut"),
    "marokkaans": ("Ben Bou Am Az Ait Ha Ma Cha Ta Za Ou Id", "laarbi rahou madi zaoui khalfi toufi ssaoui miri zouzi ghli naji mrani hdaoui sghir"),
    "surinaams": ("Ram Bhag Sew Jag Kar Soe Pan Mah Kal Doer Gan Bis", "dhani persad nath dien singh lal soekh ratan mohan pal samy kromo wiredjo"),
    "arabisch": ("Al Abou Had Kha Mah Nas Sal Sha Tar Yas Zay Hal Ham Ibr", "dad lil moud sser lim heen raf sin dan abi idi ahim oush awi outa"),
    "pools": ("Kowal Nowa Wiśni Wójc Kami Lewan Zieli Szyma Dąbro Kozło Jano Mazu Krup", "ski cki kowska ewski owicz czyk ak icki ińska iak ek uk owska"),
    "eritrees": ("Tes Ghe Ha Ki Me Ber Te Ye Zer Se", "fay brehiwot gos dane konnen hane klu mane ay lassie wolde mariam tsion"),
}  # fmt: skip
_GIVEN_PARTS = {
    "nederlands": (
        ("Ger Hen Wil Rein Bern Lam Wou Diede Roe Fok Gij Har Ru Al Ar Be Eg Sieg Tjeer Jor Mel Thy Bren Qui Sil", "bert drik ko ke man nus win wout rik o us jan in ard ian o vin"),
        ("An Mar El Hen Wil Jo Li Ka Sa Ro Fe Ne Ti Da Ge Be Ma Le Lo No Chri Thea Sjou Joli", "ke tje lien ine ette anne lies na ra ska rie da sa line wien mijn"),
    ),
    "turks": (("Ab Er Ha Ka Me Nu Or Se Ta Yu", "dullah can kan ril tin han man dem"), ("Ay Bü Em Fa Gü Ha Me Ni Se Ze", "gül nur lin ray can da han ma")),
    "marokkaans": (("Ab Ha Is Mo Na Ra Sa Ya Zak Mou", "delilah ssan mail hcine bil fik id ria rad"), ("A Fa Ha Ma Na Ra Sa Wa Zi Ou", "icha tiha nane ryam jat chida fae rda neb")),
    "surinaams": (("An De Ge Ja Ro Wi Su Ra Pre Me", "vin ro land rado sh dy ren jen dro"), ("An Do Gi Ja Ma Ro Su Sha Pre Me", "nita reen tri nique vina sita ra lini")),
    "arabisch": (("Ab Ah Ba Fa Ha Kha Ma Mo Na Om", "dul med ssel di led her ussa zen ar ran"), ("Ay Ba Da Fa Ha La Ma Na Ra Ya", "a ntima nia tema la mis ram wal nda sha")),
    "pools": (("Ma Pio Krzy Grze To Paw Da Ra Sta Woj", "rek tr sztof gorz masz el wid fał nisław ciech"), ("Ag Ka Mał Mo Jo An Ewe Be Do Iwo", "nieszka tarzyna gorzata nika anna lina ata rota na")),
    "eritrees": (("A Be Da Fi Ge Me Sa Te Yo Ki", "bel reket wit lmon briel hari muel klay nas dane"), ("A Be Fe He Le Me Sa Se Ti Yo", "beba thlehem ven len tebrhan ron lam gen hisha dit")),
}  # fmt: skip
#: Names with a voorvoegsel for each without.
_PREFIXED = 0.4
_PREFIXES = ("van", "van de", "van der", "van den", "de", "ter", "van 't", "op de")
#: How surname and first-name frequencies fall with the rank: the most frequent surname is about 1 in 200 persons.
_SURNAME_FALL, _GIVEN_FALL, _TAIL_OF_GIVEN = (20.0, 0.9), (3.0, 1.0), 0.3


def lists(count: int, rng: np.random.Generator) -> Ints:
    """For each of ``count`` the index of a list."""
    return rng.choice(len(LISTS), count, p=list(LISTS.values()))


def surnames(of_list: Ints, rng: np.random.Generator) -> Ints:
    """A row of :func:`surname_table` for each entry of ``of_list``."""
    drawn = np.zeros(len(of_list), dtype=np.int64)
    table = surname_table().with_row_index()
    for number, name in enumerate(LISTS):
        here, rows = of_list == number, table.filter(lijst=name)["index"].to_numpy()
        drawn[here] = rng.choice(rows, int(here.sum()), p=_by_rank(len(rows), *_SURNAME_FALL))
    return drawn


def given(of_list: Ints, women: npt.NDArray[np.bool_], years: Ints, rng: np.random.Generator) -> Ints:
    """A row of :func:`given_table` for each person; what is drawn fits list, sex and year of birth."""
    drawn = np.zeros(len(of_list), dtype=np.int64)
    era = np.searchsorted(ERAS, years, side="right") - 1
    group = (of_list * 2 + women) * len(ERAS) + np.clip(era, 0, len(ERAS) - 1)
    order = np.argsort(group, kind="stable")
    edges = np.searchsorted(group[order], np.arange(len(LISTS) * 2 * len(ERAS) + 1))
    for number in range(len(edges) - 1):
        rows, shares = _given_pool(number)
        here = order[edges[number] : edges[number + 1]]
        drawn[here] = rng.choice(rows, len(here), p=shares)
    return drawn


@cache
def surname_table() -> pl.DataFrame:
    """``lijst``, ``voorvoegsel`` (null = none), ``geslachtsnaam``; a list's most frequent first."""
    tails = []
    for name, (starts, ends) in _SURNAME_PARTS.items():
        middles = ("", "en", "ing", "el", "er", "te") if name == "nederlands" else ("", "a", "i", "o")
        made = [a + b + c for a, b, c in product(starts.split(), middles, ends.split())]
        prefixes = {"nederlands": _PREFIXES, "marokkaans": ("el",)}.get(name, ())
        bare, prefixed = (
            pl.DataFrame(list(product([name], some, made)), schema=SURNAME_TABLE.schema, orient="row")
            for some in ([None], prefixes)
        )
        few = prefixed.sample(int(bare.height * _PREFIXED), seed=1) if prefixes else prefixed
        # Neither syllable nor voorvoegsel says how frequent a name is.
        tails.append(pl.concat([bare, few]).sample(fraction=1.0, shuffle=True, seed=2))
    return pl.concat([SURNAME_TABLE, *tails]).unique(maintain_order=True)


@cache
def given_table() -> pl.Series:
    """All first names; :func:`given` refers to them by place."""
    fashion = [text for _, *both in DUTCH_FIRST_NAMES for text in both]
    other = [text for both in OTHER_FIRST_NAMES.values() for text in both]
    made = [" ".join(_made(name, sex)) for name in LISTS for sex in (0, 1)]
    return pl.Series(" ".join([*fashion, *other, *made]).split()).unique().sort()


def _made(name: str, sex: int) -> list[str]:
    starts, ends = _GIVEN_PARTS[name][sex]
    return [a + b for a, b in product(starts.split(), ends.split())]


@cache
def _given_pool(number: int) -> tuple[Ints, Floats]:
    """The rows of the table for one list, sex and era, with the share of each: fashion first, then a tail."""
    name, sex, era = list(LISTS)[number // len(ERAS) // 2], number // len(ERAS) % 2, number % len(ERAS)
    known = OTHER_FIRST_NAMES.get(name, ("", ""))[sex].split()
    if name == "nederlands":
        known = str(DUTCH_FIRST_NAMES[era][1 + sex]).split()
    tail = sorted(set(_made(name, sex)) - set(known), key=lambda text: (hash_of(text), text))
    names = [*known, *tail]
    shares = np.concatenate(
        [(1 - _TAIL_OF_GIVEN) * _by_rank(len(known), *_GIVEN_FALL), _TAIL_OF_GIVEN * _by_rank(len(tail), *_GIVEN_FALL)]
    )
    place = {text: row for row, text in enumerate(given_table())}
    return np.array([place[text] for text in names]), shares / shares.sum()


def hash_of(text: str) -> int:
    """A number that depends on the text only, on every machine."""
    value = 7
    for sign in text:
        value = (value * 31 + ord(sign)) % 1_000_003
    return value


def _by_rank(count: int, flat: float, power: float) -> Floats:
    weights: Floats = (np.arange(count) + 1 + flat) ** -power
    return weights / weights.sum() if count else weights
