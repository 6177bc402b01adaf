"""What must and what must not be met: rows of `name: words` by language; each word becomes a test."""

FORMS = {
    "fi": """
        Kesko: Keskon Keskoa Keskossa Keskosta Keskoon Keskolla Keskolta Keskolle Keskona Keskoksi Keskotta
        Kesko: Keskot Keskojen Keskoja Keskoissa Keskoista Keskoihin Keskoilla Keskoilta Keskoille Keskoina
        Kesko: Keskoiksi Keskoitta Keskoineen Keskoineni Keskoin Keskoni Keskosi Keskonsa Keskomme Keskonne
        Kesko: Keskossamme Keskostaan Keskolleni Keskolleen Keskoonsa Keskojensa Keskojaan Keskoksemme Keskoistanne
        Kesko: Keskokin Keskokaan Keskoko Keskokos Keskokohan Keskohan Keskopa Keskopas Keskonko
        Kesko: Keskossakaan Keskostahan Keskoonpa Keskollekinko Keskostammekin Keskostaankaan Kesko:n
        Telia: Telian Teliaa Teliassa Teliasta Teliaan Telialla Telialta Telialle Teliana Teliaksi Teliatta
        Telia: Teliat Telioiden Telioita Telioissa Telioin Telioihin Telioilla Telialleni Telialtanikin Telialtahan
        Tekir: Tekirin Tekiriä Tekirissä Tekiristä Tekiriin Tekirillä Tekiriltä Tekirille Tekirinä Tekiriksi
        Tekir: Tekirittä Tekirit Tekirien Tekireitä Tekirejä Tekireissä Tekireihin Tekirini Tekirillehän
        Sampo: Sammon Sampoa Sammossa Sammosta Sampoon Sammolla Sammolta Sammolle Sampona Sammoksi Sammot
        Sampo: Sampojen Sampoja Sammoissa Sampoihin Sammoille Samponi Sampoonsa Sammostakin Sampokaan
        Elisa: Elisan Elisaa Elisassa Elisasta Elisaan Elisalla Elisalta Elisalle Elisaksi Elisankin Elisako
        Valio: Valion Valiota Valiossa Valiosta Valioon Valiolla Valiolle Valiotakaan
        Rovio: Rovion Roviota Rovioon Roviolta
        Nokia: Nokian Nokiaa Nokiassa Nokialta Nokioita Nokiaansa
        Alko: Alkon Alkoa Alkossa Alkosta Alkoon Alkolla Alkolle Alkoista Alkohan Alkoko
        Neste: Nesteen Nestettä Nesteessä Nesteeltä Nesteeseen Nesteet Nesteiden Nesteitä Nesteisiin
        Kone: Koneen Konetta Koneessa Koneelta Koneeseen Koneiden Koneita Koneeni Koneessaan
        Oikotie: Oikotien Oikotietä Oikotiellä Oikotielle Oikotiestä Oikotiehen
        Laite: Laitteen Laitetta Laitteessa Laitteeseen Laitteiden Laitteita Laitteensa Laitteissamme
        Nike: Niken Nikeä Nikellä
        Yle: Ylen Yleä Ylessä Ylestä Yleltä Ylelle Yle:n
        Ilmarinen: Ilmarisen Ilmarista Ilmarisessa Ilmarisesta Ilmariseen Ilmarisella Ilmariselta
        Ilmarinen: Ilmarisena Ilmariseksi Ilmariset Ilmarisia Ilmaristen Ilmarisissa Ilmariseni Ilmarisensa
        Keskisuomalainen: Keskisuomalaisen Keskisuomalaista Keskisuomalaisessa Keskisuomalaiseen
        Veikkaus: Veikkauksen Veikkausta Veikkauksessa Veikkaukseen Veikkauksella Veikkaukselta
        Veikkaus: Veikkaukselle Veikkauksetkin Veikkausten Veikkauksia Veikkaukseni Veikkaukseensa
        Osuus: Osuuden Osuuteen Osuutta Osuudesta Osuutensa Osuuksien
        Rengas: Renkaan Rengasta Renkaassa Renkaaseen Renkaalla Renkaat Renkaiden Renkaita Renkaisiin
        Renkaat: Renkaiden Renkaita Renkaissa Renkaista Renkaisiin Renkailla Renkaille Renkailtakin Renkaatkin
        Asiakas: Asiakkaan Asiakasta Asiakkaalle Asiakkaat Asiakkaiden
        Adidas: Adidaksen Adidasta Adidakselta Adidasin
        Osuuspankki: Osuuspankin Osuuspankissa Osuuspankkia Osuuspankkiin Osuuspankeissa Osuuspankkien
        Gigantti: Gigantin Giganttia Gigantissa Gigantista Giganttiin Gigantilta Giganteista
        Tokmanni: Tokmannin Tokmannia Tokmannilla Tokmannille Tokmannilta Tokmannit
        Marimekko: Marimekon Marimekkoa Marimekossa Marimekkoon Marimekoista Marimekkojen
        Pirkka: Pirkan Pirkkaa Pirkasta Pirkkaan Pirkkoja
        Verkkokauppa: Verkkokaupan Verkkokauppaa Verkkokaupassa Verkkokauppaan Verkkokaupoissa Verkkokauppojen
        Matkahuolto: Matkahuollon Matkahuoltoa Matkahuoltoon Matkahuollossa Matkahuollolta
        Kauppalehti: Kauppalehden Kauppalehteä Kauppalehdestä Kauppalehteen Kauppalehdet Kauppalehdelle
        Etuovi: Etuoven Etuovea Etuovessa Etuovesta
        Vesi: Veden Vettä Vedestä Veteen Vedelle Vesien
        Puhelin: Puhelimen Puhelinta Puhelimesta Puhelimeen Puhelimet Puhelimien
        Seinäjoki: Seinäjoen Seinäjoella Seinäjokea Seinäjoelta
        Helsinki: Helsingin Helsinkiä Helsingissä Helsinkiin Helsingistä
        Posti: Postin Postia Postissa Postista Postiin Postilla Postilta Postille Posteja Postein Postien Postihan
        Stockmann: Stockmannin Stockmannia Stockmannilla Stockmannille Stockmannilta
        VR: VR:n VR:ää VR:ssä VR:llä VR:ltä VR:stä VR:hen VR:lle VR:nkin VR:kin VR:lläkään
        DNA: DNA:n DNA:ta DNA:lla DNA:lta DNA:lle DNA:han DNA:sta
        SJ: SJ:n SJ:tä SJ:llä SJ:hin
        IKEA: IKEA:n IKEA:sta IKEA:ssa IKEA:aan IKEA:lle Ikean Ikeasta Ikeaan Ikeaa Ikeassa
        Tele2: Tele2:n Tele2:ta Tele2:lla Tele2:sta
        Renault: Renault'n Renault'lla Renault’lla Renaultin
        """,
    "sv": """
        Volvo: Volvos Volvon Volvons Volvor Volvorna Volvo:s
        Nordpost: Nordposts Nordposten Nordpostens Nordposter Nordposterna Nordpost:s Nordpost's
        PostNord: PostNords PostNorden PostNord:s
        Klarna: Klarnas Klarnan Klarnans Klarnor Klarnorna
        Telia: Telias Telian Telians Telia:s
        Nordpolle: Nordpollen Nordpollens Nordpolles
        Flashback: Flashbacks Flashbacken Flashbackare Flashbackarna
        Systembolaget: Systembolagets
        SJ: SJ:s SJs SJ:et
        ICA: ICA:s ICAs Icas ICA:n ICA:er
        H&M: H&M:s H&Ms
        SVT: SVT:s SVTs SVT’s
        Tele2: Tele2:s Tele2s
        """,
    "no": """
        Posten: Postens Postenet
        Telenor: Telenors Telenoren
        NRK: NRKs NRK's NRK:s
        Rema: Remas Remaen Remaer
        Lykke: Lykken Lykkens Lykkes
        Elkjøp: Elkjøps Elkjøpet Elkjøpene
        """,
    "da": """
        DSB: DSBs DSB's DSB'et DSB:s
        TDC: TDC's TDC'en TDC’s
        Netto: Nettos Nettoen Nettoer Nettoerne
        Bilka: Bilkas Bilkaen
        Nordbank: Nordbanken Nordbankens Nordbankerne
        Volvo: Volvoen Volvoens Volvos
        """,
    "nl": """
        Ziggo: Ziggo's Ziggo’s Ziggos Ziggootje Ziggo'tje Ziggootjes
        KPN: KPN'er KPN'ers KPN’er KPN's KPNs KPN'tje
        NS: NS'er NS'ers
        Hema: Hema's Hemaatje
        Blokker: Blokkers Blokkertje Blokkertjes
        Philips: Philips's
        Randstad: Randstads Randstadje
        """,
    "de": """
        Telekom: Telekoms Telekom's Telekom’s Telekomer Telekomern
        Bahn: Bahnen Bahns Bahner
        Sparkasse: Sparkassen Sparkasses
        Porsche: Porschen Porsches
        Daimler: Daimlers Daimlern
        Allianz: Allianzen Allianz's
        Lufthansa: Lufthansas
        Commerzbank: Commerzbanken
        Youtube: Youtuber Youtuberin Youtubern
        BMW: BMWs BMW's BMW:s
        """,
    "en": """
        Telia: Telia's Telia’s Telias Telia'll Telia'd
        Tesco: Tesco's Tescos
        Lush: Lushes Lush's
        Abbey: Abbeys Abbey's
        Dairy: Dairies Dairy's
        O2: O2's O2s
        """,
}
"""Inflected forms."""

COMPOUNDS = {
    "fi": """
        Nokia: Nokia-puhelin Nokiapuhelin Nokianpuhelimet Nokia-asiakkaat nokialainen nokialaiset
        Tekir: Tekir-kissa Tekirlasku Tekirin-asiakas
        Telia: Telialaskut Telia-lasku Telialiittymä Telianliittymä Teliakauppa
        Elisa: Elisa-liittymä Elisalaskun Elisalainen
        VR: VR-juna VR-lippu
        S-ryhmä: S-ryhmä-kortti S-ryhmäkortti
        """,
    "sv": """
        Nordpost: Nordpostbrevbärare Nordpost-appen Nordpostappen Nordpostpaket Nordpostsbud
        SJ: SJ-tåg SJ-resenärer SJ‑appen
        ICA: ICA-kort ICA-bonusen
        Klarna: Klarnakortet Klarnafaktura Klarna-konto
        Facebook: facebookinlägg facebookgruppen Facebooksidan Facebook-inlägg
        Twitter: twitterstormen twitterflöde Twitterkonto
        Blocket: Blocketannons Blocketkundtjänsten
        """,
    "no": """
        Posten: Postenkunde Posten-appen Postenpakke
        NRK: NRK-en NRK-sjefen
        Statoil: Statoilansatt Statoilsjef Statoil-aksjen
        """,
    "da": """
        Netto: Nettokunde Netto-kunder Nettobutikken Nettoposen
        Nordea: Nordeakunder Nordea-filial
        Lego: Legoklodser Lego-klodser
        """,
    "nl": """
        Ziggo: Ziggoklant Ziggo-abonnement Ziggomonteur Ziggostoring Ziggo-klantenservice
        KPN: KPN-klant KPN-klanten KPN-modem
        Facebook: facebookpagina facebookaccount Facebookgebruiker
        """,
    "de": """
        Bahn: Bahnhof Bahnkunde Bahnkundin Bahnhöfe Bahn-Chef Bahnreisende Bahngewerkschaft Bahnübergang
        Telekom: Telekomvertrag Telekomkunden Telekom-Techniker Telekomsmarke Telekomanbieter
        Sparkasse: Sparkassenkunde Sparkassenkunden Sparkassenkarte Sparkassen-App
        Allianz: Allianzkunde Allianz-Webseite
        Lufthansa: Lufthansatickets Lufthansa-Chef Lufthansaflug
        Twitter: Twitteraccount Twitterkommentare
        """,
    "en": """
        Telia: Telia-owned Telia-app
        Google: Google-owned Google-backed
        """,
}
"""Compounds that the name begins."""

OTHERS = """
    Alko: alkoi alkoivat alkoisi alkoisivat alkoiko alkoholi alkoholin alkoholismi alkovi alkometer alku
    Telekom: Telekommunikation Telekommunikationsunternehmen telekommunikationen telekommunikasjon
    Elisa: Elisabet Elisabeth Elisabethin Elisabets elisabetansk Eliasta elisiot
    SJ: sjö sjön sjuk sjunga själv SJuk sjs-
    Kesko: keskonen keskosen keskosten keskoset keskoinen keskus keskustelu keskellä keskiviikko
    Nordpost: Nordpolen Nordpol Nordpos
    Tekir: Tekirdağ Tekirissa tekiri tekisi tekijä
    VR: VRn vroom vrt vrij vrouw
    Neste: nestemäinen nesteyttää nestekjærlighet nesten nestelen
    Posti: Posten posting postimo positiivinen postaus
    Sampo: samppanja sampi
    Telia: telineistä teline telinet Telija
    Valio: valiokunta valiokunnan valinta
    Varma: varmasti varmastikin varmistaa varmuus
    Elo: elokuva elokuu elokuussa eloisa
    Kela: kello kelpaa kelata
    Yle: yleensä yleisö yleinen yleisin yleisesti
    Musti: mustikka mustikoita mustikan
    Tori: Torinossa torni torstaina
    Sanoma: sanomalehti sanomalehden sanomaton
    Visa: viskin visar visas visat visavis visarnas viski vissa visste vispa visningar
    Jula: julia Julianne julkula
    Klarna: klarnade klarnat klarnar
    Rusta: rustar rustat rustad
    Folksam: folksamlingar folksamling
    Svea: sverige svenska Sveavägen svenne
    Kjell: Kjellström källa kjelleren
    PostNord: postnummer
    Finn: finns finnes finner finne
    Danske: dansker danskerne danskere
    Tryg: tryghed trygghet trygde
    Trygg: tryggare trygghet tryggt
    Jysk: jyske
    Fakta: faktor faktorer faktisk
    Bilka: bilkanal bilkarosseri
    Finnair: finnarna
    Audi: auditorium audio audience audit auditiv
    Ford: fordern fordon fordringar fordel forderte
    Metro: metropol metronom Metropole metrosexuell
    Delta: deltagare deltagarna deltaker deltakelse
    Coop: cooperation cooperative Cooper
    Bild: Bildung Bildungen Bildungspolitik Bildschirm bildhübsch bildning
    Bayer: Bayern Bayerns bayerisch bayersk Bayern-Ticket
    Braun: Braunschweig Braunkohle
    Saturn: Saturnus
    Real: Realität realisera realism realistisch Realpolitik
    Intel: intellektuell intelligent intellectual internet
    FAZ: fazit Fazit
    Ergo: ergonomisch Ergometer ergonomie
    Uber: uberhaupt uberraschte ubersetzung
    Spar: sparsam Spargel Spartaner
    Otto: Ottomane ottomaans Ottomotor
    Stern: Sternzeichen Sternschnuppe Sternum
    Norma: normal Normalität normalerweise
    Post: postmodern Postulat posthum postum postponed poster
    Hema: hematoom hematologie hemd
    Avon: avond avonturen avondje
    Blokker: blokkeren blokkerende
    Ben: Benin bende
    Boots: bootstrap Bootsmann
    Office: officer officers official
    Citi: citizen citizenship cities
    Virgin: Virginia virginity
    Shell: shellfish shelter
    Apple: applet apply applause
    Dish: dishwasher disgusting
    Zara: zarina
    KPN: kpnr
    Don: don't
    Nike: Nikita nikotin
    Lidl: lidless
    Ziggo: ziggurat
    Fortis: fortissimo
    Kone: konepistooli
    Anna: annan annat annans
    Sven: svenska svenskarna svenne
    Klas: klass klassiska klasskamrat
    Lars: Larsen
    Frank: Frankrike Frankfurt
    Miss: misschien
    Gent: gentleman
    Linde: lindern Linderung
    Carl: Carlstad
    Kate: kategori kategorier
"""
"""Words that only look like the name, in any language."""


def rows(table: str) -> list[tuple[str, str]]:
    """The pairs of name and word of a table."""
    named = (row.split(": ", 1) for row in table.strip().splitlines())
    return [(name.strip(), word) for name, words in named for word in words.split()]


def by_language(tables: dict[str, str]) -> list[tuple[str, str, str]]:
    """The rows of tables by language."""
    return [(language, name, word) for language, table in tables.items() for name, word in rows(table)]
