"""django-newsletter, in an environment of its own: PORT NUMBER of subscribers.

Run by path, with the Python of a folder in which nothing of ours is installed. It keeps
its rows in SQLite in memory, which is quicker than any server. Prints what sending took.
"""

import json
import logging
import resource
import sys
import time

import django
from django.conf import settings

ARTICLES = 12
# Makes the message 30 KB long, as text and HTML.
TEXT = "<p>Plain words of a summary, and some more of them.</p>\n" * 21


def configure(port):
    settings.configure(
        SECRET_KEY="only for the bench",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sites",
            "sorl.thumbnail",
            "newsletter",
        ],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
        },
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
            }
        ],
        ROOT_URLCONF="newsletter.urls",
        SITE_ID=1,
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        NEWSLETTER_THUMBNAIL="sorl-thumbnail",
        NEWSLETTER_USE_HTTPS=True,
        USE_TZ=True,
        LOGGING_CONFIG=None,
    )
    django.setup()
    # It only notes down that a message failed, and goes on.
    logging.getLogger("newsletter.models").addFilter(_stop_at_errors)


def _stop_at_errors(record):
    if record.levelno >= logging.ERROR:
        sys.exit(record.getMessage())
    return True


def fill(number):
    """The submission, ready to go."""
    from django.core.management import call_command
    from django.utils.timezone import now
    from newsletter.models import Article, Message, Newsletter, Submission, Subscription

    call_command("migrate", verbosity=0)
    newsletter = Newsletter.objects.create(
        title="Index news", slug="index", email="team@example.org", sender="The team"
    )
    newsletter.site.set([1])
    message = Message.objects.create(newsletter=newsletter, title="March", slug="march")
    for place in range(ARTICLES):
        title = f"Article {place}"
        Article.objects.create(post=message, title=title, text=TEXT, sortorder=place)
    Subscription.objects.bulk_create(
        Subscription(
            newsletter=newsletter,
            name_field=f"Person {n}",
            email_field=f"p{n}@body{n % 300}.example.org",
            subscribed=True,
        )
        for n in range(number)
    )
    submission = Submission.from_message(message)
    submission.publish_date, submission.prepared = now(), True
    submission.save()
    return submission


def main(port, number):
    configure(int(port))
    submission = fill(int(number))
    length = len(
        submission.get_message(submission.subscriptions.first())
        .message()
        .as_bytes(linesep="\r\n")
    )
    began, used = time.perf_counter(), _cpu()
    type(submission).submit_queue()
    took = {"seconds": time.perf_counter() - began, "cpu": _cpu() - used}
    print(json.dumps(took | {"length": length}))  # noqa: T201


def _cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(*sys.argv[1:])
