"""The map of a story: scenes are columns, POVs are lanes, and the ways on are lines. As a picture, and in words."""
