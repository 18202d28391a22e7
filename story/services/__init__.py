"""The use cases by subject, and the queries."""
