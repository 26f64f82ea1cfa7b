"""What `make` needs before and around Django: installs, builds, starts, ends. Standard library only."""
