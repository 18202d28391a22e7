"""What members see: domain values in, layouts out. It decides nothing."""
