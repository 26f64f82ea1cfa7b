"""What people write to each other and to the team: letters of few, sealed in the database, never published."""
