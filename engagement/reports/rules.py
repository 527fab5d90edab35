"""Figures of a study are for managers, and for whoever sits in a group of that study."""

from rules import add_perm

from engagement.accounts.predicates import is_manager, is_signed_in
from engagement.groups.rules import sits_for

add_perm("reports.manage", is_manager)
# Asked of a study.
add_perm("reports.view", is_manager | (is_signed_in & sits_for))
