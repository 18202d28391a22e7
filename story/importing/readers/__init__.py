"""A reader for each file type, which turns bytes into the blocks of a manuscript, or refuses them."""
