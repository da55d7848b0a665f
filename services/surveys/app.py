"""Surveys, composed."""

from functools import partial
from zoneinfo import ZoneInfo

from fastapi import FastAPI

from services.surveys.answers.api import router as answers
from services.surveys.campaigns.api import router as campaigns
from services.surveys.campaigns.readings import CAMPAIGN, CAMPAIGNS
from services.surveys.forms.readings import SURVEY, SURVEYS
from services.surveys.history.api import router as history
from services.surveys.jobs import JOBS, timers
from services.surveys.personal import PERSONAL
from services.surveys.policy import POLICY
from services.surveys.responses.readings import RESPONSE, RESPONSES
from services.surveys.rounds.api import router as invitations
from services.surveys.rounds.readings import INVITATION, INVITATIONS
from services.surveys.routing import links_of
from services.surveys.scores.api import router as scores
from services.surveys.settings import SurveysSettings
from services.surveys.snapshots import SNAPSHOTS
from services.surveys.subscribers import MERGES, SUBSCRIPTIONS
from services.surveys.subscribers import invitations as inviting
from shared.clock import Clock, utc_now
from shared.mail import TIMER as MAIL
from shared.mail import Smtp, Transport, deliver_with, sender_name
from shared.mail_folder import MailFolder
from shared.service import Service, build_service

READINGS = (SURVEYS, SURVEY, CAMPAIGNS, CAMPAIGN, INVITATIONS, INVITATION, RESPONSES, RESPONSE)


def create_app(settings: SurveysSettings | None = None, *, clock: Clock = utc_now) -> FastAPI:
    """Surveys as an ASGI application, with their background loops in the lifespan."""
    settings = settings or SurveysSettings()
    links, zone = links_of(settings), ZoneInfo(settings.firm_zone)
    return build_service(
        Service(
            name="surveys",
            title="Rapport: surveys",
            settings=settings,
            policy=POLICY,
            routers=(campaigns, invitations, answers, history, scores),
            readings=READINGS,
            subscriptions=(*SUBSCRIPTIONS, *MERGES, *inviting(links, zone)),
            jobs=JOBS,
            timers={**timers(links, zone), MAIL: partial(deliver_with, transport_for(settings))},
            snapshots=SNAPSHOTS,
            personal=PERSONAL,
            clock=clock,
        )
    )


def transport_for(settings: SurveysSettings) -> Transport:
    """SMTP where a server is configured, else the folder that the local mailbox collects."""
    if settings.smtp_url:
        return Smtp(settings.smtp_url, settings.mail_sender, sender_name(settings.firm_name))
    return MailFolder(settings.mail_folder, settings.mail_sender)
