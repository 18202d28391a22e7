"""A reader a file type: each turns bytes into the blocks of a manuscript, or refuses them."""
