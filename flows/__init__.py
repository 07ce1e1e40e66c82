"""The only room that knows Prefect, the clock and the environment: flows, settings, command line, demo."""
