"""How authors speak to readers, in several languages: what tells a note from a story."""

import re

LONGEST_TALK = 3000
"""The most characters of a paragraph that may be a note without saying so."""

_I = re.IGNORECASE

_MARK = (
    r"(?:a\s*/\s*n\b|n\s*/\s*a\s*[:.-]|a\.n\.|an\s*:|a\.?d\.?a\.?\s*:|nda\s*[:.-]|n\.d\.a\.?|(?:the\s+)?(?:author|translator|transcriber)(?:['’]?s?['’]?)?\s+(?:end\s*)?notes?\b|t\s*/\s*n\b|tl?n\s*:|n\.?d\.?t\.?\s*:"
    r"|(?:chapter\s+)?(?:end|start|beginning|pre|post)?\s*-?notes?\s*:|(?:end\s*)notes?\b|disclaimers?\b|warnings?\s*:|trigger\s+warnings?\b|tw\s*:|cw\s*:"
    r"|anmerkung(?:en)?\b(?=\s*(?:[:.]|de[rs]\b|von\b|$))|autor(?:en)?notiz\b|haftungsausschluss\b|vorwort\s*:|nachwort\s*:"
    r"|notes?\s+d(?:e\s+(?:l['’]\s*auteure?|fin|la\s+traductrice)|u\s+traducteur)\b|note\s+d['’]auteure?\b|avertissements?\b\s*:?"
    r"|notas?\s+d(?:e\s+la|el?|[ao])\s+(?:autor|traductor|tradutor)[a]?\b|notas?\s+(?:finales|finais|iniciales|iniciais)\b|nota\s*:"
    r"|aviso(?:s)?(?:\s+legal)?\s*:|descargo\b|descargo de responsabilidad"
    r"|(?:not[ae]|angolo)\s+(?:dell['’]\s*)?aut(?:rice|ore)\b|noot van de (?:auteur|schrijver|schrijfster|vertaler)\b"
    r"|(?:notka\s+)?od\s+(?:autor(?:a|ki)|tłumacz(?:a|ki))\b|notka autorska\b|(?:слово |от )автора\b|примечани[ея]\b"
    r"|а/н\s*:"
    r"|作者の言葉|作者有话说|あとがき|まえがき|后记|作者注|作者的话|작가의 말)"
)
MARKED = re.compile(rf"[(\[{{<*_~\s\"“—–-]*{_MARK}", _I)
MARK_ALONE = re.compile(rf"[\W_]*{_MARK}[\W_]*", _I)
END_MARK = re.compile(
    r"[\W_]*(?:end|ende|fin)\s+(?:of\s+)?(?:the\s+)?(?:a\s*/\s*n|author['’]?s?\s+notes?|notes?)[\W_]*", _I
)
TURNS_TO_STORY = re.compile(
    (
        r"[\W_]*(?:(?:now\s+)?on(?:ward)?s?\s+(?:with|to)\s+the\s+(?:story|chapter|fic)|and\s+now.{0,20}story"
        r"|story\s+start|enjoy(?:\s+the\s+(?:story|chapter))?|viel spa(?:ß|ss)(?: beim lesen)?|bonne lecture"
        r"|boa leitura|disfruten)[\W_]*"
    ),
    _I,
)

THANKS = re.compile(
    r"[(\[{*_~\s]*(?:(?:a |an )?(?:(?:many|big|huge|special|very|enormous|million|thousand|quick) )*(?:thanks?\b"
    r"|thank you\b|shout[ -]?out\b)|acknowledge?ments?\b"
    r"|dedicat(?:ed|ion)\b|beta(?:ed|['’]d)? |please (?:review|comment|leave|vote|r ?& ?r)\b|(?:reviews|comments"
    r"|kudos) (?:are|is|and|make|feed)\b"
    r"|i (?:do not|don['’]?t) own\b|i own nothing\b|(?:ein )?(?:vielen |herzlichen |gro(?:ß|ss)e[sn]? "
    r"|ganz )*dank(?:e|eschön)?\b(?! ihm| ihr\b)|merci\b|un grand merci"
    r"|(?:muchas |mil |muchísimas )?gracias\b|(?:muito )?obrigad[ao]s?\b|grazie\b|bedankt\b|für meine"
    r"|für alle|pour ma|dedicad[oa]\b|gewidmet)",
    _I,
)

# Each is a sign that the author speaks to readers; two in one paragraph leave little doubt.
_TERMS = [
    re.compile(pattern, _I)
    for pattern in (
        (
            r"\b(?:thank(?:s| you)|danke|dank an|merci|gracias|obrigad[ao]s?|grazie|bedankt|dank je|dziękuję|dzięki"
            r"|спасибо|благодар(?:ю|им))\b"
        ),
        (
            r"\b(?:my|our|the|meine[rn]?|ma|mi|minha|wonderful|lovely|amazing|awesome) (?:\w+ )?(?:beta|b[eê]ta"
            r"|betaleserin)\b|\bbeta[- ]?read|\bbeta(?:e|['’])?d\b|\bun-?beta|\bb[eê]ta(?:leser|lecteur|lectrice"
            r"|lectora?|s)?\b"
        ),
        (
            r"\b(?:p?reviews?|reviewers?|reviewed|reviewing|kommis?|reviewt?|rese[nñ]as?|r ?& ?r|rnr"
            r"|critici[sz]m|constructive|flames?|feedback|r[uü]ckmeldung(?:en)?|recension[ei]|recensito|recenzj\w+"
            r"|отзыв\w*)\b"
        ),
        r"\b(?:comments?|commented|kommentare?|kommentiert?|commentaires?|commentez|comentarios?|coment[eá]rios?|comenten|comentem|comentad|commenti|komentarz\w*|reacties?|комментари\w+)\b",
        (
            r"\bkudos\b|\b(?:vote|voten|votem|votez|votet|vot[ae]d)\b|\bfav(?:ou?rit)?(?:e[ds]?|ing|s)\b"
            r"|\b(?:followers?|followed|following me)\b|\bsubscri|\bsterne? da"
        ),
        (
            r"\b(?:this|last|next|new|first|previous|another|of the|dieses?|n[aä]chste[sn]?|neue[sn]?"
            r"|letzte[sn]?|ce|prochain|nouveau|dernier|este|pr[oó]ximo|nuevo|[uú]ltimo|novo"
            r"|prossimo|il|następn\w+|now\w+|volgende?|nieuwe?|следующ\w+|нов\w+) (?:chapters?|chappies?|chap|kapitels?"
            r"|chapitres?|cap[ií]tulos?|capitolo|rozdzia[łl]\w*|hoofdstuk|глав\w+|installment"
            r"|part of (?:the|this) story)\b|\bend of (?:part|chapter|book)\b|\bfinal chapter"
            r"|\bchapter (?:is )?up\b"
        ),
        (
            r"\b(?:updat(?:e[ds]?|ing)|hochgeladen|hochladen|actuali[sz]\w+|atuali[sz]\w+|mise à jour|post(?:ed"
            r"|ing)? (?:this|the next|again|every|more|soon|weekly)|upload(?:ed|ing)?)\b"
        ),
        (
            r"\b(?:(?:thanks|thank you|merci|gracias|danke) (?:\w+ ){0,4}(?:reading|lesen|(?:d['’]avoir )?lu"
            r"|leer|ler)|for reading|fürs lesen|pour avoir lu|por leer|por ler(?:em)?|per aver letto"
            r"|chi ha letto|voor het lezen|za (?:prze)?czyt\w+|за (?:про)?чтение)\b"
        ),
        (
            r"\b(?:readers?|leser(?:innen)?n?|lecteurs?|lectrices?|lector(?:es|as)?|leitor(?:es|as)?|lettori|lezers?|czytelni\w+|читател\w+"
            r"|you guys|y['’]all|everyone who|alle,? die|todos los que|todos que|my lovelies|lieben)\b"
        ),
        (
            r"\b(?:i (?:do not|don['’]?t|dont) own|i own (?:nothing|only|none)|own(?:s|ed)? (?:nothing|all"
            r"|the characters|harry|twilight|naruto)|belongs? to|geh[oö]r(?:t|en) (?:nicht )?(?:mir|alles|j)"
            r"|nicht mir|m['’]appartien\w+|appartien\w+|(?:no|não) me pertenec\w+|pertenec\w+ a|pertencem"
            r"|rights? (?:reserved|belong))\b"
        ),
        r"\b(?:disclaimer|copyright|all rights|plagiari|do not (?:copy|repost))\b",
        (
            r"\b(?:hope (?:you|that you|everyone)|hoffe,? (?:es|ihr|euch|dass)|j['’]esp[eè]re que|espero que"
            r"|spero che|ik hoop dat|mam nadzieję,? że|надеюсь,?(?: что)?)"
            r" ?(?:\w+ ){0,5}(?:enjoy\w*|like[ds]?|lik|gef[aä]llt|gefallen|plu\b|mögt|plaise?|plaira"
            r"|vous|aim\w+|leuk|podoba\w*|spodoba\w*|вам|понрав\w+|guste|gustado|disfrut\w+|gost\w+|curt\w+|piaccia|all)"
        ),
        (
            r"\b(?:enjoy (?:the|this|reading)|enjoy!|viel spa(?:ß|ss)|bonne lecture|boa leitura|buona lettura"
            r"|disfruten|happy reading)"
        ),
        (
            r"\b(?:let me know|lasst mich|schreibt mir|dites[- ]moi|d[ií]ganme|me digam|tell me what you"
            r"|what (?:do|did) you (?:guys )?think|was denkt ihr|qu['’]en pensez)"
        ),
        (
            r"\b(?:fan ?fic(?:tion)?s?|ff(?:\.net|n)?|ao3|wattpad|tumblr|patreon|ko-fi|discord server|one-?shot"
            r"|drabble|word count|prompt|canon|o\.?c\.?s?|pairing|headcanon|songfic)\b"
        ),
        (
            r"\b(?:(?:this|my|the|first|new|new(?:est)?|meine?|erste|cette|ma|mi|esta|minha|primera|primeira"
            r"|première) (?:\w+ )?(?:story|stories|fic|ff|geschichte|histoire|historia|hist[oó]ria|storia)"
            r"|this was (?:written|fun|hard))\b"
        ),
        (
            r"\b(?:sorry (?:for|about|if|it|that|this)|apologi[sz]e for|entschuldig\w+|tut mir leid,? dass"
            r"|d[eé]sol[eé]e? (?:pour|de)|perd[oó]n(?:en)? por|lo siento por|desculp\w+ (?:pel|a dem)|przepraszam za"
            r"|прост(?:и|ите) за|извини(?:те)? за)\b"
        ),
        (
            r"\b(?:(?:long )?(?:wait|delay|hiatus)|writer['’]?s block|grammar|mistakes|typos|spelling|tippfehler"
            r"|rechtschreib\w+|fautes|errores|erros|english (?:is not|isn['’]t) my)\b"
        ),
        (
            r"\b(?:stay tuned|see you (?:next|in|soon)|until next (?:time|week)|bis (?:zum n[aä]chsten|bald"
            r"|dann)|à bient[oô]t|à la prochaine|nos leemos|hasta (?:el|la) pr[oó]xim\w+|hasta pronto"
            r"|at[eé] (?:o|a) pr[oó]xim\w+|beijos|besos|bisous|xoxo|alla prossima)\b"
        ),
        (
            r"\b(?:leave (?:a|me|some|your)|drop (?:a|me)|hit (?:that|the)|press (?:that|the)|please (?:review"
            r"|comment|vote|leave|follow|tell)|make my day|laisse[zr]|n['’]h[eé]sitez|dejen|deixem|d[eé]jame"
            r"|lasst (?:mir|doch|ein)|hinterlasst)\b"
        ),
        (
            r"\b(?:dedicated to|dedication|inspired by|based on|credit(?:s)? (?:to|goes?)|shout[ -]?out|gewidmet"
            r"|d[eé]di[eé]e? à|dedicad[oa]|inspir[eé]e?)\b"
        ),
        (
            r"\bthank (?:you|s)?.{0,40}\b(?:who|for) (?:read(?!ing)|fixed|helped|reviewed|support\w*|all"
            r"|everything)\b|\b(?:all (?:the|your)|your) (?:\w+ )?(?:support|love|reviews|comments|kudos"
            r"|patience)\b"
        ),
        (
            r"\bp\.?o\.?v\b.{0,20}\bnext\b|\b(?:next|nächste[sr]?|prochaine?|pr[oó]xim[oa]|prossim[oa])\b.{0,40}"
            r"\b(?:p\.?o\.?v|p\.?d\.?v)\b"
        ),
        r"\bp\.?o\.?v(?:['’]?s)?\b",
        (
            r"\b(?:follow|support|find|join) (?:me|us) (?:on|at|over)\b|\bread ahead\b|\bearly access\b"
            r"|\blink in (?:my |the )?(?:bio|profile|description)\b|(?<!\S)@\w{3,}"
        ),
        (
            r"\b(?:previously (?:published|posted)|originally (?:posted|published|written)|cross-?posted"
            r"|re-?write|rewritten|edited version)\b"
        ),
    )
]
_SPOKEN = re.compile(
    r"^\W*[\"“„«»‹「『—–―]|[\"”“«»]\s*(?:said|asked|he|she|i|they|whispered|sagte|fragte|dit|dijo|disse)\b", _I
)
_ENOUGH = 3


def talk(text: str) -> int:
    """Return how much a paragraph speaks to readers: 0 is not at all, 2 and more is for certain."""
    score = 0
    for term in _TERMS:
        if term.search(text):
            score += 1
            if score == _ENOUGH:
                break
    return score


def is_spoken(text: str) -> bool:
    """Whether a character speaks in a paragraph."""
    return bool(_SPOKEN.search(text))
