"""Drills: issues are sent while workers, the database, Redis, the disk, the clock and the
mail server fail, and the ledger is held against what the mail server took.

    bin/chaos [--runs 200] [--recipients 5000] [--seed 1] [--minutes 0]
"""
