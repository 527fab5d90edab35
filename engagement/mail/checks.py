"""What is wrong with the settings is said when the site starts."""

from typing import Any

from django.core.checks import Error, register

from engagement.mail.services import accounts, providers


@register()
def check_accounts(**kwargs: Any) -> list[Error]:
    """Each can be read; that of a provider has one that Anymail knows, and what it needs."""
    try:
        known = accounts.configured()
    except accounts.BadAccount as error:
        return [Error(f"MAIL_ACCOUNTS: {error}", id="mail.E001")]
    return [
        Error(f"Mail account {account.name}: {fault}", id="mail.E002")
        for account in known
        if account.url.startswith(providers.SCHEME)
        and (fault := providers.fault(account.url))
    ]
