"""What Bluesky asks of the person who connects it: a handle and an app password; the rest has defaults."""

from dataclasses import dataclass

from gensvar.connectors.contract import setting

PUBLIC_STREAM = "wss://jetstream.us-east.bsky.network"
PUBLIC_DIRECTORY = "https://plc.directory"
JETSTREAM_METHOD = "network.bsky.jetstream.subscribeEvents"
REPOS_METHOD = "com.atproto.sync.subscribeRepos"


@dataclass(frozen=True)
class BlueskySettings:
    """How one account is reached. Empty addresses take their default."""

    handle: str = setting("Handle or e-mail", help="For example nordpost.bsky.social.")
    app_password: str = setting(
        "App password",
        help="Not the password of the account: make one in Bluesky under Settings › App passwords.",
        secret=True,
    )
    host: str = setting(
        "Server", help="Where the account signs in.", default="https://bsky.social", kind="url"
    )
    stream: str = setting(
        "Stream",
        help="Where every public post is heard. Keep it, unless you run a network of your own.",
        default=PUBLIC_STREAM,
        kind="url",
    )
    appview: str = setting(
        "Reading server",
        help="Where threads and profiles are read. Empty: through your own server.",
        default="",
        kind="url",
    )
    directory: str = setting(
        "Directory",
        help="Where accounts of other servers are looked up.",
        default=PUBLIC_DIRECTORY,
        kind="url",
    )


def web_address(text: str) -> str:
    """`text` as https://host without a path's end, whichever of http(s) or ws(s) it was typed with."""
    text = text.strip().rstrip("/")
    for typed, meant in (("wss://", "https://"), ("ws://", "http://")):
        if text.startswith(typed):
            return meant + text.removeprefix(typed)
    return text if "://" in text else f"https://{text}"


def socket_address(text: str) -> str:
    """The same host by websocket."""
    return "ws" + web_address(text).removeprefix("http")


def stream_address(settings: BlueskySettings) -> str:
    """The websocket address that is followed, with its method."""
    address = socket_address(settings.stream or PUBLIC_STREAM).removesuffix("/xrpc")
    if address.endswith((JETSTREAM_METHOD, REPOS_METHOD)):
        return address
    method = JETSTREAM_METHOD if is_jetstream(settings) else REPOS_METHOD
    return f"{address}/xrpc/{method}"


def is_jetstream(settings: BlueskySettings) -> bool:
    """Does the stream speak Jetstream (by its method, or by a host named so), and not `subscribeRepos`?"""
    address = socket_address(settings.stream or PUBLIC_STREAM)
    host = address.partition("://")[2].partition("/")[0]
    return address.endswith(JETSTREAM_METHOD) or host.startswith("jetstream.")


def stream_host(settings: BlueskySettings) -> str:
    """The host of the stream by https, for what it keeps besides."""
    return web_address(stream_address(settings).partition("/xrpc/")[0])
