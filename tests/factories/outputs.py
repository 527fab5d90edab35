"""Outputs, their files, and who asked for them."""

from itertools import count

from django.core.files.base import ContentFile
from django.utils import timezone

from engagement.metrics.models import Agent, Hit
from engagement.outputs.models import Edition, File, Output
from engagement.outputs.services import authors as author_lines
from engagement.outputs.services import search

_number = count(1)
WITHDRAWN = {
    "status": "withdrawn",
    "withdrawn_reason_en": "Wrong.",
    "withdrawn_reason_cy": "Anghywir.",
}
PDF = b"%PDF-1.7\n%test\n"


def make_output(*, published=False, with_file=False, authors=(), **fields):
    """`authors` are lines: "Rees, B.", or a body's name."""
    n = next(_number)
    texts = {
        "slug": f"output-{n}",
        "kind": "report",
        "title_en": f"Output {n}",
        "title_cy": f"Allbwn {n}",
        "summary_en": "In short.",
        "summary_cy": "Yn fyr.",
    }
    if published:
        texts |= {"status": "published", "published_at": timezone.now()}
    output = Output.objects.create(**texts | fields)
    author_lines.replace(output=output, names=map(author_lines.read, authors))
    search.reindex(output)
    if with_file:
        make_file(output=output)
    return output


def make_file(*, output, language="en", content=PDF, name="report.pdf"):
    edition, _ = Edition.objects.get_or_create(
        output=output, number=1, defaults={"published_at": output.published_at}
    )
    file = File(
        edition=edition,
        language=language,
        name=name,
        content_type="application/pdf",
        size=len(content),
        sha256="0" * 64,
    )
    file.upload.save(name, ContentFile(content), save=True)
    return file


def make_hit(kind, target, study, *, client="a", agent="Firefox", **fields):
    """By a person, now. `client` is any word: the same word is the same client."""
    return Hit.objects.create(
        target_kind=kind,
        target_id=target,
        study_id=study.pk if study else None,
        client=int.from_bytes(client.encode()[:7]),
        agent=Agent.objects.get_or_create(text=agent)[0],
        **{
            "at": timezone.now(),
            "language": "en",
            "hit_class": "person",
            "rule": "made",
            "rules_version": 1,
        }
        | fields,
    )
