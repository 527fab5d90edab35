from newsletters.models.articles import Article, Link, Picture
from newsletters.models.choices import PUBLIC_STATES
from newsletters.models.deliveries import Delivery
from newsletters.models.issues import Issue, IssueArticle
from newsletters.models.link_checks import LinkCheck
from newsletters.models.newsletters import Newsletter, Subscription
from newsletters.models.readings import Reading
from newsletters.models.review import (
    Approval,
    Correction,
    Document,
    Override,
    Unsaved,
)

__all__ = [
    "PUBLIC_STATES",
    "Approval",
    "Article",
    "Correction",
    "Delivery",
    "Document",
    "Issue",
    "IssueArticle",
    "Link",
    "LinkCheck",
    "Newsletter",
    "Override",
    "Picture",
    "Reading",
    "Subscription",
    "Unsaved",
]
