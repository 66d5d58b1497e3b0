"""Text messages: through GOV.UK Notify where a key is set, else written to the log, as in the demonstration."""

from __future__ import annotations

import logging

from django.conf import settings
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

log = logging.getLogger(__name__)


def send_text(to: str, body: str) -> None:
    """Hands one text message over. Raises OSError where it could not be, so that it is tried again."""
    if not settings.KITH_NOTIFY_KEY:
        log.info("A text message to %s:\n%s", to, body)
        return
    client = NotificationsAPIClient(settings.KITH_NOTIFY_KEY)  # type: ignore[no-untyped-call]
    try:
        client.send_sms_notification(  # type: ignore[no-untyped-call]
            phone_number=to, template_id=settings.KITH_NOTIFY_TEMPLATE, personalisation={"body": body}
        )
    except HTTPError as failure:
        raise OSError(f"Notify did not take it: {failure}") from failure
