from hypothesis import settings

# A slow machine is no mistake in the code.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
