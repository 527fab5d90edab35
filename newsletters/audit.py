from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import add, add_kind
from newsletters.models import Article, Delivery, Issue, Newsletter, Unsaved

ARTICLE = _("Number of the article")

add_kind(Newsletter, _("Newsletter"))
add_kind(Issue, _("Issue"))
add_kind(Article, _("Article"))
add_kind(Unsaved, _("Text that was not saved"))

add("issue.created", _("Issue created"))
add("issue.updated", _("Issue changed"))
add("issue.article_added", _("Article added to an issue"), article=ARTICLE)
add("issue.article_moved", _("Article moved within an issue"), article=ARTICLE)
add("issue.article_removed", _("Article taken out of an issue"), article=ARTICLE)
add("issue.reordered", _("Articles of an issue put into another order"))
add("issue.sent", _("Issue sent"), recipients=_("Recipients"))
add("issue.finished", _("Sending of an issue finished"), **dict(Delivery.State.choices))
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
