"""The way in and what surrounds the program: start, crash dialog, self-test, screenshots."""
