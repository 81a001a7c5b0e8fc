"""What a program has open: the installation (`Laptop`), a visit (`open_visit`), and what is done with it."""
