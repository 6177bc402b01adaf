"""False friends: words that begin like a form of a name and are none.

Each row was met in a word list of its language or in posts, and would be taken for the name without the row.
"""

from functools import lru_cache

_FALSE_FRIENDS = """
    alba: albac alban albat
    albert: albertin albertsl albertvil
    alka: alkaa alkaj alkal alkam alkan alkav
    alko: alkohol alkomet alkotest alkov
    amazon: amazone
    anders: andersen
    angela: angelin
    anna: annan annat
    apple: applesau applet
    audi: audib audic audie audif audit
    avon: avond avont
    bahn: bahnbrech
    base: baseb basem baser
    bayer: bayeri bayern bayersk
    bell: belle belli bellw
    ben: benin
    bild: bildhau bildhübsch bildning bildnis bildschirm bildschön
    bilka: bilkal bilkanal bilkar
    blokker: blokkere
    boots: bootsf bootsg bootsh bootsm bootst
    borg: borgar borgmäst
    braun: braunhem braunkohl braunschw
    cain: caine
    capri: capric
    carl: carlgren carlst
    citi: citiz
    coop: cooper
    costa: costar
    danske: dansken dansker
    delta: deltag deltak
    dish: dishc disht dishw
    dove: dovet
    elis: elise elisj
    elisa: elisab
    elon: elong
    elster: elsterwerda
    ergo: ergod ergom ergon ergot
    fakta: faktor
    fanta: fantas
    fiat: fiatt
    fila: filad filam filar filat
    finn: finne finnl finnm finns
    fiskars: fiskarst
    folksam: folksaml
    ford: forder fordj fordr
    fortis: fortiss
    frank: frankf frankr
    frederik: frederiksv
    gall: gallb galle galls
    gamma: gammag gammal gammas
    gent: gentl
    hans: hansen
    helios: heliosc heliosk
    hema: hemat
    hero: herod heroi herop herost herov
    hipp: hippe hippi
    hydro: hydrod hydrof hydrogen hydrograf hydrok hydrolog hydroly hydropon
    intel: intell
    jack: jackb jacke jackh jackk jackp
    jens: jensen
    johan: johannesb
    jula: julia julie
    jysk: jyske
    kappa: kappal
    karhu: karhunpalv
    karl: karlst
    kate: kateg
    kicks: kickst
    kirk: kirke
    kjell: kjeller kjellstr
    klarna: klarnat
    klas: klass
    koff: koffe
    kone: konepist
    kong: kongl kongr
    lars: larsen
    lego: legokn legosol
    levi: levit
    linde: lindern
    lund: lundberg lundin lundst
    mads: madsen
    maria: marian
    mars: marsch marse marsh marsj marsv
    maxi: maxim
    metro: metrol metron metropa metropo metrosex
    miele: mielek mielenos
    miss: missch
    moto: motoc motor
    musti: mustik
    neste: nestel nestem nesten nester
    nestle: nestled
    niels: nielsen
    norma: normal norman normat
    nova: novasj
    novo: novoc novok novosib
    office: officer
    opel: opelsk
    ordina: ordinari ordinasj ordinat
    otto: ottolin ottoma ottomi ottomo ottonorm
    pepsi: pepsin
    persil: persill
    philip: philippi
    polo: polona polone poloni
    post: postdemo poster postill postkolon postmodern postnatal postpon postskript posttraum postet
    prag: pragm
    rama: ramad raman
    ratio: ration
    real: realpolit
    rema: reman remaste
    reno: renom renon renov
    roth: rothsch rothst
    rusta: rustat
    sanoma: sanomal
    saxo: saxof saxop
    shell: shellfi
    sievi: sievis
    sixt: sixten
    spar: sparg spark sparr spart sparv
    stada: stadi
    star: stark starr start
    steam: steambo
    stena: stenat
    stern: sternbil sternha sternschn sternwart sternzeich
    stig: stign
    stora: storav
    svea: sveal sveav
    sven: svenn svensk
    telekom: telekommuni
    tempo: tempor
    tieto: tietokan tietokon tietosan
    tinder: tinderb
    tori: torino
    tryg: trygd trygg
    trygg: tryggl
    uber: ubergel uberhaupt uberleg uberrasch ubersetz uberspring uberwach
    valio: valiokun
    valmet: valmis
    vans: vansk vansl vansm vanst
    varma: varmast varmist
    varta: vartal
    vero: verona veroni veront verope verove
    viking: vikingsk vikingt
    viktor: viktori
    visa: visafr visaren visat visas
    vitens: vitensk
    wise: wisec
    wolt: wolter wolthuiz
    yle: yleens yleis
    zara: zarin
"""
FALSE_FRIENDS = tuple(
    (beginning, name.strip())
    for name, _, beginnings in (row.partition(":") for row in _FALSE_FRIENDS.strip().splitlines())
    for beginning in beginnings.split()
)
"""Beginnings of words that look like a form of a name, and the name."""


def false_friends(word: str) -> tuple[str, ...]:
    """Beginnings of other words that begin with `word`."""
    return _by_name().get(word, ())


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {}
    for beginning, name in FALSE_FRIENDS:
        names.setdefault(name, []).append(beginning)
    return {name: tuple(beginnings) for name, beginnings in names.items()}
