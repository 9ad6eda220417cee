"""What the words beside a name say it is: ``parc éolien de …`` a project, ``… chief executive`` a company's.

Used where a name alone proves nothing: a town and the wind farm off it, a firm called like a bird or a colour.
"""

import re

from watcher.model.mention import Kind

_REACH = 60  # characters on either side

_LEFT: tuple[tuple[Kind, str], ...] = (
    ("PROJECT", r"(?:parcs?|champs?|fermes?|projets?|centrales?)(?: (?:pilotes?|commerciale?s?|éoliens?|éoliennes?|offshore|flottante?s?|posés?|en mer|marins?))*"
                r" (?:de|du|des|d[’']|à)(?: (?:la |l[’'])?)?"),
    ("PROJECT", r"(?:programme|program|initiative|projet|project|plan|appel à projets|call)(?: (?:européen|de recherche|national))?(?: d[eu'’])? ?[«“\"]? ?"),
    ("PROJECT", r"(?:wind ?farm|wind park|array|project) (?:of|at|called|dubbed|named) "),
    ("EVENT", r"(?:salons?|forum|congrès|conférence|foire|sommet|festival|conference|summit|fair|trade show|exhibition|expo)(?: (?:de l[’']|d[’']|du |de la |de |des |of |at ))? ?"),
    ("ORG", r"(?:groupes?|sociétés?|entreprises?|fabricants?|constructeurs?|start-?ups?|jeune pousse|PME|opérateurs?|équipementiers?|géants?|filiales?|énergéticiens?|"
            r"éditeurs?|industriels?|fournisseurs?|développeurs?|électriciens?|rival|maker|manufacturer|developer|company|firm|utility|giant|supplier|operator|specialist|unit|"
            r"subsidiary|brand|group|contractor|vendor|maison mère|parent)(?: (?:français|allemand|danois|chinois|américain|espagnol|norvégien|de drones|photonique|d[’']énergie)e?s?){0,2} "),
    ("ORG", r"(?:PDG|patron|directrice générale|directeur général|DG|président|présidente|CEO|chief executive|boss|head|founder|fondateur)(?: (?:de|du|d[’']|of|at))"
            r"(?: (?:la |l[’']|the )?)?"),
    ("PERSON", r"(?:M\.|MM\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Pr\.?|Prof\.?|professeure?|professor|président|présidente|ministre|minister|president|sénateur|maire|"
               r"PDG|CEO|boss|chief|chief executive|directeur général|directrice générale|governor|senator) "),
    ("PRODUCT", r"(?:drones?|modèles?|logiciels?|application|éolienne|turbine|avion|hélicoptère|satellite|navire|fusée|casque|smartphone|caméra|capteur|software|app|aircraft|"
                r"quadcopter|headset|sensor|camera|vessel|rocket|telescope|télescope|microscope|baptisée?|dubbed|called)(?: (?:de )?)? ?[«“\"]? ?"),
    ("PLACE", r"(?:ville|commune|port|région|département|île|baie|golfe|large|côtes?|town|city|island|coast|off|near|province|state)(?: (?:de|du|d[’']|of|the))?"
              r"(?: (?:la |l[’']|the )?)? ?"),
    ("PLACE", r"(?:à|en|près de|au large d[e'’]|depuis|in|near|off|from) "),
)  # fmt: skip
_RIGHT: tuple[tuple[Kind, str], ...] = (
    ("PROJECT", r"(?:[’']s)? (?:offshore |floating |onshore )?(?:wind ?(?:farm|park|project|array|auction|tender|zone)|project|programme|scheme|initiative)\b"),
    ("ORG", r"(?:[’']s)? (?:group|SA|SAS|SE|AG|GmbH|Ltd|Inc|plc|NV|S\.A\.|chief|CEO|boss|shares|subsidiary|unit|drones?|chairman|executive|spokes\w+|engineers?|staff|plant|factory)\b"),
    ("ORG", r",? (?:a annoncé|annonce|lance|lève|signe|rachète|acquiert|choisit|remporte|dévoile|présente|inaugure|confie|recrute|obtient|vient de|veut|mise|launche[sd]|"
            r"unveil(?:s|ed)|announce[sd]|sign(?:s|ed)|raise[sd]|acquire[sd]|to (?:buy|build|supply|acquire)|wins?|won|plans|says|said|selects|slams|completes|orders|"
            r"secures|teams up|appoints|bags|eyes|partners|s[’']allie|s[’']associe|et [A-Z]\w+ (?:s|v)[’']?)\b"),
    ("PERSON", r",? (?:\(|PDG|CEO|directeur|directrice|président|présidente|chief|ministre|maire|chercheur|professor|a déclaré|explique|déclare|estime|assure|told|argued)\b"),
    ("EVENT", r" (?:20\d\d|conference|summit|show|fair|expo|exhibition|trade fair)\b"),
)  # fmt: skip
_LEFT_RE = tuple((kind, re.compile(rf"(?:^|[\W_])(?:{pattern})\Z", re.IGNORECASE)) for kind, pattern in _LEFT)
_RIGHT_RE = tuple((kind, re.compile(pattern)) for kind, pattern in _RIGHT)


def kinds_beside(text: str, start: int, end: int) -> tuple[Kind, ...]:
    """Return the kinds that the words around ``text[start:end]`` speak for, most telling first."""
    left, right = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    found = [kind for kind, pattern in _RIGHT_RE if pattern.match(right)]
    found[:0] = [kind for kind, pattern in _LEFT_RE if pattern.search(left)]
    return tuple(dict.fromkeys(found))
