"""Beside step 2: a second reading by the operator's own reader, where there is one."""
