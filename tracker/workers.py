"""What Celery's processes do alike in every newsroom, whatever its environment says."""

from __future__ import annotations

# A task is acknowledged when it is done, so that a killed worker's task is given out again.
CELERY_TASK_ACKS_LATE = True
# A task that kills its worker is not put back at once: attempts are counted in the database, and
# the next sweep finds what is left.
CELERY_TASK_REJECT_ON_WORKER_LOST = False
# One task at a time, so that a slow mail server holds up one worker and not a queue of tasks.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Nothing in the broker can be more than data: who writes to it cannot make a worker run code.
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
# Nobody waits for a result: what happened is in the database.
CELERY_TASK_IGNORE_RESULT = True
# The last resort against a process that hangs, on a database behind a dead line perhaps. What is
# cut short has lost nothing: the next sweep goes on where it stopped.
CELERY_TASK_TIME_LIMIT = 900
# Beat counts plain intervals. What day it is for the newsroom is our own reckoning.
CELERY_TIMEZONE = "UTC"
# A broker that is not up yet, or comes back, is waited for, however long.
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# With the connection goes the right to acknowledge, and the task is given out again. That does no
# harm, since two drains never hold the same message, nor two sweeps make the same reminder. To stop
# the one at hand would: a mail that was just accepted could not be marked, and would go out twice.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
QUEUE = {
    # Above the longest drain. A killed worker's task waits that long; by default an hour.
    "visibility_timeout": 120,
    # How often a worker looks for tasks that were given out and never acknowledged; the defaults
    # make that nearly two minutes.
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
# Beat needs no memory, for a sweep finds what is due however long ago the last one was. So there is
# no schedule file that a second beat could lock or a power cut could spoil.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
