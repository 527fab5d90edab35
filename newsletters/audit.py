from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import add, add_kind
from newsletters.models import Article, Delivery, Issue, Newsletter

ARTICLE = _("Number of the article")

add_kind(Newsletter, _("Newsletter"))
add_kind(Issue, _("Issue"))
add_kind(Article, _("Article"))

add("issue.created", _("Issue created"))
add("issue.updated", _("Issue changed"))
add("issue.article_added", _("Article added to an issue"), article=ARTICLE)
add("issue.article_moved", _("Article moved within an issue"), article=ARTICLE)
add("issue.article_removed", _("Article taken out of an issue"), article=ARTICLE)
add("issue.sent", _("Issue sent"), recipients=_("Recipients"))
add("issue.finished", _("Sending of an issue finished"), **dict(Delivery.State.choices))
add("issue.overridden", _("Differences between the languages let pass"))
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
