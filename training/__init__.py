"""From gold data to the weights of the tagger; never imported by the installed package."""
