"""The words of the sheets for the UN, in its three languages; in our own wording.

They stand here and not in the catalogues of the pages, which have neither French nor Spanish.
"""

from collections.abc import Mapping

LANGUAGES = ("en", "fr", "es")

SENTENCES: Mapping[str, tuple[str, str, str]] = {
    "wgeid": ("Working Group on Enforced or Involuntary Disappearances: sheet of minimum elements", "Groupe de travail sur les disparitions forcées ou involontaires : fiche des éléments minimaux", "Grupo de Trabajo sobre las Desapariciones Forzadas o Involuntarias: ficha de elementos mínimos"),
    "ced": ("Committee on Enforced Disappearances, article 30: sheet for a request for urgent action", "Comité des disparitions forcées, article 30 : fiche pour une demande d’action en urgence", "Comité contra la Desaparición Forzada, artículo 30: ficha para una petición de acción urgente"),
    "confidential": ("CONFIDENTIAL. Prepared at {when}.", "CONFIDENTIEL. Préparé le {when}.", "CONFIDENCIAL. Preparado el {when}."),
    "identity": ("Identity of the person", "Identité de la personne", "Identidad de la persona"),
    "date": ("Date of the disappearance", "Date de la disparition", "Fecha de la desaparición"),
    "place": ("Place of the arrest or abduction, or where last seen", "Lieu de l’arrestation ou de l’enlèvement, ou dernier lieu connu", "Lugar de la detención o del secuestro, o último lugar conocido"),
    "forces": ("Those believed responsible", "Auteurs présumés", "Presuntos responsables"),
    "steps": ("Steps taken by relatives or others", "Démarches des proches ou d’autres personnes", "Gestiones de los familiares u otras personas"),
    "submitter": ("Who submits", "Auteur de la communication", "Quién presenta la comunicación"),
    "facts": ("Facts, as they were told", "Faits, tels qu’ils ont été rapportés", "Hechos, tal como se relataron"),
    "domestic": ("Filings with national bodies, with dates", "Recours auprès des autorités nationales, avec dates", "Denuncias ante las autoridades nacionales, con fechas"),
    "international": ("Filings with international bodies", "Saisines d’instances internationales", "Comunicaciones a instancias internacionales"),
    "official": ("What the authorities said", "Ce que les autorités ont déclaré", "Lo que han declarado las autoridades"),
    "photo": ("Photo", "Photographie", "Fotografía"),
    "name": ("Name", "Nom", "Nombre"),
    "identifier": ("Number of an identity paper", "Numéro d’une pièce d’identité", "Número de un documento de identidad"),
    "born": ("Born", "Date de naissance", "Fecha de nacimiento"),
    "citizenship_status": ("Citizenship", "Nationalité", "Nacionalidad"),
    "passport_name": ("Name in the passport", "Nom dans le passeport", "Nombre en el pasaporte"),
    "marks": ("Clothes and marks", "Vêtements et signes particuliers", "Ropa y señas particulares"),
    "accusation": ("Accusation", "Accusation", "Acusación"),
    "other_names": ("Other spellings", "Autres graphies", "Otras grafías"),
    "birth_year": ("Year of birth", "Année de naissance", "Año de nacimiento"),
    "unknown": ("not known", "non connu", "no se conoce"),
    "attached": ("attached", "jointe", "adjunta"),
    "said": ("Said by {speaker} ({role}), {day}.", "Source : {speaker} ({role}), {day}.", "Fuente: {speaker} ({role}), {day}."),
    "disputed": ("Disputed: others say something else.", "Contesté : d’autres disent autre chose.", "Controvertido: otros dicen otra cosa."),
    "custody_said": ("Said under the power of those who hold the person.", "Dit sous l’emprise de ceux qui détiennent la personne.", "Dicho bajo el poder de quienes retienen a la persona."),
    "alleged": ("alleged: {words}", "allégué : {words}", "presunto: {words}"),
    "when": ("About: {time}.", "Date des faits : {time}.", "Fecha de los hechos: {time}."),
    "paper": ("Paper {number}.", "Pièce {number}.", "Documento {number}."),
    "papers": ("Papers, with their sha256", "Pièces, avec leur sha256", "Documentos, con su sha256"),
    "urgent": ("URGENT: the earliest date told ({day}) is less than three months ago, so the urgent procedure may apply.", "URGENT : la date la plus ancienne indiquée ({day}) remonte à moins de trois mois ; la procédure d’urgence peut s’appliquer.", "URGENTE: la fecha más antigua indicada ({day}) es de hace menos de tres meses; puede aplicarse el procedimiento urgente."),
    "standard": ("The earliest date told ({day}) is three months ago or more: the standard procedure applies.", "La date la plus ancienne indiquée ({day}) remonte à trois mois ou plus : la procédure ordinaire s’applique.", "La fecha más antigua indicada ({day}) es de hace tres meses o más: se aplica el procedimiento ordinario."),
    "undated": ("No exact date is told, so it cannot be said whether the urgent procedure applies.", "Aucune date exacte n’est indiquée : on ne peut dire si la procédure d’urgence s’applique.", "No se indica una fecha exacta: no puede decirse si se aplica el procedimiento urgente."),
    "gaps": ("Gaps", "Lacunes", "Lagunas"),
    "gap": ("Missing: {element}.", "Manque : {element}.", "Falta: {element}."),
    "warnings": ("To be checked before sending", "À vérifier avant l’envoi", "Por comprobar antes del envío"),
    "form": ("The full printed form was not read: this is a sheet of the minimum elements.", "Le formulaire imprimé complet n’a pas été lu : ceci est une fiche des éléments minimaux.", "No se ha leído el formulario impreso completo: esta es una ficha de los elementos mínimos."),
    "consent": ("Check that the relatives consent to this submission.", "Vérifier que les proches consentent à cette communication.", "Compruebe que los familiares consienten esta comunicación."),
    "address": ("Add the submitter’s name, address and contact: an anonymous submission is not taken.", "Ajouter le nom, l’adresse et les coordonnées de l’auteur : une communication anonyme n’est pas admise.", "Añada el nombre, la dirección y el contacto de quien presenta: no se admite una comunicación anónima."),
    "treaty": ("Check whether the State is party to the Convention and since when: this sheet does not say so.", "Vérifier si l’État est partie à la Convention et depuis quand : cette fiche ne le dit pas.", "Compruebe si el Estado es parte en la Convención y desde cuándo: esta ficha no lo afirma."),
    "no_domestic": ("No filing with a national body is written down: the Committee asks for one where possible.", "Aucun recours national n’est consigné : le Comité en demande un lorsque c’est possible.", "No consta ninguna denuncia nacional: el Comité la pide cuando es posible."),
    "domestic_helps": ("National remedies need not be exhausted for the Working Group.", "L’épuisement des recours internes n’est pas requis pour le Groupe de travail.", "Para el Grupo de Trabajo no es necesario agotar los recursos internos."),
    "parallel": ("PARALLEL PROCEDURE: a filing with the UN or another international body is written down: {action}. Do not send the same case twice before a lawyer has looked.", "PROCÉDURE PARALLÈLE : une saisine de l’ONU ou d’une autre instance internationale est consignée : {action}. Ne pas envoyer deux fois la même affaire sans l’avis d’un avocat.", "PROCEDIMIENTO PARALELO: consta una comunicación a la ONU u otra instancia internacional: {action}. No envíe dos veces el mismo caso sin consultar a un abogado."),
    "no_parallel": ("No international filing is written down; ask the family whether there is one.", "Aucune saisine internationale n’est consignée ; demander à la famille s’il y en a une.", "No consta ninguna comunicación internacional; pregunte a la familia si la hay."),
    "translate": ("Quotations are in the language in which they were said: have them translated.", "Les citations sont dans la langue d’origine : les faire traduire.", "Las citas están en su idioma original: hágalas traducir."),
    "kept_back": ("Statements kept back from these readers: {number}.", "Déclarations non communiquées à ces lecteurs : {number}.", "Declaraciones no comunicadas a estos lectores: {number}."),
    "state.at_liberty": ("at liberty", "en liberté", "en libertad"),
    "state.contact_lost": ("contact lost", "contact perdu", "contacto perdido"),
    "state.missing": ("reported missing", "portée disparue", "denunciada como desaparecida"),
    "state.taken_unacknowledged": ("taken, not acknowledged", "enlevée, détention non reconnue", "aprehendida, detención no reconocida"),
    "state.in_custody": ("in custody", "en détention", "bajo custodia"),
    "state.transferring": ("being moved", "en cours de transfert", "en traslado"),
    "state.removed": ("removed from the country", "éloignée du pays", "sacada del país"),
    "state.deported": ("deported", "expulsée (déportation)", "deportada"),
    "state.expelled": ("expelled by a court", "expulsée par décision de justice", "expulsada por decisión judicial"),
    "state.extradited": ("extradited", "extradée", "extraditada"),
    "state.handed_over": ("handed over", "remise", "entregada"),
    "state.returned_voluntarily": ("returned “voluntarily”, as the authority says", "retournée « volontairement », selon l’autorité", "regresada «voluntariamente», según la autoridad"),
    "state.returned_by_force": ("returned by force", "renvoyée de force", "devuelta por la fuerza"),
    "state.abducted": ("abducted and taken across the border", "enlevée et conduite au-delà de la frontière", "secuestrada y llevada al otro lado de la frontera"),
    "state.released": ("released", "libérée", "liberada"),
    "state.left": ("escaped or left", "évadée ou partie", "evadida o ausente"),
    "state.exile": ("in exile", "en exil", "en el exilio"),
    "state.dead": ("dead", "décédée", "fallecida"),
    "state.unknown": ("whereabouts not known", "lieu inconnu", "paradero desconocido"),
    "state.charged": ("charged", "inculpée", "imputada"),
    "state.on_trial": ("on trial", "en procès", "en juicio"),
    "state.sentenced": ("sentenced", "condamnée", "condenada"),
    "role.self": ("the person", "la personne elle-même", "la propia persona"),
    "role.family": ("family", "famille", "familia"),
    "role.lawyer": ("lawyer", "avocat", "abogado"),
    "role.eyewitness": ("eyewitness", "témoin oculaire", "testigo presencial"),
    "role.co_detainee": ("held in the same place", "codétenu", "codetenido"),
    "role.staff": ("colleague or friend", "collègue ou ami", "colega o amigo"),
    "role.court": ("court", "tribunal", "tribunal"),
    "role.police": ("police", "police", "policía"),
    "role.ministry": ("ministry", "ministère", "ministerio"),
    "role.prosecutor": ("prosecutor", "parquet", "fiscalía"),
    "role.embassy": ("embassy", "ambassade", "embajada"),
    "role.monitor": ("human rights organisation", "organisation de droits humains", "organización de derechos humanos"),
    "role.media": ("media", "média", "medio de comunicación"),
    "role.other": ("somebody else", "autre personne", "otra persona"),
    "role.anonymous": ("somebody unnamed", "personne non nommée", "persona no nombrada"),
    "sort.filing": ("application or complaint", "requête ou plainte", "solicitud o denuncia"),
    "sort.appeal": ("appeal", "recours", "recurso"),
    "sort.letter": ("letter", "lettre", "carta"),
    "sort.urgent": ("urgent appeal to the UN", "appel urgent à l’ONU", "llamamiento urgente a la ONU"),
    "sort.visit": ("visit", "visite", "visita"),
    "sort.publication": ("publication", "publication", "publicación"),
    "sort.other": ("other", "autre", "otro"),
    "standing.planned": ("planned", "prévu", "previsto"),
    "standing.sent": ("sent, no answer yet", "envoyé, sans réponse à ce jour", "enviado, sin respuesta aún"),
    "standing.answered": ("answered", "répondu", "contestado"),
    "standing.refused": ("refused", "refusé", "rechazado"),
    "standing.closed": ("closed", "clos", "cerrado"),
}  # fmt: skip


def told(key: str, lang: str, **values: object) -> str:
    """Return a sentence with its values filled in.

    Raises:
        KeyError: there is no such sentence.
    """
    return SENTENCES[key][LANGUAGES.index(lang)].format(**values)


def code(kind: str, value: str, lang: str) -> str:
    """Return the word of a code, or the code where it is not of our lists."""
    key = f"{kind}.{value}"
    return told(key, lang) if key in SENTENCES else value
