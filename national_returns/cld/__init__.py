"""Client level data, Release 2: the specification, the file, and what a row means."""
