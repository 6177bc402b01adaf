"""Addresses of set-up, invitations, people and profile."""

from django.urls import URLPattern, URLResolver, include, path

from gensvar.desk import alerts, join, me, people, setup

ALERTS: list[URLPattern | URLResolver] = [
    path("", alerts.alerts, name="alerts"),
    path("rules/<int:pk>/", alerts.rule, name="alert-rule"),
    path("rules/<int:pk>/pause/", alerts.pause_rule, name="pause-alert-rule"),
    path("rules/<int:pk>/remove/", alerts.remove_rule, name="remove-alert-rule"),
    path("ways/", alerts.add_way, name="add-way"),
    path("ways/<int:pk>/confirm/", alerts.confirm_way, name="confirm-way"),
    path("ways/<int:pk>/test/", alerts.test_way, name="test-way"),
    path("ways/<int:pk>/pause/", alerts.pause_way, name="pause-way"),
    path("ways/<int:pk>/remove/", alerts.remove_way, name="remove-way"),
    path("sent/<int:pk>/again/", alerts.again, name="alert-again"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", setup.home, name="home"),
    path("setup/", setup.setup, name="setup"),
    path("join/<slug:token>/", join.join, name="join"),
    path("me/", me.me, name="me"),
    path("me/alerts/", include(ALERTS)),
    path("me/new-workspace/", me.new_workspace, name="new_workspace"),
    path("w/<slug:slug>/people/", people.people, name="people"),
    path("w/<slug:slug>/people/invite/", people.invite, name="invite"),
    path("w/<slug:slug>/people/invitations/<int:pk>/withdraw/", people.withdraw, name="withdraw"),
    path("w/<slug:slug>/people/<int:pk>/", people.member, name="member"),
    path("w/<slug:slug>/people/<int:pk>/remove/", people.remove_member, name="remove_member"),
    path("w/<slug:slug>/leave/", people.leave, name="leave"),
    path("w/<slug:slug>/teams/new/", people.new_team, name="new_team"),
    path("w/<slug:slug>/teams/<int:pk>/", people.team, name="team"),
    path("w/<slug:slug>/teams/<int:pk>/delete/", people.delete_team, name="delete_team"),
]
