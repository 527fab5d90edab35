"""One Celery task for each recipient, as many a Django site does it. The broker, the
sink's port and the message come from the environment."""

import os

from celery import Celery, signals

from tests.bench.sending import message

app = Celery("bench", broker=os.environ["BENCH_BROKER"])
# Answered for when sent, so that an empty queue means that all have gone.
app.conf.update(task_ignore_result=True, task_acks_late=True)
app.conf.broker_connection_retry_on_startup = True


@signals.worker_process_init.connect
def _configure(**kwargs):
    message.configure(os.environ["BENCH_PORT"])


@app.task
def send(number):
    message.personal(os.environ["BENCH_MESSAGE"], number).send()
