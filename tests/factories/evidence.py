from django.utils import timezone

from engagement.evidence.models import EvidenceOfUse, Finding, Recommendation
from engagement.evidence.services import uses


def make_use(study, *, published=True, sources=("account",), **fields):
    n = EvidenceOfUse.objects.count()
    texts = {
        "slug": f"use-{n}",
        "user_en": "A council",
        "user_cy": "Cyngor",
        "description_en": f"Chose areas {n}.",
        "description_cy": f"Dewis ardaloedd {n}.",
        "use_type": "instrumental",
        "source": "3.10",
    }
    if published:
        texts |= {"consent": "given", "published_at": timezone.now()}
    use = EvidenceOfUse.objects.create(study=study, **texts | fields)
    for kind in sources:
        use.sources.create(
            kind=kind, title_en="A call", title_cy="Galwad", source="3.10"
        )
    uses.recount(use)
    return use


def make_finding(study, kind="factor", **fields):
    n = Finding.objects.count()
    texts = {"text_en": f"A careful reader {n}.", "text_cy": f"Darllenydd {n}."}
    return Finding.objects.create(
        study=study, kind=kind, slug=f"finding-{n}", **texts | fields
    )


def make_recommendation(study, **fields):
    n = Recommendation.objects.count()
    texts = {"text_en": f"Say so {n}.", "text_cy": f"Dywedwch hynny {n}."}
    return Recommendation.objects.create(study=study, slug=f"r{n}", **texts | fields)
