"""What members see: domain values in, layouts out. Nothing is decided here."""
