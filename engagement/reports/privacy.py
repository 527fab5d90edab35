from engagement.core.privacy import declare
from engagement.reports.models import Board, Report

declare(Board, plain="id study period data counted_at seconds")
declare(
    Report,
    plain="id study since until quarter state done reason claimed_at attempts data "
    "cut_off digest file_en file_cy sha256_en sha256_cy pages_en pages_cy asked_at "
    "asked_by made_at meeting",
)
