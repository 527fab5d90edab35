from rules import add_perm

from engagement.accounts.predicates import is_manager

add_perm("people.view", is_manager)
# Change, import, merge, export and erase.
add_perm("people.manage", is_manager)
