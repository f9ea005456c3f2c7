"""Settings that all tests share."""

from hypothesis import settings

# A slow machine is no failure: speed is measured in bench/.
settings.register_profile("onrecord", deadline=None)
settings.load_profile("onrecord")
