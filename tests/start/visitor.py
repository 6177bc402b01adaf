"""A person at a running desk, who works through its forms as a browser without script does."""

import re
from dataclasses import dataclass, field
from html import unescape

import httpx

from tests.start.desk import PATIENCE, Desk, wait_for

PASSWORD = "tall-birch-by-the-quay"


def words(page: str) -> str:
    """What a page says, without what marks it."""
    return unescape(re.sub(r"<[^>]*>", "", page))


@dataclass
class Visitor:
    """One signed-in browser."""

    desk: Desk
    slug: str = ""
    _client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self._client = httpx.Client(base_url=self.desk.url, follow_redirects=True, timeout=PATIENCE)

    def get(self, path: str) -> str:
        """The page at `path`, which must be there."""
        answer = self._client.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:2000])
        return answer.text

    def post(self, path: str, **fields: str) -> str:
        """Send a form, which must be understood; the page that follows."""
        answer = self.send(path, **fields)
        assert answer.status_code in (200, 204, 422), (path, answer.status_code, answer.text[:2000])
        return answer.text

    def send(self, path: str, **fields: str) -> httpx.Response:
        """Send a form, whatever comes of it."""
        if "csrftoken" not in self._client.cookies:
            self._client.get("/account/login/")
        fields["csrfmiddlewaretoken"] = self._client.cookies["csrftoken"]
        return self._client.post(path, data=fields, headers={"Referer": self.desk.url + path})

    def open(self, path: str) -> httpx.Response:
        """The page at `path`, whatever comes of it."""
        return self._client.get(path)

    def here(self, path: str) -> str:
        """An address within the workspace."""
        return f"/w/{self.slug}/{path}"

    def set_up(self, name: str, company: str, watch: str) -> None:
        """Answer the three questions."""
        self.get("/setup/")
        page = self.post("/setup/", name=name, password=PASSWORD, company=company, watch=watch)
        self.slug = _first(r"/w/([\w-]+)/", page)

    def invite(self, role: str) -> str:
        """The link of a new invitation."""
        page = self.post(self.here("people/invite/"), role=role)
        return "/join/" + _first(r"/join/(\w+)", page) + "/"

    def join(self, link: str, name: str) -> None:
        """Come in by an invitation."""
        self.get(link)
        self.slug = _first(r"/w/([\w-]+)/", self.post(link, name=name, password=PASSWORD))

    def case_about(self, words: str, tray: str = "now") -> int:
        """Wait until the inbox shows a row with `words`; the number of its case."""
        found: list[int] = []

        def look() -> bool:
            page = self.get(self.here(f"{tray}/"))
            cut = page.find(words)
            if cut < 0:
                return False
            found.append(int(re.findall(r"/case/(\d+)/", page[:cut])[-1]))
            return True

        wait_for(look, f"No row says {words!r}.\n{self.desk.log[-3000:]}")
        return found[0]

    def case(self, pk: int) -> str:
        """The page of a case."""
        return self.get(self.here(f"case/{pk}/"))

    def do(self, pk: int, what: str, **fields: str) -> str:
        """Press a button of a case."""
        return self.post(self.here(f"case/{pk}/{what}/"), **fields)

    def draft(self, pk: int, text: str, purpose: str = "answer") -> int:
        """Begin a reply and save its text; the number of the reply."""
        page = self.do(pk, "reply", purpose=purpose)
        reply = int(_first(r"/reply/(\d+)/", page))
        self.press(reply, pk, text=text)
        return reply

    def press(self, reply: int, case: int, then: str = "save", **fields: str) -> str:
        """Press a button of the composer with the version that the page shows."""
        version = _first(r'name="version"[^>]*value="(\d+)"', self.case(case))
        return self.post(self.here(f"reply/{reply}/save/"), version=version, then=then, **fields)

    def step(self, pk: int) -> str:
        """Where the case stands."""
        return str(self.desk.ask(f"select step from case_case where id = {pk}")[0][0])

    def wait_for_step(self, pk: int, step: str) -> None:
        """Wait until the case stands at `step`."""
        wait_for(
            lambda: self.step(pk) == step, f"The case stands at {self.step(pk)}.\n{self.desk.log[-3000:]}"
        )


def _first(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found, f"{pattern} stands nowhere in:\n{page[:4000]}"
    return found.group(1)
