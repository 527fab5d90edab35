"""One measurement on one database: python -m tests.bench.measure NAME, prints JSON."""

import importlib
import json
import os
import sys
import time
from statistics import median

import django

from tests.bench import Case


def main(name):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connection
    from django.test.utils import (
        setup_databases,
        setup_test_environment,
        teardown_databases,
    )

    module = importlib.import_module(f"tests.bench.{name}")
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        module.prepare()
        rows = [_measured(case) for case in module.cases()]
    finally:
        teardown_databases(databases, verbosity=0)
    found = {"title": module.TITLE, "database": connection.display_name, "rows": rows}
    print(json.dumps(found))  # noqa: T201


def _measured(case: Case):
    values = [_once(case) for _run in range(case.runs + (case.runs > 1))]
    counted = values[1:] or values
    return {
        "label": case.label,
        "unit": case.unit,
        "median": median(counted),
        "limit": case.limit,
        "against": case.against,
        "runs": len(counted),
    }


def _once(case: Case):
    if case.before:
        case.before()
    start = time.perf_counter()
    measured = case.run()
    return time.perf_counter() - start if measured is None else measured


if __name__ == "__main__":
    main(sys.argv[1])
