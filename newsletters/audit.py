from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import Fact, add, add_kind
from newsletters.models import Article, Delivery, Issue, Newsletter, Unsaved
from newsletters.services import scheduling

ARTICLE = _("Number of the article")
IN_LANGUAGE = Fact(_("Language"), {"en": _("English"), "cy": _("Welsh")})

add_kind(Newsletter, _("Newsletter"))
add_kind(Issue, _("Issue"))
add_kind(Article, _("Article"))
add_kind(Unsaved, _("Text that was not saved"))

add("issue.created", _("Issue created"))
add("issue.updated", _("Issue changed"))
add("issue.article_added", _("Article added to an issue"), article=ARTICLE)
add("issue.article_moved", _("Article moved within an issue"), article=ARTICLE)
add("issue.article_removed", _("Article taken out of an issue"), article=ARTICLE)
add("issue.tested", _("Test of an issue sent"), recipients=_("Recipients"))
add("issue.reordered", _("Articles of an issue put into another order"))
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
add("issue.overridden", _("Differences between the languages let pass"))
add("article.updated", _("Article changed"))
add("article.picture_added", _("Picture added to an article"))
add("article.picture_changed", _("Picture of an article changed"))
add("article.pictures_moved", _("Pictures of an article put into another order"))
add("article.picture_removed", _("Picture taken out of an article"))
add("article.picture_restored", _("Picture put back into an article"))
add("article.link_added", _("Link added to an article"))
add("article.links_moved", _("Links of an article put into another order"))
add("article.link_removed", _("Link taken out of an article"))
add("newsletter.created", _("Newsletter created"))
add("newsletter.updated", _("Newsletter changed"), fields=_("Fields"))
add("unsaved.forgotten", _("Text deleted that was never saved"))
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
