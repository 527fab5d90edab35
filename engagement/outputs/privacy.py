from engagement.core.privacy import declare, kept
from engagement.outputs.models import Edition, File, Output

declare(
    Output,
    plain="id source is_synthetic study slug kind kind_as_printed status title_en "
    "title_cy summary_en summary_cy publisher series number year date_note_en "
    "date_note_cy supersedes note_en note_cy published_at",
    personal={"authors": kept("who wrote a publication is part of its record")},
)
declare(Edition, plain="id output number created_at")
declare(File, plain="id edition language upload name content_type size sha256")
