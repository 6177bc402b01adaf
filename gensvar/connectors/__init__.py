"""One small file per network, all speaking the language of `contract`."""
