"""The installation (`Laptop`), a visit opened in it (`OpenVisit`), and the operations on them."""
