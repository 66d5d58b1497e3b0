"""Jobs about jobs: what a worker does not know is kept, and what a killed worker held is taken up again."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

NOT_KNOWN = "config.not_known"
TRIES = 5  # a job that ends its worker each time is not given to every worker for ever
SILENT = 60.0  # seconds without a sign of life after which a worker was killed


class NotKnown(Exception):
    """A job of another version than this one's: put back, and taken up by a worker that knows it."""


@app.task(name=NOT_KNOWN, retry=RetryStrategy(wait=30))
def not_known(**words: object) -> None:
    """What a worker does with a job that it does not know."""
    raise NotKnown


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take-up-again", name="config.take_up_again")
async def take_up_again(timestamp: int) -> int:
    """Every minute: jobs whose worker was killed are done after all. Answers how many were put back."""
    return sum([await _put_back(job) for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT)])


async def _put_back(job: Job) -> bool:
    """False where it has been tried often enough, or where the same is waiting to be done anyway."""
    if job.attempts >= TRIES:
        await app.job_manager.finish_job(job=job, status=Status.FAILED, delete_job=False)
        return False
    try:
        await app.job_manager.retry_job(job=job)
    except UniqueViolation:
        await app.job_manager.finish_job(job=job, status=Status.ABORTED, delete_job=True)
        return False
    return True
