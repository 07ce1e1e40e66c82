"""A secret that is made where there is none."""

import time
from concurrent.futures import ThreadPoolExecutor

from flows import secret


def test_who_ask_at_once_get_the_same_secret(tmp_path, monkeypatch):
    real = secret.put

    def slowly(*given):
        time.sleep(0.2)
        real(*given)

    monkeypatch.setattr(secret, "put", slowly)
    path = tmp_path / "gegevens" / "sleutel"
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: secret.made_once(path, 16), range(4)))
    assert {len(one) for one in made} == {32}
    assert set(made) == {path.read_text()}
    assert path.stat().st_mode & 0o077 == 0
