"""What COUNTER's API says of its answers, as JSON Schema of our own.

COUNTER publishes an OpenAPI file (COUNTER API 5.1.0.1); no file of others is kept here,
so these are its rules for the answers that Dolen gives, written down from it and from
the Code of Practice (3.2, 3.3, 4.1, 4.4, 8, Appendix D).
"""

from jsonschema import Draft202012Validator, FormatChecker

MONTH = "^[0-9]{4}-(0[1-9]|1[0-2])$"
REGISTRY = (
    "^(https://registry.countermetrics.org/(platform|usage-data-host)/"
    "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|)$"
)
OWN = "^[a-zA-Z][a-zA-Z0-9_./]{0,15}[a-zA-Z0-9]:.+"
ITEM_TYPES = [
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
]
PARENT_TYPES = [
    "Book",
    "Conference",
    "Database_Full",
    "Journal",
    "Newspaper_or_Newsletter",
    "Reference_Work",
]
USAGE = [
    "Total_Item_Investigations",
    "Total_Item_Requests",
    "Unique_Item_Investigations",
    "Unique_Item_Requests",
]
STANDING = {
    1000: "Service Not Available",
    1020: "Client has made too many requests",
    1030: "Insufficient Information to Process Request",
    2010: "Requestor is Not Authorized to Access Usage for Institution",
    3020: "Invalid Date Arguments",
    3030: "No Usage Available for Requested Dates",
    3031: "Usage Not Ready for Requested Dates",
    3032: "Usage No Longer Available for Requested Dates",
    3050: "Parameter Not Recognized in this Context",
    3060: "Invalid ReportFilter Value",
    3062: "Invalid ReportAttribute Value",
    3063: "Components Not Supported",
}


def thing(required, /, **optional):
    """An object with these and no other."""
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def many(of, **more):
    return {"type": "array", "items": of, "uniqueItems": True, "minItems": 1, **more}


def words(pattern=None, **more):
    return {"type": "string", **({"pattern": pattern} if pattern else {}), **more}


def one_of(*values):
    return {"enum": list(values)}


EXCEPTION = {
    "oneOf": [
        thing({"Code": {"const": code}, "Message": {"const": text}}, Data=words())
        for code, text in STANDING.items()
    ]
}
COUNTS = {
    "type": "object",
    "patternProperties": {MONTH: {"type": "integer", "minimum": 0}},
    "minProperties": 1,
    "additionalProperties": False,
}
ITEM_ID = thing(
    {},
    DOI=words(r"^10\.[1-9][0-9]{2}[0-9.]*\/.+$"),
    ISBN=words("^97[89]-[0-9]+-[0-9]+-[0-9]+-[0-9]$", minLength=17, maxLength=17),
    Online_ISSN=words("^[0-9]{4}-[0-9]{3}[0-9X]$"),
    Print_ISSN=words("^[0-9]{4}-[0-9]{3}[0-9X]$"),
    Proprietary=words(OWN),
    URI=words("^https?://"),
) | {"minProperties": 1}
AUTHOR = {
    "type": "object",
    "properties": {
        "Name": words(minLength=2),
        "ORCID": words("^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$"),
    },
    "required": ["Name"],
}


def performance(*metrics):
    return thing({}, **dict.fromkeys(metrics, COUNTS)) | {"minProperties": 1}


def header(report, name, filters, attributes=None):
    more = {"Exceptions": many(EXCEPTION)}
    if attributes:
        more["Report_Attributes"] = attributes | {"minProperties": 1}
    return thing(
        {
            "Report_Name": {"const": name},
            "Report_ID": {"const": report},
            "Release": {"const": "5.1"},
            "Institution_Name": {"const": "The World"},
            "Institution_ID": thing({"Proprietary": many(words(OWN))}),
            "Report_Filters": filters,
            "Created": words(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"),
            "Created_By": words(minLength=2),
            "Registry_Record": words(REGISTRY),
        },
        **more,
    )


DATES = {name: words(format="date") for name in ("Begin_Date", "End_Date")}
PLATFORM = words(minLength=2)
METHOD = one_of("Regular", "TDM")
ACCESS = one_of("Controlled", "Open", "Free_To_Read")
WHOLE = [*ITEM_TYPES, *PARENT_TYPES, "Platform"]


def on_platform(report_header, data_types, metrics, **attributes):
    line = thing(
        {"Data_Type": one_of(*data_types), "Performance": performance(*metrics)},
        **attributes,
    )
    item = thing({"Platform": PLATFORM, "Attribute_Performance": many(line)})
    items = {"type": "array", "items": item, "maxItems": 1}
    return thing({"Report_Header": report_header, "Report_Items": items})


PR = on_platform(
    header(
        "PR",
        "Platform Report",
        thing(
            DATES,
            Metric_Type=many(words()),
            Data_Type=many(one_of(*WHOLE)),
            Access_Method=many(METHOD),
            Platform=PLATFORM,
        ),
        thing({}, Attributes_To_Show=many(one_of("Access_Method"))),
    ),
    WHOLE,
    [*USAGE, "Searches_Platform"],
    Access_Method=METHOD,
)
PR_P1 = on_platform(
    header(
        "PR_P1",
        "Platform Usage",
        thing(
            {
                **DATES,
                "Metric_Type": {
                    "const": [
                        "Searches_Platform",
                        "Total_Item_Requests",
                        "Unique_Item_Requests",
                        "Unique_Title_Requests",
                    ]
                },
                "Access_Method": {"const": ["Regular"]},
            },
            Platform=PLATFORM,
        ),
    ),
    WHOLE,
    ["Total_Item_Requests", "Unique_Item_Requests"],
)
ITEM = thing(
    {
        "Item": words(),
        "Publisher": words(),
        "Platform": PLATFORM,
        "Attribute_Performance": many(
            thing(
                {"Data_Type": one_of(*ITEM_TYPES), "Performance": performance(*USAGE)},
                YOP=words("^[0-9]{4}$"),
                Access_Type=ACCESS,
                Access_Method=METHOD,
            )
        ),
    },
    Item_ID=ITEM_ID,
    Authors=many(AUTHOR, maxItems=3),
    Publication_Date=words(format="date"),
)
IR = thing(
    {
        "Report_Header": header(
            "IR",
            "Item Report",
            thing(
                DATES,
                Metric_Type=many(words()),
                Data_Type=many(one_of(*ITEM_TYPES)),
                YOP=many(words(r"^\d{4}(-\d{4})?$")),
                Access_Type=many(ACCESS),
                Access_Method=many(METHOD),
                Platform=PLATFORM,
            ),
            thing(
                {},
                Attributes_To_Show=many(words()),
                Include_Parent_Details={"const": "True"},
            ),
        ),
        "Report_Items": {
            "type": "array",
            "items": {
                "oneOf": [
                    thing({"Items": many(ITEM)}),
                    thing(
                        {
                            "Title": words(),
                            "Data_Type": one_of(*PARENT_TYPES),
                            "Item_ID": ITEM_ID,
                            "Items": many(ITEM),
                        }
                    ),
                ]
            },
        },
    }
)
REPORT_LIST = many(
    thing(
        {
            "Report_Name": words(minLength=2),
            "Report_ID": words(minLength=2),
            "Release": {"const": "5.1"},
            "Report_Description": words(minLength=2),
            "First_Month_Available": words(MONTH),
            "Last_Month_Available": words(MONTH),
        },
        Path=words("^/r51/reports/[a-z0-9_]+$"),
    )
)
MEMBERS = many(
    thing(
        {"Institution_Name": words(minLength=2), "Customer_ID": words(minLength=1)},
        Notes=words(minLength=2),
    )
)
STATUS = many(
    thing(
        {"Service_Active": {"type": "boolean"}, "Registry_Record": words(REGISTRY)},
        Description=words(),
    )
)


def problems(schema, found):
    """What is wrong with it, and where."""
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{e.json_path}: {e.message[:300]}" for e in checker.iter_errors(found)]
