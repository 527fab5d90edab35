from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import Fact, add, add_kind
from newsletters.models import Article, Delivery, Issue, Newsletter
from newsletters.services import scheduling

ARTICLE = _("Number of the article")
IN_LANGUAGE = Fact(_("Language"), {"en": _("English"), "cy": _("Welsh")})

add_kind(Newsletter, _("Newsletter"))
add_kind(Issue, _("Issue"))
add_kind(Article, _("Article"))

add("issue.created", _("Issue created"))
add("issue.updated", _("Issue changed"))
add("issue.article_added", _("Article added to an issue"), article=ARTICLE)
add("issue.article_moved", _("Article moved within an issue"), article=ARTICLE)
add("issue.article_removed", _("Article taken out of an issue"), article=ARTICLE)
add("issue.tested", _("Test of an issue sent"), recipients=_("Recipients"))
add("issue.sent", _("Issue sent"), recipients=_("Recipients"))
add("issue.finished", _("Sending of an issue finished"), **dict(Delivery.State.choices))
add("issue.document_made", _("Issue kept as a PDF"), language=IN_LANGUAGE)
add("correction.added", _("Correction added"))
add("issue.approval_asked", _("Approval of an issue asked for"), told=_("Mails"))
add("issue.approved", _("Issue approved"))
add("issue.scheduled", _("Issue scheduled"), at=_("When it goes"))
add("issue.unscheduled", _("Schedule of an issue cancelled"))
add("issue.not_sent", _("Scheduled issue not sent"), why=Fact(_("Why"), scheduling.WHY))
add("issue.paused", _("Sending of an issue paused"))
add("issue.resumed", _("Sending of an issue resumed"))
add("issue.taken_back", _("Issue taken back"), recipients=_("Recipients"))
add("article.updated", _("Article changed"))
add(
    "newsletter.imported",
    _("Subscribers imported"),
    new=_("New subscribers"),
    evidence=_("Evidence"),
)
add("consent.given", _("Consent entered"))
add("consent.withdrawn", _("Withdrawal of consent entered"))
add("person.preferences_saved", _("Own preferences saved"))
add(
    "subscription.forgotten",
    _("Sign-up deleted that nobody confirmed"),
    newsletter=_("Newsletter"),
)
