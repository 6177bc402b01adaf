"""The pretend internet as a network that forgets keys: only a person can tell whether a reply stands."""

from dataclasses import replace

from gensvar.connectors.contract import Once, Reply
from gensvar.demo import connector as demo

assert isinstance(demo.CONNECTOR.reply, Reply)

CONNECTOR = replace(
    demo.CONNECTOR, key="forgetful", find=(), reply=replace(demo.CONNECTOR.reply, once=Once.NEVER)
)
