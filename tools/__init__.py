"""What is made from the code: the locks' contents as data, and the pages of the docs that are generated."""
