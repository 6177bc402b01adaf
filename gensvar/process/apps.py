"""Lets the flow read the journal, and the sweep know what can be due."""

from django.apps import AppConfig


class ProcessConfig(AppConfig):
    """Ties the steps together at start."""

    name = "gensvar.process"
    label = "process"

    def ready(self) -> None:
        """Put the flow behind the journal, that behind people's news, and every kind of work under the sweep."""
        from gensvar.engine import doorbell
        from gensvar.people import news
        from gensvar.process import flow
        from gensvar.process.alert import tasks as alert
        from gensvar.process.assess import tasks as assess
        from gensvar.process.case import journal
        from gensvar.process.document import tasks as document
        from gensvar.process.listen import tasks as listen
        from gensvar.process.reader import tasks as reader
        from gensvar.process.respond import tasks as respond

        journal.follow_with(flow.carry_on)
        news.write_with(journal.record)
        for bell in (respond.BELL, alert.BELL, document.BELL, listen.BELL, listen.GAPS, reader.BELL):
            doorbell.register(bell)
        doorbell.look_with(assess.ROUND)
