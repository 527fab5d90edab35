from rules import add_perm

from engagement.accounts.predicates import is_manager

add_perm("evidence.manage", is_manager)
