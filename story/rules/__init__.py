"""The rules of reading together: pure, without a store and without Discord."""
