"""What Respite costs: its server's time, a phone's bytes, a reader's wait. `make bench` prints it."""
