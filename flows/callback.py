"""Where NotifyNL tells by itself what became of a message: a small web service behind a secret.

Notify calls up to five times until it is answered, so the same call again changes nothing. Of who got the message it
tells too; that is not read.
"""

import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import FastAPI, Header, HTTPException, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from contracts.message import Answer, Uitslag
from contracts.verwerkingen import Activiteit
from flows.casebook import kept_casebook
from flows.logboek import in_dossiers, processing
from flows.settings import Workplace
from notifications.channels.notifynl import NAAM, STANDEN

_MOST_BYTES = 20_000
_LEAST_SECRET = 16


class _Told(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    id: Annotated[str, Field(pattern=r"^[0-9a-fA-F-]{36}$")]
    status: Annotated[str, Field(pattern=r"^[a-z-]{1,40}$")]


def callback_app(work: Workplace, key: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> FastAPI:
    """The service.

    Args:
        work: the work folder.
        key: the bearer token Notify was given, at least 16 characters.
        now: the clock.

    Raises:
        ValueError: the key is too short to be one.
    """
    if len(key) < _LEAST_SECRET:
        raise ValueError("the secret for callbacks needs at least 16 characters")
    app = FastAPI(title="Tijdig: terugmeldingen", docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/notifynl", status_code=204)
    async def told(request: Request, authorization: Annotated[str, Header()] = "") -> Response:
        """Note what became of a message; one that is not ours is answered too, or Notify would go on calling."""
        if not hmac.compare_digest(authorization.encode(), f"Bearer {key}".encode()):
            raise HTTPException(401)
        body = await _read(request)
        try:
            said = _Told.model_validate_json(body)
        except ValidationError:
            raise HTTPException(400) from None
        answer = Answer(uitslag=STANDEN.get(said.status, Uitslag.AANGENOMEN), extern_id=said.id, code=said.status)
        await run_in_threadpool(_note, work, said, answer, now())
        return Response(status_code=204)

    return app


def _note(work: Workplace, said: _Told, answer: Answer, moment: datetime) -> None:
    with kept_casebook(work) as casebook:
        dossiers = casebook.dossiers_of(extern_ids=[said.id])
        if dossiers:
            with processing(work, Activiteit.BERICHTEN, "terugmelding verwerken") as step:
                step.about(in_dossiers(sorted(dossiers)))
        casebook.told_by_channel(NAAM, said.id, said.status, answer, moment)


async def _read(request: Request) -> bytes:
    """The body, as far as one can be expected."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            raise HTTPException(413)
    return body
