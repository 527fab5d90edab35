"""One day of hits as rows of DayCount, in one statement that both databases know.

The rules are COUNTER 5.1's. 7.2: of two requests of one client for the same thing within
30 seconds the later one stays, and a chain slides. 7.3: an item is unique in a session,
which is client, date and hour of the day. A client's number lives one London day, so the
date is in it; London's clock is whole hours from UTC, so its hours are UTC's.
"""

from django.db import connection

# Whole microseconds since 1970: exact on both.
_MOMENT = {
    "sqlite": "CAST(strftime('%%s', substr(h.at, 1, 19)) AS BIGINT) * 1000000"
    " + CAST(substr(h.at, 21, 6) AS BIGINT)",
    "postgresql": "CAST(EXTRACT(EPOCH FROM h.at) * 1000000 AS BIGINT)",
}
_DOUBLE_CLICK, _HOUR = 30_000_000, 3_600_000_000

# `sure` is a person, `perhaps` anything but a machine.
_SEEN = """
SELECT COALESCE(h.study_id, 0) AS study_id, h.target_kind, h.target_id, h.id, h.language,
    h.sector, h.client, h.hit_class, {moment} AS moment,
    CASE WHEN h.hit_class = 'person' THEN 1 ELSE 0 END AS sure,
    CASE WHEN h.hit_class = 'machine' THEN 0 ELSE 1 END AS perhaps,
    CASE WHEN w.is_request IS NULL OR w.is_request THEN 1 ELSE 0 END AS request,
    w.item_kind, w.item_id
FROM metrics_hit h LEFT JOIN metrics_work w
    ON w.target_kind = h.target_kind AND w.target_id = h.target_id
WHERE h.at >= %s AND h.at < %s"""

# The next one of the same client, among people, and among all that may be people.
_FOLLOWED = """
SELECT seen.*, DENSE_RANK() OVER (ORDER BY client, moment / {hour}) AS session,
    LEAD(moment) OVER (PARTITION BY client, target_id, target_kind, study_id, sure
        ORDER BY moment, id) - moment AS sure_gap,
    LEAD(moment) OVER (PARTITION BY client, target_id, target_kind, study_id, perhaps
        ORDER BY moment, id) - moment AS perhaps_gap
FROM seen"""

# Each stands for its target, and once more for the work that the target is of.
_PLACED = """
SELECT followed.*, target_kind AS kind, target_id AS number FROM followed
UNION ALL
SELECT followed.*, item_kind AS kind, item_id AS number FROM followed
WHERE item_kind <> target_kind OR item_id <> target_id"""

_KEPT = "({which}_gap IS NULL OR {which}_gap > {double_click})"
_LINES = """
SELECT placed.*,
    CASE WHEN sure = 1 AND {kept_sure} THEN 1 ELSE 0 END AS sure_kept,
    CASE WHEN perhaps = 1 AND {kept_perhaps} THEN 1 ELSE 0 END AS perhaps_kept
FROM placed"""

_CLASSES = ("person", "machine", "proxy", "suspect")
_COUNTS = ", ".join(
    [
        *(
            f"SUM(CASE WHEN hit_class = '{c}' THEN 1 ELSE 0 END) AS {c}"
            for c in _CLASSES
        ),
        "SUM(sure_kept * request) AS r_least",
        "SUM(perhaps_kept * request) AS r_most",
        "COUNT(DISTINCT CASE WHEN sure * request = 1 THEN session END) AS ur_least",
        "COUNT(DISTINCT CASE WHEN perhaps * request = 1 THEN session END) AS ur_most",
        "SUM(sure_kept) AS i_least",
        "SUM(perhaps_kept) AS i_most",
        "COUNT(DISTINCT CASE WHEN sure = 1 THEN session END) AS ui_least",
        "COUNT(DISTINCT CASE WHEN perhaps = 1 THEN session END) AS ui_most",
        "COUNT(DISTINCT CASE WHEN sure * request = 1 THEN client END) AS p_least",
        "COUNT(DISTINCT CASE WHEN perhaps * request = 1 THEN client END) AS p_most",
    ]
)
_GROUPED = """
SELECT study_id, kind, number, '' AS language, '' AS sector, {counts} FROM line
GROUP BY number, kind, study_id
UNION ALL
SELECT study_id, kind, number, language, '' AS sector, {counts} FROM line
WHERE language <> '' GROUP BY number, kind, study_id, language
UNION ALL
SELECT study_id, kind, number, '' AS language, sector, {counts} FROM line
WHERE sector <> '' GROUP BY number, kind, study_id, sector"""

# A suspect between two of the same client can make all three one request; the upper end
# is never below the lower.
_RAISED = """
SELECT study_id, kind, number, language, sector, person, machine, proxy, suspect,
    r_least, CASE WHEN r_most < r_least THEN r_least ELSE r_most END AS r_most,
    ur_least, ur_most,
    i_least, CASE WHEN i_most < i_least THEN i_least ELSE i_most END AS i_most,
    ui_least, ui_most, p_least, p_most
FROM grouped"""

# All of a kind in a study: requests add up, readers do not.
_PEOPLE = """
SELECT study_id, kind,
    COUNT(DISTINCT CASE WHEN sure * request = 1 THEN client END) AS p_least,
    COUNT(DISTINCT CASE WHEN perhaps * request = 1 THEN client END) AS p_most
FROM line GROUP BY study_id, kind"""
_SUMMED = ["person", "machine", "proxy", "suspect", "r_least", "r_most", "ur_least", "ur_most", "i_least", "i_most", "ui_least", "ui_most"]  # fmt: skip
_ALL = """
SELECT raised.study_id, raised.kind, 0 AS number, '' AS language, '' AS sector, {sums},
    MAX(people.p_least) AS p_least, MAX(people.p_most) AS p_most
FROM raised JOIN people ON people.study_id = raised.study_id
    AND people.kind = raised.kind
WHERE raised.language = '' AND raised.sector = ''
GROUP BY raised.study_id, raised.kind"""

# What is read together lies together: a figure of years would else read the whole table.
_STATEMENT = """
INSERT INTO metrics_daycount (day, study_id, target_kind, target_id, language, sector,
    persons, machines, proxies, suspects, requests_least, requests_most,
    unique_requests_least, unique_requests_most, investigations_least,
    investigations_most, unique_investigations_least, unique_investigations_most,
    readers_least, readers_most)
WITH seen AS ({seen}), followed AS ({followed}), placed AS ({placed}), line AS ({lines}),
    grouped AS ({grouped}), raised AS ({raised}), people AS ({people}),
    together AS (SELECT * FROM raised UNION ALL {all})
SELECT CAST(%s AS {date}), together.* FROM together
ORDER BY study_id, kind, language, sector, number"""


def statement() -> str:
    """For this database; its parameters are the first moment, the first one after the
    day, and the day."""
    kept = {
        f"kept_{which}": _KEPT.format(which=which, double_click=_DOUBLE_CLICK)
        for which in ("sure", "perhaps")
    }
    vendor = connection.vendor
    return _STATEMENT.format(
        seen=_SEEN.format(moment=_MOMENT[vendor]),
        followed=_FOLLOWED.format(hour=_HOUR),
        placed=_PLACED,
        lines=_LINES.format(**kept),
        grouped=_GROUPED.format(counts=_COUNTS),
        raised=_RAISED,
        people=_PEOPLE,
        all=_ALL.format(sums=", ".join(f"SUM(raised.{n}) AS {n}" for n in _SUMMED)),
        date="TEXT" if vendor == "sqlite" else "DATE",
    )
