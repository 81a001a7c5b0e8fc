"""The unlock screen, shown before everything else: passphrase, first run, recovery code."""
