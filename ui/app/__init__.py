"""Entry point of the desktop program and its tools: start-up, crash dialog, self-test, screenshots."""
