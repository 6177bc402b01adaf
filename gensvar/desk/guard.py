"""What a person reads when something breaks: what happened, what is safe, what to do."""

import logging
import sys

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from gensvar.kernel import database

log = logging.getLogger(__name__)


class Told(logging.Filter):
    """Leaves out the traceback of a database's trouble: `trouble` has said it in one sentence."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is still news."""
        return not (record.exc_info and isinstance(record.exc_info[1], DatabaseError))


def trouble(request: HttpRequest) -> HttpResponse:
    """The page for every error that nothing else caught (Django's handler500). Asks the database for nothing."""
    error = sys.exc_info()[1]
    if isinstance(error, DatabaseError):
        words, status = database.sentence(error, database.place(connection.settings_dict)), 503
        log.error("%s", words)
    else:
        words, status = (
            _("Something broke on our side. What you typed is kept in your browser; try again."),
            500,
        )
    return HttpResponse(render_to_string("desk/trouble.html", {"words": words}), status=status)
