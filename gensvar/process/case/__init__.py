"""The dossier that all steps share: state, owner, deadlines, journal."""
