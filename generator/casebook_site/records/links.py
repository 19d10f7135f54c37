"""Links to records of one kind, as fields of models hold them.

The one place that spells kinds: models link to each other, and so cannot name each other.
"""

from __future__ import annotations

from typing import Annotated

from casebook_site.schema.fields import LinkTo

SourceLink = Annotated[str, LinkTo("source")]
CountyLink = Annotated[str, LinkTo("county")]
TownshipLink = Annotated[str, LinkTo("township")]
VillageLink = Annotated[str, LinkTo("village")]
MechanismLink = Annotated[str, LinkTo("mechanism")]
PartySchoolLink = Annotated[str, LinkTo("party-school")]
TeachingPointLink = Annotated[str, LinkTo("teaching-point")]
CourseLink = Annotated[str, LinkTo("course")]
FacultyLink = Annotated[str, LinkTo("faculty")]
FigureLink = Annotated[str, LinkTo("figure")]
TermLink = Annotated[str, LinkTo("term")]
