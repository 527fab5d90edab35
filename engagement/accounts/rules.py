from rules import add_perm

from engagement.accounts.predicates import is_administrator, is_manager, is_signed_in

add_perm("accounts.sign_in", is_signed_in)
add_perm("accounts.manage", is_administrator)
# Pages of the lower apps, which may not import this one.
add_perm("core.view_gallery", is_manager)
add_perm("mail.view_caught", is_manager)
add_perm("mail.view_inbound", is_manager)
add_perm("mail.check_sending", is_manager)
add_perm("mail.manage_accounts", is_manager)
add_perm("audit.view", is_manager)
add_perm("metrics.view", is_signed_in)
add_perm("metrics.recount", is_manager)
# What a figure counted; who may see people is asked beside it where those are people.
add_perm("metrics.see_rows", is_manager)
