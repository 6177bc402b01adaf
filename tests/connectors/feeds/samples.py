"""Feeds as they come over the wire, written for these tests."""

from urllib.parse import quote

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel>
<title>Paketbloggen</title><link>https://paketbloggen.example/</link><language>sv-SE</language><ttl>30</ttl>
<item>
  <title>Nordposts nya skåp</title>
  <link>https://paketbloggen.example/2026/11/skap?utm_source=rss&amp;utm_medium=feed</link>
  <guid isPermaLink="false">paketbloggen-42</guid>
  <dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Åsa Lind</dc:creator>
  <pubDate>Sat, 21 Nov 2026 10:15:00 +0100</pubDate>
  <description><![CDATA[<p>Tredje gången i rad är luckan <b>låst</b>.</p><p>Se <a href="https://bild.example/1">bilden</a>.</p>]]></description>
</item>
<item>
  <title>Äldre inlägg</title>
  <link>https://paketbloggen.example/2026/10/gammalt</link>
  <guid isPermaLink="false">paketbloggen-41</guid>
  <pubDate>Thu, 01 Oct 2026 08:00:00 +0200</pubDate>
  <description>Om frimärken.</description>
</item>
</channel></rss>
""".encode()

ATOM = b"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl">
<title>Pakjesforum</title><id>urn:pakjesforum</id><link href="https://forum.example/"/>
<updated>2026-11-21T09:00:00Z</updated>
<entry>
  <title>Re: Nordpost</title><id>urn:pakjesforum:2</id>
  <link rel="alternate" href="https://forum.example/t/7#post2"/>
  <updated>2026-11-21T09:00:00Z</updated><author><name>Sanne</name></author>
  <content type="html">&lt;p&gt;Bij mij ook niet aangebeld.&lt;/p&gt;</content>
</entry>
<entry>
  <title>Re: Nordpost</title><id>urn:pakjesforum:1</id>
  <link rel="alternate" href="https://forum.example/t/7#post1"/>
  <updated>2026-11-21T08:00:00Z</updated><author><name>Daan</name></author>
  <content type="text">Pakket al een week zoek.</content>
</entry>
</feed>
"""

STORY = "https://www.tidningen.example/nyheter/nordpost-skap?id=7"


def alert(*entries: str, title: str = "Google Alert - nordpost") -> bytes:
    """A feed in the shape in which Google delivers an alert."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:idx="urn:atom-extension:indexing">'
        "<id>tag:google.com,2005:reader/user/00000000000000000001/state/com.google/alerts/42</id>"
        f"<title>{title}</title>"
        '<link href="https://www.google.com/alerts/feeds/1/42" rel="self"></link>'
        "<updated>2026-11-21T11:00:00Z</updated>" + "".join(entries) + "</feed>"
    ).encode()


def alert_entry(
    number: int,
    link: str = STORY,
    title: str = "&lt;b&gt;Nordpost&lt;/b&gt; möter kritik för låsta skåp",
    words: str = "Kunder hos &lt;b&gt;Nordpost&lt;/b&gt; ser luckor som inte &amp;nbsp;öppnas&amp;hellip;",
) -> str:
    """One entry of an alert: keyword in bold, the story behind Google's redirect."""
    behind = f"rct=j&amp;sa=t&amp;url={quote(link, safe='')}&amp;ct=ga&amp;cd=CAI{number}&amp;usg=AOv{number}"
    return (
        f"<entry><id>tag:google.com,2013:googlealerts/feed:{number}</id>"
        f'<title type="html">{title}</title><link href="https://www.google.com/url?{behind}"></link>'
        "<published>2026-11-21T10:31:00Z</published><updated>2026-11-21T10:31:00Z</updated>"
        f'<content type="html">{words}</content><author><name></name></author></entry>'
    )
