"""COUNTER Code of Practice, Release 5.1: what libraries and funders count by."""
