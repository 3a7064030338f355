"""Everything an editor should know about a pack, beyond its schemas: one file a kind of rule.

All rules live here, on floor 4, and none in the catalog below: what matters most to an editor (does the
reply fit into two texts, is the topic found under its own title, does an example set off an alarm) can
only be seen in the composed reply and the working engine, and rules are easier to find in one house.
A rule reads no clock, environment or disk: it gets a `Pack`, which knows today's date.
"""

from responder.audit.audit import Report, audit
from responder.audit.codes import CODES, Code

__all__ = ["CODES", "Code", "Report", "audit"]
