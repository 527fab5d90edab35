"""The reports that there are, and the values that their filters take (4.1, 4.4)."""

from dataclasses import dataclass

METRICS = (
    "Total_Item_Investigations",
    "Total_Item_Requests",
    "Unique_Item_Investigations",
    "Unique_Item_Requests",
)
# What the standard has for these reports and nobody does here: not wrong to ask for.
OF_PLATFORMS = (
    "Searches_Platform",
    "Unique_Title_Investigations",
    "Unique_Title_Requests",
)
DENIED = ("Limit_Exceeded", "No_License")
DATA_TYPES = (
    "Article",
    "Audiovisual",
    "Book_Segment",
    "Conference_Item",
    "Database_Full_Item",
    "Dataset",
    "Image",
    "Interactive_Resource",
    "Multimedia",
    "News_Item",
    "Other",
    "Patent",
    "Reference_Item",
    "Report",
    "Software",
    "Sound",
    "Standard",
    "Thesis_or_Dissertation",
    "Unspecified",
)
WHOLE_TYPES = (
    "Book",
    "Conference",
    "Journal",
    "Newspaper_or_Newsletter",
    "Platform",
    "Reference_Work",
)
ACCESS_METHODS = ("Regular", "TDM")
ACCESS_TYPES = ("Controlled", "Free_To_Read", "Open")


@dataclass(frozen=True)
class Report:
    """`filters` are what may be asked for, with the values that each takes; () is for any
    that has the right form. `fixed` are those of a standard view."""

    id: str
    name: str
    description: str
    filters: dict[str, tuple[str, ...]]
    attributes: tuple[str, ...] = ()
    fixed: dict[str, tuple[str, ...]] | None = None
    is_of_items: bool = False


PR = Report(
    id="PR",
    name="Platform Report",
    description="Activity across the platform, by data type, that can be filtered.",
    filters={
        "Metric_Type": (*METRICS, *OF_PLATFORMS),
        "Data_Type": (*DATA_TYPES, *WHOLE_TYPES),
        "Access_Method": ACCESS_METHODS,
    },
    attributes=("Access_Method",),
)
PR_P1 = Report(
    id="PR_P1",
    name="Platform Usage",
    description="Platform-level usage summarized by Metric_Type.",
    filters={},
    fixed={
        "Metric_Type": (
            "Searches_Platform",
            "Total_Item_Requests",
            "Unique_Item_Requests",
            "Unique_Title_Requests",
        ),
        "Access_Method": ("Regular",),
    },
)
IR = Report(
    id="IR",
    name="Item Report",
    description="Activity at the level of the item, that can be filtered.",
    filters={
        "Metric_Type": (*METRICS, *DENIED),
        "Data_Type": DATA_TYPES,
        "YOP": (),
        "Access_Type": ACCESS_TYPES,
        "Access_Method": ACCESS_METHODS,
    },
    attributes=(
        "Authors",
        "Publication_Date",
        "Article_Version",
        "YOP",
        "Access_Type",
        "Access_Method",
    ),
    is_of_items=True,
)
REPORTS = {report.id: report for report in (PR, PR_P1, IR)}
