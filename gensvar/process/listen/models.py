"""What we listen to (channels, sources, watches) and what we heard (mentions and their revisions)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gensvar.engine.models import Work
from gensvar.kernel.sentence import Sentence
from gensvar.people.models import User, Workspace
from gensvar.process.case.models import Case, Fact
from gensvar.reading.forms import LANGUAGES


class Channel(models.Model):
    """An account of the company on a network, or a feed. `locked` holds its secrets, encrypted."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="channels")
    connector = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    settings = models.JSONField(default=dict)
    locked = models.TextField(blank=True)
    native_id = models.CharField(max_length=500, blank=True)
    handle = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    connected_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "connector", "native_id"],
                condition=Q(removed_at=None),
                name="channel_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """One stream of a network, shared by all channels that hear it. Its cursor is stored with its items.

    `trouble` is a template, since the workspaces that share the source read different languages.
    `usual_gap`: seconds for which it is silent at the longest when all is well (`rules.learn_gap`).
    """

    name = models.CharField(max_length=500, unique=True)
    connector = models.CharField(max_length=40)
    cursor = models.TextField(blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True)
    trouble_values = models.JSONField(default=dict, blank=True)
    dropped = models.PositiveBigIntegerField(default=0)
    usual_gap = models.FloatField(null=True, blank=True)
    silent_since = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def why(self) -> Sentence:
        """What is wrong with it, as it can be translated; empty when nothing is."""
        return Sentence(self.trouble, **(self.trouble_values if self.trouble else {}))


class Gap(Work):
    """A stretch of time of which a source could not tell us: work until it is filled, page by page.

    `place` is where the next page begins, `looked` and `found` count what was read and kept so far. `covers`
    says what the filling brings, `is_whole` whether that is all there was. Neither due nor filled = it stays
    open, and `trouble` says why.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="gaps")
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField()
    why = models.TextField()
    noticed_at = models.DateTimeField()
    filled_at = models.DateTimeField(null=True, blank=True)
    place = models.TextField(blank=True)
    looked = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    covers = models.TextField(blank=True)
    is_whole = models.BooleanField(default=True)
    trouble = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="gap_due")]

    def __str__(self) -> str:
        return f"{self.source}: {self.since} – {self.until}"


def every_language() -> list[str]:
    """All whose inflections are known."""
    return list(LANGUAGES)


class Watch(models.Model):
    """A name, product, person or subject to listen for, as a query.

    `languages`: whose inflections and compounds count, in the order of `reading.forms.LANGUAGES`.
    `boxes`: which of its words are products and which are people, for those who fill in the form.
    `change`: the line of the journal that tells of its newest change, with what it was before.
    """

    class Kind(models.TextChoices):
        """What is watched."""

        BRAND = "brand", _("Brand")
        PRODUCT = "product", _("Product")
        PERSON = "person", _("Person")
        COMPETITOR = "competitor", _("Competitor")
        SUBJECT = "subject", _("Subject")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="watches")
    name = models.CharField(max_length=120)
    query = models.TextField()
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.BRAND)
    languages = models.JSONField(default=every_language)
    boxes = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    change = models.ForeignKey(Fact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class Mention(models.Model):
    """One post that concerns us, or that stands in a thread with one, in its newest wording.

    `part` says why it is kept. Author fields are copies of what the network said last. `watch` is the most
    telling watch that it met, `also` the others; `own_channel` = it stands in a thread that we began; `kind`
    copies what its case was judged to be, or what a machine is sure of; `abuse` the ground on which it is
    abusive ("" = it is not), `unsure` that a machine could not tell. `searched` holds title and text as
    `filter.fold` writes them.
    A found post without a case is one about a competitor or a subject, which nobody has taken up, or one that a
    machine set `aside` since it is not about us.
    What was said before is `folded_under` the first, lies in no case of its own, and adds its followers to the
    `folded_reach` of the first. `likeness` names the words, so that the same ones are found again.
    """

    class Part(models.TextChoices):
        """What a post is to the case it lies in."""

        FOUND = "found", _("Found")
        ANSWER = "answer", _("Answer of the author")
        CONTEXT = "context", _("In the thread")
        OURS = "ours", _("Ours")
        FOLDED = "folded", _("Said before")

    class How(models.TextChoices):
        """How the same thing was said again."""

        REPOST = "repost", _("Repost")
        QUOTE = "quote", _("Quote")
        CROSS_POST = "cross-post", _("Cross-post")

    class Aside(models.TextChoices):
        """Who said that a found post is not about us."""

        MACHINE = "machine", _("Not about us, by machine")
        PERSON = "person", _("Not about us")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="mentions")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="mentions")
    network = models.CharField(max_length=40)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="mentions")
    watch = models.ForeignKey(
        Watch, on_delete=models.SET_NULL, null=True, blank=True, related_name="mentions"
    )
    also = models.ManyToManyField(Watch, blank=True, related_name="+")
    part = models.CharField(max_length=10, choices=Part.choices, default=Part.FOUND)
    folded_under = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="folded", db_index=False
    )
    how = models.CharField(max_length=10, choices=How.choices, blank=True)
    likeness = models.CharField(max_length=32, blank=True)
    folded_reach = models.PositiveBigIntegerField(default=0)
    native_id = models.CharField(max_length=500)
    revision = models.CharField(max_length=200, blank=True)
    root_id = models.CharField(max_length=500, blank=True)
    root_revision = models.CharField(max_length=200, blank=True)
    parent_id = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=2000, blank=True)

    author_id = models.CharField(max_length=500)
    author_handle = models.CharField(max_length=300, blank=True)
    author_name = models.CharField(max_length=200, blank=True)
    author_url = models.CharField(max_length=2000, blank=True)
    author_followers = models.PositiveIntegerField(null=True, blank=True)
    author_since = models.DateTimeField(null=True, blank=True)
    author_bio = models.TextField(blank=True)

    title = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=12, blank=True)
    tagged = models.BooleanField(default=False)
    own_channel = models.BooleanField(default=False)
    kind = models.CharField(max_length=20, blank=True)
    sentiment = models.CharField(max_length=10, blank=True)
    abuse = models.CharField(max_length=10, blank=True)
    urgency = models.CharField(max_length=10, blank=True)
    unsure = models.BooleanField(default=False)
    aside = models.CharField(max_length=10, choices=Aside.choices, blank=True)
    searched = models.TextField(blank=True)
    spans = models.JSONField(default=list, blank=True)
    posted_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "network", "native_id"], name="mention_once"),
            models.CheckConstraint(
                condition=Q(part="folded", folded_under__isnull=False) & ~Q(how="") & Q(case=None)
                | ~Q(part="folded") & Q(folded_under=None, how=""),
                name="mention_folded",
            ),
        ]
        indexes = [
            models.Index(fields=["network", "native_id"], name="mention_native"),
            models.Index(fields=["network", "author_id"], name="mention_author"),
            # What filters look at stands in the index of what was heard, so that a rare kind of post is found
            # without reading the posts.
            models.Index(
                fields=[
                    "workspace",
                    "part",
                    "-heard_at",
                    "-id",
                    "tagged",
                    "own_channel",
                    "language",
                    "channel",
                    "watch",
                    "author_followers",
                    "kind",
                    "sentiment",
                    "abuse",
                    "urgency",
                    "unsure",
                    "case",
                ],
                name="mention_heard",
            ),
            models.Index(fields=["case", "posted_at"], name="mention_case"),
            models.Index(
                fields=["folded_under", "deleted_at", "how", "author_followers"],
                condition=Q(folded_under__isnull=False),
                name="mention_folds",
            ),
            models.Index(fields=["workspace", "likeness"], name="mention_likeness"),
            # What no machine has read; nearly nothing while there is a judge.
            models.Index(
                fields=["id"], condition=Q(sentiment="", part__in=["found", "answer"]), name="mention_unread"
            ),
            models.Index(
                fields=["workspace", "watch", "-heard_at"], condition=~Q(aside=""), name="mention_aside"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:40]}"

    @property
    def author(self) -> str:
        """What to call the author, as well as it is known."""
        return self.author_name or self.author_handle or self.author_id

    @property
    def words(self) -> str:
        """Title and text as people read them; spans count in these."""
        if not self.title or self.title == self.text:
            return self.text or self.title
        return f"{self.title}\n{self.text}"

    @property
    def thread_key(self) -> str:
        """The native id of the post that began the thread."""
        return self.root_id or self.native_id


class Revision(models.Model):
    """One wording of a mention, with the record byte for byte as received and its SHA-256."""

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="revisions")
    revision = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    raw = models.BinaryField()
    raw_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mention", "revision"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.mention_id} {self.revision or self.sha256[:12]}"


class View(models.Model):
    """A list of the rail with a filter and a name, for one person (`owner`) or for everyone (None).

    `tray` is the list that it narrows (a tray, `mine` or `heard`); `filter` as `filter.to_dict` writes it.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="views")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="views")
    name = models.CharField(max_length=60)
    tray = models.CharField(max_length=20, default="heard")
    filter = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["workspace", "owner", "position"], name="view_rail")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        """Whether everyone sees it."""
        return self.owner_id is None


class ThreadLoad(Work):
    """Bringing in what stands around a mention (ancestors, answers, who the author is): work of its own."""

    mention = models.OneToOneField(Mention, on_delete=models.CASCADE, related_name="thread_load")
    loaded_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="thread_load_due")]

    def __str__(self) -> str:
        return f"thread of {self.mention_id}"
