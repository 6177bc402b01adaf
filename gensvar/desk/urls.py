"""Addresses of the desk."""

from django.urls import URLPattern, URLResolver, include, path

from gensvar.desk import (
    case,
    channels,
    evidence,
    figures,
    how_right,
    inbox,
    judging,
    learning,
    live,
    mention,
    people_urls,
    reader,
    readings,
    replies,
    saved,
    settings,
    topic_list,
    watch_change,
    watch_editor,
    watch_trial,
    watches,
)

CASE = [
    path("", case.case, name="case"),
    path("here/", case.here, name="here"),
    path("judge/", case.judge, name="judge"),
    path("about/", case.about, name="about"),
    path("topic/", case.topic, name="topic"),
    path("take/", case.take, name="take"),
    path("understand/", case.understand, name="understand"),
    path("note/", case.note, name="note"),
    path("private/", case.private, name="private"),
    path("settle/", case.settle, name="settle"),
    path("end/", case.end, name="end"),
    path("reopen/", case.reopen, name="reopen"),
    path("readings/", readings.readings, name="readings"),
    path("reply/", replies.start, name="start-reply"),
]

REPLY = [
    path("save/", replies.save, name="save-reply"),
    path("back/", replies.back, name="back-reply"),
    path("undo/", replies.undo, name="undo-reply"),
    path("drop/", replies.drop, name="drop-reply"),
    path("posted/", replies.posted, name="posted-reply"),
]

WORKSPACE: list[URLPattern | URLResolver] = [
    path("", inbox.home, name="workspace"),
    path("live", live.live, name="live"),  # type: ignore[arg-type]  # an async view of this shape
    path("views/", inbox.views, name="views"),
    path("case/<int:pk>/", include(CASE)),
    path("reply/<int:pk>/", include(REPLY)),
    path("evidence/<int:pk>/picture", evidence.picture, name="picture"),
    path("evidence/<int:pk>/record", evidence.record, name="record"),
    path("watches/", watches.watches, name="watches"),
    path("watches/new/", watch_editor.new_watch, name="new-watch"),
    path("watches/preview/", watch_editor.preview, name="preview-watch"),
    path("watches/try/", watch_trial.try_out, name="try-watch"),
    path("watches/<int:pk>/", watch_editor.watch, name="watch"),
    path("watches/<int:pk>/undo/", watch_change.undo, name="undo-watch"),
    path("watches/<int:pk>/pause/", watches.pause, name="pause-watch"),
    path("channels/", channels.channels, name="channels"),
    path("channels/connect/<slug:key>/", channels.connect, name="connect"),
    path("channels/<int:pk>/remove/", channels.remove, name="remove-channel"),
    path("channels/<int:pk>/paste/", channels.paste, name="paste"),
    path("mention/<int:pk>/", mention.mention, name="mention"),
    path("mention/<int:pk>/take/", mention.take_up, name="take-up"),
    path("saved/", saved.saved, name="saved"),
    path("saved/<int:pk>/", saved.change, name="saved-view"),
    path("saved/<int:pk>/move/", saved.move, name="move-view"),
    path("saved/<int:pk>/remove/", saved.remove, name="remove-view"),
    path("figures/", figures.figures, name="figures"),
    path("figures/judge/", how_right.how_right, name="how-right"),
    path("settings/", settings.settings, name="settings"),
    path("settings/judging/", judging.judging, name="judging"),
    path("settings/reader/", reader.reader, name="reader"),
    path("settings/reader/try/", reader.try_out, name="try-reader"),
    path("settings/learning/", learning.learning, name="learning"),
    path("settings/topics/", topic_list.topic_list, name="topics"),
    path("settings/topics/taker/", topic_list.taker, name="topic-taker"),
    path("settings/look/", settings.look, name="look"),
    path("<slug:view>/", inbox.inbox, name="inbox"),
]
"""Under /w/<workspace>/; the views of the inbox come last, since any word may stand there."""

urlpatterns: list[URLPattern | URLResolver] = [
    *people_urls.urlpatterns,
    path("w/<slug:slug>/", include(WORKSPACE)),
]
