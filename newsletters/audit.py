from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import Fact, add, add_kind
from engagement.mail.models import Inbound
from newsletters.models import Article, Delivery, Issue, Newsletter, Reading, Unsaved
from newsletters.services import scheduling, unknowns

ARTICLE = _("Number of the article")
ISSUE = _("Number of the issue")
WHY = Fact(_("Reason"), {unknowns.OPENED: _("a personal link was opened")})
IN_LANGUAGE = Fact(_("Language"), {"en": _("English"), "cy": _("Welsh")})

add_kind(Newsletter, _("Newsletter"))
add_kind(Issue, _("Issue"))
add_kind(Article, _("Article"))
add_kind(Reading, _("Opening of an article, kept by name"))
add_kind(Delivery, _("Issue to one person"))
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
add(
    "delivery.settled_by_mail",
    _("Delivery settled by what came back"),
    state=Fact(_("State"), dict(Delivery.State.choices)),
    kind=Fact(_("What came back"), dict(Inbound.Kind.choices)),
)
add("issue.document_made", _("Issue kept as a PDF"), language=IN_LANGUAGE)
add("correction.added", _("Correction added"))
add("issue.approval_asked", _("Approval of an issue asked for"), told=_("Mails"))
add("issue.approved", _("Issue approved"))
add("issue.scheduled", _("Issue scheduled"), at=_("When it goes"))
add("issue.rescheduled", _("Time of an issue changed"), at=_("When it goes"))
add("issue.unscheduled", _("Schedule of an issue cancelled"))
add("issue.not_sent", _("Scheduled issue not sent"), why=Fact(_("Why"), scheduling.WHY))
add("issue.links_asked", _("Links of an issue looked at again"))
add("issue.paused", _("Sending of an issue paused"))
add("issue.resumed", _("Sending of an issue resumed"))
add("issue.taken_back", _("Issue taken back"), recipients=_("Recipients"))
add(
    "delivery.settled",
    _("Delivery that was not known settled"),
    issue=ISSUE,
    state=Fact(_("State"), dict(Delivery.State.choices)),
    reason=WHY,
)
add(
    "delivery.sent_again",
    _("Delivery that was not known sent again"),
    issue=ISSUE,
    reason=WHY,
)
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
add("newsletter.objected", _("Somebody objected to being counted"))
add("newsletter.objection_taken_back", _("Somebody no longer objects to being counted"))
add("reading.forgotten", _("Opening of an article, kept by name, deleted"))
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
add(
    "issue.with_release",
    _("Issue put with a release, or taken from it"),
    release=_("Release"),
)
