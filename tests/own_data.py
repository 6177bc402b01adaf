"""Gives every test run a data folder of its own, before Django reads its settings.

Loaded by `-p tests.own_data` (pyproject.toml), since pytest-django sets Django up before any conftest is
read. Every worker of a parallel run has its own folder too.
"""

import atexit
import os
import shutil
import tempfile

from gensvar.kernel import environment

KEPT = (environment.DATABASE_URL, environment.CHROMIUM)
"""What a run may choose from outside: the database, and the browser."""

for variable in environment.ALL:
    if variable not in KEPT:
        os.environ.pop(variable.name, None)

folder = tempfile.mkdtemp(prefix="gensvar-tests-")
os.environ[environment.DATA.name] = folder
atexit.register(shutil.rmtree, folder, ignore_errors=True)
