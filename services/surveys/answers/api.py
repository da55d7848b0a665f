"""Routes by which a survey is answered: the link's token, in a header, is the whole proof.

A header and not the address, so that no log, trace or history of a browser holds it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, Header, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.surveys.answers import actions
from services.surveys.answers.drafts import unseal
from services.surveys.answers.rules import CALLS, MISSES
from services.surveys.answers.schemas import AnswersIn, OpenSurvey, Thanks
from services.surveys.rounds.rules import NoSuchLink
from services.surveys.routing import LimiterDep, ZoneDep
from shared.edge import RuntimeDep, allowed
from shared.limits import SharedLimiter

router = APIRouter(prefix="/answers", tags=["answers"])
Token = Annotated[
    str,
    Header(
        alias="Survey-Token", max_length=200, description="What stands after # in the survey's link"
    ),
]
Address = Annotated[str, Header(alias="Rapport-Client-Address", include_in_schema=False)]
_GIVE = allowed("answer:give")


@router.get("", dependencies=[_GIVE])
async def look_at_survey(
    runtime: RuntimeDep,
    limiter: LimiterDep,
    response: Response,
    token: Token = "",
    address: Address = "",
) -> OpenSurvey:
    """The survey behind a link, in the person's language, with what they answered so far."""
    response.headers["Cache-Control"] = "no-store"
    async with _limited(limiter, address), _nobody(runtime) as session:
        link, round_, form = await actions.look(session, token)
    return OpenSurvey(
        kind=form.kind,
        language=link.language,
        anonymous=round_.anonymous,
        title=form.title,
        intro=form.intro,
        questions=form.questions,
        main=form.main,
        firm=runtime.settings.firm_name or None,
        subject=round_.subject,
        about=link.about,
        phase=round_.phase_title,
        closes_at=link.closes_at,
        answers=unseal(token, link.draft),
    )


@router.put("", status_code=204, dependencies=[_GIVE])
async def keep_answers(
    body: AnswersIn,
    runtime: RuntimeDep,
    limiter: LimiterDep,
    token: Token = "",
    address: Address = "",
) -> None:
    """Keep partial answers for later."""
    async with _limited(limiter, address), _nobody(runtime) as session:
        await actions.keep(session, token, body.answers)


@router.post("", status_code=201, dependencies=[_GIVE])
async def submit_answers(
    body: AnswersIn,
    runtime: RuntimeDep,
    limiter: LimiterDep,
    zone: ZoneDep,
    token: Token = "",
    address: Address = "",
) -> Thanks:
    """Submit once; what was kept before counts too."""
    async with _limited(limiter, address), _nobody(runtime) as session:
        await actions.submit(session, token, body.answers, zone)
    return Thanks()


@asynccontextmanager
async def _limited(limiter: SharedLimiter, address: str) -> AsyncIterator[None]:
    """Count the call, and once more if its link opens nothing."""
    await limiter.hit(CALLS, address)
    try:
        yield
    except NoSuchLink:
        await limiter.hit(MISSES, address)
        raise


@asynccontextmanager
async def _nobody(runtime: RuntimeDep) -> AsyncIterator[AsyncSession]:
    """A transaction in which Rapport itself acts: whoever answers is not signed in, and of an
    anonymous answer not even the request may be known."""
    async with runtime.database.worker_session() as session:
        yield session
