"""What the words beside a name say it is: ``parc éolien de …`` a project, ``… chief executive`` a company's.

Used where a name alone proves nothing: a town and the wind farm off it, a firm called like a bird or a colour.
"""

import re

from watcher.model.mention import Kind
from watcher.nlp.words import any_of

_REACH = 60  # characters on either side
_OF = r"(?: (?:de|du|des|d[’']|à|of|at|called|dubbed|named))?(?: ?(?:la |les |l[’']|the ))? ?[«“\"]? ?"
_FARM_HEADS = r"(?:parcs?|champs?|fermes?|projets?|centrales?)"
_FARM_ADJECTIVES = r"(?: (?:pilotes?|commerciale?s?|éoliens?|éoliennes?|offshore|flottante?s?|posés?|en mer|marins?))"
_FARMS = rf"{_FARM_HEADS}{_FARM_ADJECTIVES}*"
_PROGRAMMES = r"(?:programme|program|initiative|projet|project|plan|appel à projets|call|wind ?farm|wind park|array)"
_FAIRS = r"(?:salons?|forum|congrès|conférence|foire|sommet|festival|conference|summit|fair|trade show|exhibition|expo)"
_FIRMS = (
    r"(?:groupes?|sociétés?|entreprises?|fabricants?|constructeurs?|start-?ups?|jeune pousse|PME|opérateurs?"
    r"|équipementiers?"
    r"|géants?|filiales?|énergéticiens?|éditeurs?|industriels?|fournisseurs?|développeurs?|électriciens?|rival"
    r"|maker|manufacturer|developer"
    r"|company|firm|utility|giant|supplier|operator|specialist|unit|subsidiary|brand|group|contractor|vendor"
    r"|maison mère"
    r"|parent)(?: (?:français|allemand|danois|chinois|américain|espagnol|norvégien"
    r"|de drones|photonique|d[’']énergie)e?s?){0,2} "
)
_HEADS_OF = (
    r"(?:PDG|patronn?e?|directrice générale|directeur général|DG|présidente?|CEO|chief executive"
    r"|boss|head|founder|fondateur)"
    r" (?:de |du |d[’']|of |at )(?:la |l[’']|the )?"
)
_TITLES = (
    r"(?:M\.|MM\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Pr\.?|Prof\.?|professeure?|professor|présidente?|ministre"
    r"|minister|president"
    r"|sénateur|maire|PDG|CEO|boss|chief|chief executive|directeur général|directrice générale|governor|senator) "
)
_THINGS = (
    r"(?:drones?|modèles?|logiciels?|application|éolienne|turbine|avion|hélicoptère|satellite|navire|fusée|casque"
    r"|smartphone|caméra"
    r"|capteur|software|app|aircraft|quadcopter|headset|sensor|camera|vessel|rocket|telescope|télescope"
    r"|microscope|baptisée?|dubbed)"
    r"(?: de)? [«“\"]? ?"
)
_WHERE = (
    r"(?:ville|commune|port|région|département|île|baie|golfe|large|côtes?|town|city|island|coast|near|province|state)"
    r"(?: (?:de |du |d[’']|of |the ))(?:la |l[’']|the )?"
)
_IN = r"(?:à|en|près de|au large de|depuis|in|near|off) "
_LEFT: tuple[tuple[Kind, str], ...] = (
    ("PROJECT", _FARMS + r" (?:de |du |des |d[’']|à )(?:la |les |l[’'])?"),
    ("PROJECT", _PROGRAMMES + _OF),
    ("EVENT", _FAIRS + _OF),
    ("ORG", _FIRMS),
    ("ORG", _HEADS_OF),
    ("PERSON", _TITLES),
    ("PRODUCT", rf"(?-i:{_THINGS})"),
    # *Drone Surveyor* is a trade, *le drone Surveyor* a drone: French writes the noun in lower case.
    ("PRODUCT", rf"(?-i:{any_of('things.fr')})(?: spatiale?| russe| humanitaire)? [«“\"]? ?"),
    ("PLACE", _WHERE),
    ("PLACE", _IN),
)
_SAYS = (
    r"a annoncé|annonce|lance|lève|signe|rachète|acquiert|choisit|remporte|dévoile|présente|inaugure|confie"
    r"|recrute|obtient"
    r"|vient de"
    r"|veut|mise|launche[sd]|unveil(?:s|ed)|announce[sd]|sign(?:s|ed)|raise[sd]|acquire[sd]"
    r"|to (?:buy|build|supply|acquire)|wins?|won"
    r"|plans|says|said|selects|slams|completes|orders|secures|teams up|appoints|bags|eyes|partners"
    r"|s[’']allie|s[’']associe"
)
_POSTS = (
    r"PDG|CEO|directeur|directrice|présidente?|chief|ministre|maire|chercheur|professor|a déclaré|explique|déclare"
    r"|estime|told"
)
_FARM_WORDS = r"(?:wind ?(?:farm|park|project|array|auction|tender|zone)|project|programme|scheme|initiative)"
_FARM_PARTS = (
    r"(?:turbines?|monopiles?|foundations?|(?:offshore )?substations?|export cables?|lease|site|zone|phase|development"
    r"|FID|[Cc]onstruction and [Oo]perations [Pp]lan|consent)"
)
_FIRM_WORDS = (
    r"(?:group|SA|SAS|SE|AG|GmbH|Ltd|Inc|plc|NV|S\.A\.|chief|CEO|boss|shares|subsidiary|unit|drones?|chairman|executive"
    r"|spokes\w+|engineers?|staff|plant|factory)"
)
_RIGHT: tuple[tuple[Kind, str], ...] = (
    ("PROJECT", rf" (?:offshore |floating |onshore )?{_FARM_WORDS}\b"),
    ("PROJECT", rf" {_FARM_PARTS}\b"),
    ("PRODUCT", rf" {any_of('things.en')}\b"),
    ("ORG", rf"(?:[’']s)? {_FIRM_WORDS}\b"),
    ("ORG", rf",? (?:{_SAYS})\b"),
    ("PERSON", rf",? (?:{_POSTS})\b"),
    ("EVENT", r" (?:20\d\d|conference|summit|show|fair|expo|exhibition|trade fair)\b"),
)
_LEFT_RE = tuple((kind, re.compile(rf"(?:^|[\W_])(?:{pattern})\Z", re.IGNORECASE)) for kind, pattern in _LEFT)
_RIGHT_RE = tuple((kind, re.compile(pattern)) for kind, pattern in _RIGHT)


_NAMED_THINGS = (
    r"(?:logiciel|application|satellite|nanosatellite|sonde|rover|capsule|navette|atterrisseur|alunisseur|navire|frégate"
    r"|corvette|sous-marin|brise-glace|porte-avions|pétrolier|vraquier|porte-conteneurs|cargo|voilier|catamaran|paquebot"
    r"|câblier|supercalculateur|télescope|telescope|microscope|spacecraft|vessel|baptisée?|dubbed|software|app"
    r"|le site|plate-?forme|messagerie|chatbot|agent conversationnel|cryptomonnaie"
    r"|drone espion|jeu vidéo|jeu|video game) [«“\"]? ?"
)
_FIRM_IN_FRENCH = (
    r"(?:société|start-?up|jeune pousse|fabricant|constructeur|éditeur|opérateur|énergéticien|entreprise"
    r"|équipementier|industriel|groupe|géant|fintech|biotech)"
    r"(?: [a-zà-ÿ-]+(?:ais|ois|ien|éen|ain|and|ol)n?e?| crypto){0,2} |chez "
)
# Heads so telling that they overrule a model: what follows a ministry's or a program's word is that thing.
_STRONG: tuple[tuple[Kind, str], ...] = (
    ("PROJECT", rf"{_FARM_HEADS}{_FARM_ADJECTIVES}+ (?:de |du |des |d[’'])(?:la |les |l[’'])?"),
    ("PROJECT", r"(?:programme|appel à projets|wind ?farm|wind park) (?:of |at |called |dubbed )?[«“\"]? ?"),
    ("PROJECT", r"(?:le|du|au|un|ce|son|leur) (?:méga-?)?projet [«“\"]? ?"),
    ("EVENT", r"(?:salon|conférence|congrès|trade show|trade fair) [«“\"]? ?"),
    ("ORG", _FIRM_IN_FRENCH),
    ("ORG", _HEADS_OF),
    ("PERSON", _TITLES),
    (
        "ORG",
        r"(?:joueu(?:r|se)|entraîneur|attaquant|défenseur|milieu|buteur|capitaine|club) (?:de |du |d[’'])",
    ),
    ("PRODUCT", _NAMED_THINGS),
)
_STRONG_RE = tuple((kind, re.compile(rf"(?:^|[\W_])(?:{pattern})\Z", re.IGNORECASE)) for kind, pattern in _STRONG)
_STRONG_RIGHT = re.compile(rf" (?:\d[\d.,]* ?[MG]W )?(?:offshore |floating |onshore )*{_FARM_WORDS}\b")


# What follows a comma or a copula says what a name is: *Osmo, une batterie de 100 MW*, *Archax is a robot*.
_IS_A = (
    r"[»”\"]?(?:, (?:(?:une?|la|le(?! projet| programme)|son|sa|an?|its|the(?! pro)|nouveau|nouvelle)\b ?|l[’'])"
    r"|,? (?:est|sera|is|are|will be) (?:une?|le|la|an?|the) )(?:[\w-]+ ){0,2}?"
)
_IS_PROJECT = (
    r"(?:batterie de \d+|centrale (?:solaire|photovoltaïque)|parc éolien|ferme (?:éolienne|solaire)|projet|mégaprojet"
    r"|installation de (?:stockage|production)|mégacentre|data ?center|centre de données|wind ?farm"
    r"|wind project|project|gigafactory|programme|initiative)"
)
_IS_PRODUCT = (
    r"(?:mini-?drones?|drones?|avions?|hélicoptères?|satellites?|sondes?|fusées?|lanceurs?|navires?|voiliers?|robots?"
    r"|logiciels?|outils?|boîtes? à outils|applis?|applications?|plateformes?|capteurs?|caméras?|télescopes?"
    r"|microscopes?|casques?|gamme d|batteries? (?!de \d)|modèles? d|quadcopters?|aircraft|eVTOLs?|spacecraft|rockets?"
    r"|vessels?|ships?|apps?|tools?|toolkits?|software|librar(?:y|ies)|sensors?|cameras?|telescopes?|headsets?|chatbots?)"
)
_IS_EVENT = r"(?:salons?|festivals?|conférences?|congrès|conference|trade show|trade fair|exhibition)"
_IS_THING: tuple[tuple[Kind, str], ...] = (("PROJECT", _IS_PROJECT), ("PRODUCT", _IS_PRODUCT), ("EVENT", _IS_EVENT))
_APPOSED = tuple((kind, re.compile(rf"{_IS_A}{noun}\b", re.IGNORECASE)) for kind, noun in _IS_THING)


def strong_kind(text: str, start: int, end: int) -> Kind | None:
    """Return the kind that a head word right before, or *wind farm* right after, makes of an unknown name."""
    left = text[max(0, start - _REACH) : start]
    for kind, pattern in _STRONG_RE:
        if pattern.search(left):
            return kind
    return "PROJECT" if _STRONG_RIGHT.match(text, end) else None


def apposed_kind(text: str, end: int) -> Kind | None:
    """Return the kind of the noun that a comma or copula sets beside a name ending at ``end``."""
    return next((kind for kind, pattern in _APPOSED if pattern.match(text, end)), None)


def kinds_beside(text: str, start: int, end: int) -> tuple[Kind, ...]:
    """Return the kinds that the words around ``text[start:end]`` speak for, most telling first."""
    left, right = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    found = [kind for kind, pattern in _LEFT_RE if pattern.search(left)]
    found += [kind for kind, pattern in _RIGHT_RE if pattern.match(right)]
    return tuple(dict.fromkeys(found))
