"""``python -m tests.languages.renew``: bring the catalogues into step with the code, and compile them."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from tests.languages.catalogue import AREAS, renewed, untranslated, write  # noqa: E402

for area in AREAS:
    known = renewed(area, "de")
    write(area, "de", known)
    lacking = untranslated(known)
    print(f"{area.name}: {len(known) - len(lacking)} of {len(known)} texts are translated")
    for text in lacking:
        print(f"  {text}")
