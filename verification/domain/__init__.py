"""The product's rules as plain Python: no Django, no clock, no I/O; now and today are arguments."""
