"""`python3 -m config.machine STEP`: what the Makefile calls. Readable by any Python, to say which one is needed."""

import sys

if sys.version_info < (3, 11):
    version = "%d.%d" % sys.version_info[:2]
    sys.exit(
        "Respite needs Python 3.11 or newer, and this is Python %s. Name another one: make run PYTHON=python3.11"
        % version
    )

from config.machine.commands import main

sys.exit(main(sys.argv[1:]))
