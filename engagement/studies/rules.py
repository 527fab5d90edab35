from rules import add_perm

from engagement.accounts.predicates import is_manager, is_signed_in

add_perm("studies.view_metrics", is_signed_in)
add_perm("studies.manage_enquiries", is_manager)
add_perm("studies.manage_glossary", is_manager)
add_perm("studies.manage", is_manager)
add_perm("studies.manage_progress", is_manager)
