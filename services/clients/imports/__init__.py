"""Client lists from spreadsheets: dry run first, then applied in chunks, and taken back again."""
