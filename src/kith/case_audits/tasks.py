"""Background work of case audits: learning that is due."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.case_audits.actions.learning import prompt_learning
from kith.case_audits.queries.learning import JOB
from kith.foundations.access.actions import system_viewer


@app.periodic(cron="30 7 * * *")
@app.task(queueing_lock="case-audits-prompt-learning", name="case_audits.prompt_learning")
def prompt(timestamp: int) -> int:
    """Every morning, whoever owns the learning hears that it is due, or late."""
    return prompt_learning(by=system_viewer(JOB), now=timezone.now())
