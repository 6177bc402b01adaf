"""What changes who may do what: set-up, invitations, roles, teams, workspaces, profiles."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import available_timezones

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gensvar.kernel import ids
from gensvar.people import errors, rules
from gensvar.people.actor import Actor
from gensvar.people.models import Invitation, Membership, SetUp, Team, User, Workspace
from gensvar.people.news import News, tell
from gensvar.people.rules import Right, Role, Standing

ANSWER_MINUTES = range(5, 24 * 60 + 1)
"""Minutes to the first answer that a company may choose."""


@transaction.atomic
def set_up(*, name: str, password: str, company: str, zone: str, language: str, at: datetime) -> Membership:
    """The first person, as administrator of the first workspace; once, and then never again.

    The row of `SetUp` decides between two browsers that ask at once, and stays when all people are gone.
    """
    _close_set_up(at)
    user = new_user(name=name, password=password, email="", zone=zone, language=language)
    return _found(user, company, zone=zone, language=language, at=at)


def _close_set_up(at: datetime) -> None:
    try:
        with transaction.atomic():
            SetUp.objects.create(done_at=at)
    except IntegrityError as error:
        raise errors.AlreadySetUp(
            _("This desk is set up already. Nothing was changed. Sign in, or ask to be invited.")
        ) from error


def _found(user: User, company: str, *, zone: str, language: str, at: datetime) -> Membership:
    workspace = _new_workspace(company, zone=zone, language=language, at=at)
    return _join(workspace, user, Role.ADMINISTRATOR, None, at)


def _new_workspace(name: str, *, zone: str, language: str, at: datetime) -> Workspace:
    base = rules.slug_of(name)
    for attempt in range(1, 1000):
        slug = base if attempt == 1 else f"{base}-{attempt}"
        try:
            with transaction.atomic():
                return Workspace.objects.create(
                    name=rules.written_name(name)[:120],
                    slug=slug,
                    created_at=at,
                    zone=zone,
                    language=language,
                )
        except IntegrityError:
            continue
    raise errors.Refused(_("Too many workspaces have this name. Add something to it."))


def new_user(*, name: str, password: str, email: str, zone: str, language: str) -> User:
    """A person who signs in with `name` (and with `email`, when there is one)."""
    user = User(email=email.lower(), time_zone=zone, language=language)
    user.set_password(password)
    _give_name(user, name)
    return user


def _give_name(user: User, name: str) -> None:
    user.first_name = rules.written_name(name)[:150]
    user.username = rules.sign_in_name(user.first_name)[:150]
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise errors.NameTaken(
            _("Someone signs in with this name already. Add something, as in “%(name)s B.”.")
            % {"name": user.first_name}
        ) from error


@transaction.atomic
def add_workspace(user: User, name: str, *, zone: str, language: str, at: datetime) -> Membership:
    """One more company to answer for, made by someone who administers one, who administers this one too."""
    mine = Membership.objects.filter(user=user, left_at=None).values_list("role", flat=True)
    if not rules.is_administered(mine):
        raise errors.Refused(
            _("Only an administrator makes a workspace. Nothing was changed. Ask one of yours to do it.")
        )
    return _found(user, name, zone=zone, language=language, at=at)


@transaction.atomic
def change_workspace(
    workspace: Workspace, *, name: str, zone: str, language: str, answer_minutes: int, by: Actor, at: datetime
) -> None:
    """What a company is called, where and in which language it works, and how soon it answers.

    The address stays, since links hold it; clocks that run keep their end.
    """
    by.need(Right.ADMINISTER, workspace.pk)
    called = rules.written_name(name)[:120]
    _need(bool(called), _("Write the name of the company. Nothing was changed."))
    _need(zone in available_timezones(), _("Choose a time zone of the list. Nothing was changed."))
    _need(language in dict(settings.LANGUAGES), _("Choose a language of the list. Nothing was changed."))
    _need(
        answer_minutes in ANSWER_MINUTES,
        _("Write a number of minutes from 5 to 1440, which is a day. Nothing was changed."),
    )
    values = {"name": called, "zone": zone, "language": language, "answer_minutes": answer_minutes}
    before = {name: getattr(workspace, name) for name in values}
    for field, value in values.items():
        setattr(workspace, field, value)
    workspace.save(update_fields=[*values])
    changes = {field: [before[field], value] for field, value in values.items() if before[field] != value}
    if changes:
        tell(News.WORKSPACE_CHANGED, by=by, at=at, changes=changes)


def _need(holds: bool, otherwise: str) -> None:
    if not holds:
        raise errors.Refused(otherwise)


@transaction.atomic
def invite(
    workspace: Workspace, *, email: str, role: Role, team: Team | None, by: Actor, at: datetime
) -> Invitation:
    """A link that lets one person in as `role`, for seven days."""
    by.need(Right.ADMINISTER, workspace.pk)
    assert by.user_id is not None, "people invite people"
    _need_same(workspace, team)
    invitation = Invitation.objects.create(
        workspace=workspace,
        token=ids.token(),
        email=email.lower(),
        role=role.value,
        team=team,
        invited_by_id=by.user_id,
        created_at=at,
        expires_at=at + rules.INVITATION_LASTS,
    )
    tell(News.INVITATION_MADE, by=by, at=at, email=invitation.email, role=invitation.role)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Actor, at: datetime) -> None:
    """Make the link of an open invitation useless."""
    by.need(Right.ADMINISTER, invitation.workspace_id)
    is_ours = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if not is_ours.update(withdrawn_at=at):
        raise errors.InvitationOver(_("This invitation was used or withdrawn before. Nothing was changed."))
    tell(News.INVITATION_WITHDRAWN, by=by, at=at, email=invitation.email, role=invitation.role)


@transaction.atomic
def accept_as_new(
    invitation: Invitation, *, name: str, password: str, zone: str, language: str, at: datetime
) -> Membership:
    """Use up the invitation for a person who has no account yet."""
    user = new_user(name=name, password=password, email=invitation.email, zone=zone, language=language)
    return _accept(invitation, user, at)


@transaction.atomic
def accept_as(user: User, invitation: Invitation, *, at: datetime) -> Membership:
    """Use up the invitation for a person who works in another workspace already."""
    if Membership.objects.filter(workspace=invitation.workspace_id, user=user, left_at=None).exists():
        raise errors.AlreadyIn(
            _("You are in %(workspace)s already. The invitation is still open for someone else.")
            % {"workspace": invitation.workspace.name}
        )
    return _accept(invitation, user, at)


def _accept(invitation: Invitation, user: User, at: datetime) -> Membership:
    is_open = Invitation.objects.filter(
        pk=invitation.pk, accepted_at=None, withdrawn_at=None, expires_at__gt=at
    )
    if not is_open.update(accepted_at=at, accepted_by=user):  # one row decides, whoever asks at once
        invitation.refresh_from_db()
        raise errors.InvitationOver(over(invitation, at))
    membership = _join(invitation.workspace, user, Role(invitation.role), invitation.team, at)
    host = invitation.invited_by.name
    tell(News.MEMBER_JOINED, by=membership.actor(), at=at, role=membership.role, invited_by=host)
    return membership


def _join(workspace: Workspace, user: User, role: Role, team: Team | None, at: datetime) -> Membership:
    membership = Membership.objects.create(workspace=workspace, user=user, role=role.value, joined_at=at)
    if team:
        membership.teams.add(team)
    return membership


def over(invitation: Invitation, at: datetime) -> str:
    """Why the link does not let anyone in at `at`; empty while it does."""
    sentences = {
        Standing.OPEN: "",
        Standing.USED: _("This invitation was used already. Sign in, or ask for a new one."),
        Standing.WITHDRAWN: _("This invitation was withdrawn. Ask the person who sent it for a new one."),
        Standing.EXPIRED: _(
            "This invitation has expired: a link lasts seven days. Ask the person who sent it for a new one."
        ),
    }
    return sentences[invitation.standing(at)]


@transaction.atomic
def change_member(
    membership: Membership, *, role: Role, teams: Iterable[Team], by: Actor, at: datetime
) -> None:
    """Give a member another role and other teams, from the next page on."""
    by.need(Right.ADMINISTER, membership.workspace_id)
    chosen = list(teams)
    for team in chosen:
        _need_same(membership.workspace, team)
    _change_role(membership, role, by, at)
    before = set(membership.teams.all())
    membership.teams.set(chosen)
    if before != set(chosen):
        names = [team.name for team in chosen]
        tell(News.MEMBER_TEAMS_CHANGED, by=by, at=at, name=membership.user.name, teams=names)


def _change_role(membership: Membership, role: Role, by: Actor, at: datetime) -> None:
    with _keeping_an_administrator(membership.workspace):
        before = Membership.objects.get(pk=membership.pk).role
        Membership.objects.filter(pk=membership.pk, left_at=None).update(role=role.value)
    membership.role = role.value
    if before != role.value:
        name = membership.user.name
        tell(News.MEMBER_ROLE_CHANGED, by=by, at=at, name=name, was=before, role=role.value)


@transaction.atomic
def remove(membership: Membership, *, by: Actor, at: datetime) -> None:
    """End a membership; who it was stays readable in the journal."""
    by.need(Right.ADMINISTER, membership.workspace_id)
    _end(membership, at)
    tell(News.MEMBER_REMOVED, by=by, at=at, name=membership.user.name)


@transaction.atomic
def leave(membership: Membership, *, by: Actor, at: datetime) -> None:
    """End one's own membership, whatever the role."""
    by.need(Right.SEE, membership.workspace_id)
    assert by.user_id == membership.user_id, "people leave themselves"
    _end(membership, at)
    tell(News.MEMBER_LEFT, by=by, at=at)


def _end(membership: Membership, at: datetime) -> None:
    with _keeping_an_administrator(membership.workspace):
        Membership.objects.filter(pk=membership.pk, left_at=None).update(left_at=at)
    membership.left_at = at


class _keeping_an_administrator:  # noqa: N801 - reads as a sentence after `with`
    """Locks the workspace, so that two last administrators cannot both go at once, and looks afterwards."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def __enter__(self) -> None:
        Workspace.objects.select_for_update().get(pk=self.workspace.pk)

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        staying = Membership.objects.filter(workspace=self.workspace, left_at=None)
        if kind is None and not rules.is_administered(staying.values_list("role", flat=True)):
            raise errors.LastAdministrator(
                _(
                    "%(workspace)s would have no administrator left, and nobody could let people in. "
                    "Nothing was changed. Make someone else an administrator first."
                )
                % {"workspace": self.workspace.name}
            )


@transaction.atomic
def add_team(workspace: Workspace, name: str, *, by: Actor, at: datetime) -> Team:
    """A new team without members."""
    by.need(Right.ADMINISTER, workspace.pk)
    team = _name_team(Team(workspace=workspace), name)
    tell(News.TEAM_MADE, by=by, at=at, name=team.name)
    return team


@transaction.atomic
def change_team(team: Team, *, name: str, members: Iterable[Membership], by: Actor, at: datetime) -> None:
    """Rename a team and say who is in it."""
    by.need(Right.ADMINISTER, team.workspace_id)
    chosen = list(members)
    assert all(member.workspace_id == team.workspace_id for member in chosen), "a team is within a workspace"
    _name_team(team, name)
    team.memberships.set(chosen)
    tell(News.TEAM_CHANGED, by=by, at=at, name=team.name, members=[member.user.name for member in chosen])


@transaction.atomic
def delete_team(team: Team, *, by: Actor, at: datetime) -> None:
    """End a team; its people stay, and who is invited into it comes without a team."""
    by.need(Right.ADMINISTER, team.workspace_id)
    name = team.name
    team.delete()
    tell(News.TEAM_DELETED, by=by, at=at, name=name)


def _name_team(team: Team, name: str) -> Team:
    team.name = rules.written_name(name)[:80]
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as error:
        raise errors.TeamNameTaken(_("A team has this name already. Choose another.")) from error
    return team


def _need_same(workspace: Workspace, team: Team | None) -> None:
    assert team is None or team.workspace_id == workspace.pk, "a team is within a workspace"


@transaction.atomic
def change_profile(
    user: User, *, name: str, email: str, language: str, time_zone: str, signature: str, direct_contact: str
) -> None:
    """What colleagues and customers read of a person, and how the desk speaks to them."""
    user.email, user.language, user.time_zone = email.lower(), language, time_zone
    user.signature = rules.written_name(signature)[:200]
    user.direct_contact = rules.written_name(direct_contact)[:200]
    _give_name(user, name)
