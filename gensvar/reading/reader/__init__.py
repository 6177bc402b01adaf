"""A better reader, if the operator has one: what it is asked, and what of its answer counts; pure."""
