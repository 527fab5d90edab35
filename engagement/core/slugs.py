"""Names of things in addresses."""

from django.utils.crypto import get_random_string
from django.utils.text import slugify


def make(title: str, longest: int = 70, empty: str = "") -> str:
    """Of at most `longest` letters of the title, or `empty` where a slug can have none
    of them, and an end that keeps two alike apart, and off the addresses of our own
    pages."""
    return f"{slugify(title)[:longest] or empty}-{ending()}"


def ending() -> str:
    """Five random letters that make no word."""
    return get_random_string(5, "bcdfghjkmnpqrstvwxz")
