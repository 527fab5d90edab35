from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import Fact, add, add_kind
from engagement.reports.models import Report

add_kind(Report, _("Report to the steering group"))
add("report.asked", _("Report to the steering group asked for"))
add("report.made", _("Report to the steering group made"), digest=Fact("SHA-256"))
add("report.circulated", _("Report put among the papers of a meeting"))
add("report.exported", _("Figures of a report exported"), form=_("Format"))
add("board.exported", _("Figures of a dashboard exported"), form=_("Format"))
