"""Examples of the pages of readership and of COUNTER (see addresses.py)."""

from engagement.outputs.models import Output

WORLD = "?customer_id=0000000000000000"
# What these cannot be asked without.
QUERIES = {
    "counter_members": WORLD,
    "counter_reports": WORLD,
    "counter_report": f"{WORLD}&begin_date=2026-01&end_date=2026-01",
}


def examples():
    item = ["output", Output.objects.published().first().pk]
    return {
        **{f"metrics:item{page}": item for page in ("", "_csv", "_json")},
        "studies:rows": ["wimd", "attendance"],
        "studies:rows_csv": ["wimd", "attendance"],
        "metrics:counter_table": ["pr"],
        "counter_report": ["pr"],
    }
