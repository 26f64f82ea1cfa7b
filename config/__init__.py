"""The only place that knows everybody: settings, addresses, and how Respite is run."""

import gc

# Django and Wagtail are hundreds of thousands of objects that live as long as the process. Python's own
# threshold of 700 new ones looks through them all again and again while they are made: a sixth of every start.
gc.set_threshold(50_000, 20, 50)
