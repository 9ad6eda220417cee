"""Words that announce an opportunity, and words that say it is over or was never one.

Each cue has a kind and a strength. A *formula* is enough by itself (``appel à projets``, ``call for tenders``);
a *hint* (``salon``, ``tender``, ``grant``) needs an opening beside it: a verb that opens or invites, or a date to come.
"""

import re
from dataclasses import dataclass
from typing import Literal

from watcher.model.opportunity import OpportunityKind

Strength = Literal["formula", "hint"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue found in a text."""

    kind: OpportunityKind
    strength: Strength
    start: int
    end: int
    phrase: str


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)", re.IGNORECASE)


_A = "['’]\\s?"

FORMULAS: tuple[tuple[OpportunityKind, re.Pattern[str]], ...] = (
    (
        "call",
        _words(
            rf"appels? à (?:projets?|candidatures?|manifestations? d{_A}intérêts?|communications?|contributions?|propositions?|solutions?"
            rf"|innovations?|idées|participation|articles|partenaires|startups?|start-ups?|experts?|volontaires|intérêt)",
            r"AMI", r"AAP",
            r"calls? for (?:\w+ ){0,2}?(?:projects?|proposals?|applications?|papers|abstracts|expressions? of interest|submissions"
            r"|entries|startups?|start-ups?|contributions|nominations|partners|ideas|solutions|participants|evidence)",
            r"expressions? of interest",
            r"expected outcomes?\s?:", r"résultats? (?:escomptés?|attendus?)\s?:",
            r"(?:seeks?|seeking|invites?|inviting|accepts?|accepting|welcomes?|opens?) (?:\w+ ){0,3}?"
            r"(?:applications|proposals|submissions|entries|applicants|expressions of interest)",
            r"applications (?:are |is )?(?:now )?(?:open|invited|welcome)",
            r"candidatures? (?:sont )?(?:désormais |toujours )?ouvertes?",
        ),
    ),
    (
        "tender",
        _words(
            rf"appels? d{_A}offres?", r"avis de marché", r"dialogue compétitif", r"procédures? de mise en concurrence", r"mise en concurrence",
            r"calls? for tenders?", r"calls? for bids", r"calls? for competition", r"invitations? to tender", r"requests? for (?:proposals?|quotations?|bids|tenders?)",
            r"competitive dialogue", r"contract notice",
            r"(?:seeks?|invites?|inviting|seeking) (?:\w+ ){0,2}?(?:bids|bidders|tenders|offers)",
        ),
    ),
    (
        "grant",
        _words(
            r"funding calls?", r"grants? (?:now )?(?:open|available)", r"guichet ouvert", r"demandes? de subventions?", r"apply for (?:\w+ ){0,3}?(?:funding|grants?)",
            rf"fonds d{_A}urgence", rf"fonds d{_A}amorçage ouvert", r"bourses? ouvertes?", r"funding (?:round|opportunity|window) (?:opens?|open)",
            r"chèques? (?:innovation|numérique|export|conseil)",
        ),
    ),
)  # fmt: skip
HINTS: tuple[tuple[OpportunityKind, re.Pattern[str]], ...] = (
    ("tender", _words(r"tenders?", r"tendering", r"auctions?", r"(?:leasing|bidding|licensing|seabed) rounds?", r"lease sales?", r"RFPs?", r"enchères?")),
    ("call", _words(r"concours", r"competitions?", r"challenges?", r"hackathons?", r"competitive process", r"candidatures", r"accelerator programmes?", r"accelerator programs?", r"prix de l['’]innovation")),
    ("grant", _words(r"subventions?", r"grants?", r"aides?", r"financements?", r"funding", r"bourses?")),
    (
        "event",
        _words(
            r"salons?", r"conférences?", r"conferences?", r"colloques?", r"journées?", r"rencontres?", r"webinaires?", r"webinars?", r"forums?", r"congrès",
            r"séminaires?", r"seminars?", r"ateliers?", r"workshops?", r"symposiums?", r"summits?", r"expos?", r"expositions?", r"exhibitions?", r"trade shows?",
            r"trade fairs?", r"fairs?", r"conventions?", r"assises", r"meetups?", r"matinales?", r"petits? déjeuners?", r"rendez-vous", r"congress", r"masterclass",
        ),
    ),
)  # fmt: skip

OPENING: dict[OpportunityKind, re.Pattern[str]] = {
    "tender": _words(
        r"launch(?:es|ed|ing)?", r"kicks? off", r"kicked off", r"opens?", r"opened", r"opening", r"issues?", r"issued", r"invit(?:es|ed|ing)", r"starts?", r"begins?",
        r"publish(?:es|ed)?", r"unveils?", r"set for", r"lance(?:r|nt)?", r"a lancé", r"lancement", r"ouvre(?:nt)?", r"ouvert", r"ouverture", r"publie(?:nt)?", r"publié",
        r"until", r"deadline", r"submit", r"jusqu['’]au", r"date limite",
    ),
    "call": _words(
        r"launch(?:es|ed|ing)?", r"opens?", r"opened", r"open to", r"appl(?:y|ications?|icants?)", r"enter", r"register", r"deadline", r"submit", r"invit(?:es|ed|ing)", r"seeks?",
        r"lance(?:nt)?", r"a lancé", r"ouvre(?:nt)?", r"ouverte?s?", r"candidate[rz]", r"candidater", r"postuler", r"postulez", r"participe[rz]", r"inscri\w+", r"jusqu['’]au", r"date limite",
        r"avant le", r"until", r"kicks? off",
    ),
    "grant": _words(
        r"appl(?:y|ications?|icants?)", r"open (?:to|for)", r"now open", r"deadline", r"eligible", r"dépose[rz]", r"dépôt", r"demandes?", r"candidate[rz]", r"date limite", r"jusqu['’]au",
        r"éligibles?", r"avant le",
    ),
    "event": _words(
        r"se tiendra", r"se tiendront", r"aura lieu", r"auront lieu", r"se déroulera", r"organise(?:nt|ra|ront)?", r"inscri\w+", r"rendez-vous", r"accueillera", r"accueille", r"participe[rz]",
        r"reviendra", r"revient", r"ouvrira", r"ouvre ses portes", r"places limitées", r"programme", r"prochaine?", r"se tient",
        r"regist(?:er|ration)", r"will (?:be held|take place|return|host|gather|bring)", r"takes? place", r"to be held", r"returns?", r"join(?: us)?", r"save the date", r"hosts?", r"tickets?",
        r"upcoming", r"speakers?", r"attend(?:ees)?", r"exhibitors?", r"exposants?",
    ),
}  # fmt: skip

# The affair is settled: an award, a result, a report from a fair, a cancelled procedure.
SETTLED = _words(
    r"award(?:s|ed|ing)?", r"wins?", r"won", r"winn(?:er|ers|ing)", r"selected", r"selects", r"shortlist(?:s|ed)?", r"preferred bidders?", r"secured", r"secures", r"(?:auction|tender|bid|round) results?", r"results? of the", r"successful bid(?:der)?s?",
    r"lauréate?s?", r"remporte(?:nt|r|ra)?", r"a remporté", r"ont remporté", r"remporté(?:e|s|es)?", r"attribu(?:e|é|ée|és|ées|er|tion)", r"désigne(?:nt)?", r"désigné(?:e|s|es)?", r"retenue?s?", r"sélectionné(?:e|s|es)?", r"vainqueurs?",
    r"finalistes?", r"finalists?", r"palmarès", r"récompens\w+", r"décroche(?:nt)?", r"a décroché", r"infructueu(?:x|se)", r"annul(?:e|é|ée|és|ées|ation)", r"cancel(?:s|led|ed)?", r"scrap(?:s|ped)?", r"postpone[sd]?",
    r"failed", r"no bids", r"closed", r"clos(?:e|es)? depuis", r"clôturée?s?", r"s['’]est (?:tenue?|achevée?|terminée?|déroulée?)", r"a eu lieu", r"ont eu lieu", r"s['’]étai(?:t|ent)",
    r"was held", r"were held", r"took place", r"concluded", r"wrapped up", r"avait lieu", r"dernier", r"last (?:year|month|week)",
)  # fmt: skip

# Words before a date that make it a deadline.
DEADLINE = re.compile(
    r"(?:jusqu['’]\s?(?:au|à|en)|avant (?:le|la|fin)?|au plus tard(?: le)?|date limite[^.;]{0,60}?|d['’]ici (?:au|le|à)?|clôture[^.;]{0,40}?|"
    r"clos(?:e|es|ent)?[^.;]{0,30}?(?:le|au)|limite de (?:dépôt|réception|candidature|remise)[^.;]{0,40}?|"
    r"candidat\w+[^.;]{0,30}?(?:avant|jusqu['’]au|le)|échéance[^.;]{0,30}?|prolongée? (?:au|jusqu['’]au)|reportée? au|repoussée? au|"
    r"\buntil\b|\bby\b|\bbefore\b|no later than|deadlines?[^.;]{0,50}?|clos(?:es|ing|e|ed)[^.;]{0,40}?|\bdue\b[^.;]{0,20}?|extended (?:to|until)|"
    r"submi\w+[^.;]{0,60}?by|applications?[^.;]{0,40}?by)[\s:,(]{0,4}(?:le |la |the |midnight (?:on |of )?|noon (?:on )?)?$",
    re.IGNORECASE,
)
EXTENDED = _words(r"prolong\w+", r"repouss\w+", r"report(?:e|é|ée|és|ées)", r"extend(?:s|ed)?", r"extension", r"délai supplémentaire")
CLOSED = _words(r"clôturée?s?", r"est clos(?:e)?", r"sont clos(?:es)?", r"annulée?s?", r"est annulé", r"now closed", r"has closed", r"cancelled", r"canceled", r"withdrawn")


def find_cues(text: str) -> tuple[Cue, ...]:
    """Return every cue in ``text``, formulas before hints, each in reading order."""
    found = []
    for strength, table in (("formula", FORMULAS), ("hint", HINTS)):
        for kind, pattern in table:
            for match in pattern.finditer(text):
                if match[0].upper() in {"AMI", "AAP"} and not match[0].isupper():
                    continue  # "ami" is a friend
                found.append(Cue(kind=kind, strength=strength, start=match.start(), end=match.end(), phrase=match[0]))  # type: ignore[arg-type]  # literals of the tuple above
    order = {"formula": 0, "hint": 1}
    return tuple(sorted(found, key=lambda cue: (order[cue.strength], cue.start)))
