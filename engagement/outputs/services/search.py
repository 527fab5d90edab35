"""What can be found of an output: rewritten whenever it is, and every night."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from engagement.core import markup
from engagement.core.bilingual import LANGUAGES
from engagement.core.folding import folded
from engagement.outputs.models import Output, SearchEntry

# What an output says is in the words once it is out, and no longer than that; before and
# after it is found by what it is.
SAYS = ("summary", "plain", "use", "misuse")
IS = ("note", "withdrawn_reason")
# Stands between texts, so that no phrase reaches from one into the next; no folded word
# can be it, nor anything that is searched for.
BETWEEN = " ß "
# What a vector of PostgreSQL may hold at most is 1 MB; a report's texts are far below.
MOST = 200_000


def reindex(output: Output) -> None:
    """What the public sees of it changed: new words, and a new datestamp for those who
    harvest. Part of what another service writes, in its transaction."""
    output.changed_at = timezone.now()
    Output.objects.filter(pk=output.pk).update(changed_at=output.changed_at)
    _write(output)


def _write(output: Output) -> None:
    for lang in LANGUAGES:
        SearchEntry.objects.update_or_create(
            output=output,
            language=lang,
            defaults={
                "title": folded(getattr(output, f"title_{lang}")),
                "words": _words(output, lang),
            },
        )


def reindex_all() -> int:
    """Each output in a transaction of its own; its datestamp stays. How many there were."""
    done = 0
    for pk in Output.objects.values_list("pk", flat=True):
        with transaction.atomic():
            if output := Output.objects.select_for_update().filter(pk=pk).first():
                _write(output)
                done += 1
    return done


def passages(output: Output, lang: str) -> list[str]:
    """Everything that is in the text but the title: plain, in the order of what says
    most about the output. Of editions, only what is out."""
    names = SAYS + IS if output.status == Output.Status.PUBLISHED else IS
    found = [_plain(getattr(output, f"{name}_{lang}")) for name in names]
    found.append("; ".join(str(author) for author in output.authors.all()))
    found.append(", ".join(getattr(s, f"name_{lang}") for s in output.subjects.all()))
    found.extend(_terms(output, lang))
    found.extend(_imprint(output, lang))
    return [text for text in found if text]


def _words(output: Output, lang: str) -> str:
    found = BETWEEN.join(["", *map(folded, passages(output, lang))])
    return found[:MOST].rpartition(" ")[0] if len(found) > MOST else found


def _terms(output: Output, lang: str) -> Iterator[str]:
    for term in output.terms.all():
        for name in ("abbreviation", "term"):
            yield getattr(term, f"{name}_{lang}")


def _imprint(output: Output, lang: str) -> Iterator[str]:
    if output.study:
        yield getattr(output.study, f"title_{lang}")
        yield getattr(output.study, f"abbreviation_{lang}")
    yield output.publisher
    yield f"{output.series} {output.number}".strip()
    yield output.issn
    for edition in output.editions.all():
        if edition.published_at:
            yield _plain(getattr(edition, f"note_{lang}"))
            yield edition.isbn
            # Who copies it from elsewhere may have it without its hyphens.
            yield edition.isbn.replace("-", "")
            yield edition.doi


def _plain(text: str) -> str:
    return " ".join(markup.text(text).split()) if text else ""
