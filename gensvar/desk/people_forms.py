"""What one fills in about people: an invitation, a member, a team."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gensvar.people import queries
from gensvar.people.models import Membership, Team, Workspace
from gensvar.people.rules import Role, written_name

Data = Mapping[str, object] | None

ROLES = (
    (Role.AGENT, gettext_lazy("Agent: answers people")),
    (Role.LEAD, gettext_lazy("Lead: answers, and says what is watched")),
    (Role.AMBASSADOR, gettext_lazy("Ambassador: helps to write, sends nothing")),
    (Role.VIEWER, gettext_lazy("Viewer: reads")),
    (Role.ADMINISTRATOR, gettext_lazy("Administrator: everything, and lets people in")),
)


class RoleField(forms.TypedChoiceField):
    """One of the five roles, with what it may do."""

    def __init__(self) -> None:
        choices = [(role.value, words) for role, words in ROLES]
        super().__init__(label=gettext_lazy("Role"), choices=choices, coerce=Role)


class InviteForm(forms.Form):
    """Whom to invite, as what."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Leave it empty to get a link that you pass on yourself."),
    )
    role = RoleField()
    team = forms.ModelChoiceField(
        Team.objects.none(), label=gettext_lazy("Team"), required=False, empty_label=gettext_lazy("No team")
    )

    def __init__(self, workspace: Workspace, data: Data = None) -> None:
        super().__init__(data)
        teams = workspace.teams.order_by("name")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        if not teams:
            del self.fields["team"]


class MemberForm(forms.Form):
    """What a member may do, and where they belong."""

    role = RoleField()
    teams = forms.ModelMultipleChoiceField(
        Team.objects.none(),
        label=gettext_lazy("Teams"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, membership: Membership, data: Data = None) -> None:
        chosen = list(membership.teams.values_list("pk", flat=True))
        super().__init__(data, initial={"role": membership.role, "teams": chosen})
        teams = membership.workspace.teams.order_by("name")
        self.fields["teams"].queryset = teams  # type: ignore[attr-defined]
        if not teams:
            del self.fields["teams"]


class _People(forms.ModelMultipleChoiceField[Membership]):
    def label_from_instance(self, obj: Membership) -> str:
        return obj.user.name


class NewTeamForm(forms.Form):
    """A team begins with a name."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)

    def clean_name(self) -> str:
        """The name with single spaces."""
        if not (name := written_name(self.cleaned_data["name"])):
            raise forms.ValidationError(_("Write a name."))
        return name


class TeamForm(NewTeamForm):
    """What a team is called, and who is in it."""

    members = _People(
        Membership.objects.none(),
        label=gettext_lazy("Members"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, team: Team, data: Data = None) -> None:
        chosen = list(team.memberships.values_list("pk", flat=True))
        super().__init__(data, initial={"name": team.name, "members": chosen})
        self.fields["members"].queryset = queries.members(team.workspace)  # type: ignore[attr-defined]
