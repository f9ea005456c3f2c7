"""What onrecord is worth, measured: quality and speed on public data. Not part of the installed package."""
