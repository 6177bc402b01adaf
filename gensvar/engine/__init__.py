"""Work that is due: leases, sweep, doorbells, crash points. Knows nothing of cases or posts."""
