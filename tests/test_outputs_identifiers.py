"""ISBN, ISSN, ORCID and DOI, as they are typed and as they are kept."""

import pytest

from engagement.outputs import identifiers
from engagement.outputs.services import authors


@pytest.mark.parametrize(
    ("read", "typed", "kept"),
    [
        (identifiers.isbn, "978 0 7504 6201 3", "978-0-7504-6201-3"),
        (identifiers.isbn, "0-306-40615-2", "0-306-40615-2"),
        (identifiers.isbn, "080442957x", "0-8044-2957-X"),
        (identifiers.issn, "03178471", "0317-8471"),
        (identifiers.issn, "2434-561x", "2434-561X"),
        (identifiers.orcid, "0000000218250097", "0000-0002-1825-0097"),
        (
            identifiers.orcid,
            "https://orcid.org/0000-0002-9079-593X",
            "0000-0002-9079-593X",
        ),
        (identifiers.doi, "https://doi.org/10.1000/182", "10.1000/182"),
        (identifiers.doi, "doi:10.1371/j.pone.0013636", "10.1371/j.pone.0013636"),
        *((read, "", "") for read in (identifiers.isbn, identifiers.doi)),
        *((read, "", "") for read in (identifiers.issn, identifiers.orcid)),
    ],
)
def test_is_kept_in_one_spelling(read, typed, kept):
    assert read(typed) == kept
    assert read(kept) == kept


@pytest.mark.parametrize(
    ("read", "typed", "reason"),
    [
        (identifiers.isbn, "978-0-306-40615-8", "One digit of the ISBN"),
        (identifiers.isbn, "0-306-40615-3", "One digit of the ISBN"),
        (identifiers.isbn, "12345", "10 or 13 digits"),
        (identifiers.isbn, "not a number", "10 or 13 digits"),
        (identifiers.issn, "0317-8472", "One digit of the ISSN"),
        (identifiers.issn, "0317", "8 digits"),
        (identifiers.orcid, "0000-0002-1825-0098", "One digit of the ORCID"),
        (identifiers.orcid, "0000-0002-1825-00X7", "16 digits"),
        (identifiers.orcid, "0000-0002", "16 digits"),
        (identifiers.doi, "11.1000/182", "A DOI is like"),
        (identifiers.doi, "10.1000/", "A DOI is like"),
        (identifiers.doi, "https://example.org/10.1000/182", "A DOI is like"),
    ],
)
def test_a_wrong_one_is_refused_with_the_reason(read, typed, reason):
    with pytest.raises(identifiers.NoSuchNumber, match=reason):
        read(typed)


@pytest.mark.parametrize("place", range(15))
def test_each_slip_in_an_orcid_shows(place):
    """ISO/IEC 7064, MOD 11-2, finds every single digit that is wrong."""
    good = "000000021825009"
    for digit in set("0123456789") - {good[place]}:
        with pytest.raises(identifiers.NoSuchNumber):
            identifiers.orcid(f"{good[:place]}{digit}{good[place + 1 :]}7")


def test_authors_are_lines_and_an_error_names_its_line():
    text = "Rees, B., https://orcid.org/0000-0002-1825-0097\n\nCardiff University"
    assert authors.read_all(text) == [
        ("Rees", "B.", "0000-0002-1825-0097"),
        ("Cardiff University", "", ""),
    ]
    for bad, reason in (
        ("Rees, B., 0000-0002-1825-0098", "Line 3: One digit of the ORCID"),
        ("Rees, B., C., D.", "Line 3: Write family name"),
        (", B.", "Line 3: Write family name"),
        ("R" * 201, "Line 3: The name is too long."),
    ):
        with pytest.raises(authors.BadLine, match=reason):
            authors.read_all(f"Jones, A.\n\n{bad}")
