"""The screen in front of everything: passphrase, first run, recovery code."""
