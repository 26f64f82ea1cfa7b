"""Writes the snapshots of the contract anew: ``python -m tests.api.v1.renew``. Look at what changed, then commit it."""

import json
import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()

    from api.v1.openapi import document
    from tests.api.v1.test_schema import SNAPSHOT

    SNAPSHOT.write_text(json.dumps(document(), indent=1, ensure_ascii=False) + "\n")
