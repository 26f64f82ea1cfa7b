"""Lets every process that starts with this folder on its path live at the moment that ``RESPITE_CLOCK`` names.

Python imports a module of this name before anything else, so the processes of a server, their children and the
commands run beside them agree about the time. The clock goes on from there.
"""

import os

if moment := os.environ.get("RESPITE_CLOCK"):
    import time_machine

    time_machine.travel(moment, tick=True).start()
