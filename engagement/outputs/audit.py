from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import add, add_kind
from engagement.outputs.models import Output, PreReleaseAccess, Release

add_kind(Output, _("Output"))

add("output.created", _("Output created"))
add("output.updated", _("Output changed"))
add("output.planned", _("Output marked as planned"))
add("output.published", _("Output published"))
add("output.file_added", _("File added to an output"), file=_("File"))
add("output.file_removed", _("File removed from an output"), file=_("File"))
add("output.edition_created", _("Edition begun"), edition=_("Edition"))
add("output.edition_updated", _("Edition changed"), edition=_("Edition"))
add("output.edition_published", _("Edition published"), edition=_("Edition"))
add("output.edition_removed", _("Edition removed"), edition=_("Edition"))
add("output.edition_withdrawn", _("Edition withdrawn"), edition=_("Edition"))
add("output.edition_restored", _("Edition put back"), edition=_("Edition"))
add("output.corrected", _("Correction of an output"), edition=_("Edition"))
add("output.withdrawn", _("Output withdrawn"))
add("output.restored", _("Output put back"))
add("event.materials_changed", _("Materials of an event changed"))

add_kind(Release, _("Release"))
add_kind(PreReleaseAccess, _("Access before a release"))
add("release.created", _("Release created"))
add("release.updated", _("Release changed"))
add("release.discarded", _("Draft of a release deleted"))
add("release.edition_added", _("Edition put into a release"), edition=_("Edition"))
add(
    "release.edition_removed", _("Edition taken out of a release"), edition=_("Edition")
)
add("release.announced", _("Date of a release announced"), when=_("When"))
add("release.cancelled", _("Release cancelled"))
add("release.submitted", _("Approval of a release asked for"), told=_("People told"))
add("release.approved", _("Release approved"))
add("release.published", _("Release published"))
add("release.held", _("Release held back"), why=_("Why"))
add("release.access_given", _("Access before a release given"))
add("release.access_revoked", _("Access before a release taken back"))
add("release.access_used", _("Access before a release used"))
