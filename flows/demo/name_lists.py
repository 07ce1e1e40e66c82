"""Names that are common in the Netherlands, most frequent first. A voorvoegsel stands before a slash.

A list says how a name sounds and nothing else: it is drawn by chance, the same for everybody, and is not kept
with the person.
"""

_DUTCH_SURNAMES = """
de/Jong Jansen de/Vries van den/Berg van/Dijk Bakker Janssen Visser Smit Meijer de/Boer Mulder de/Groot
Bos Vos Peters Hendriks van/Leeuwen Dekker Brouwer de/Wit Dijkstra Smits de/Graaf van der/Meer van
der/Linden Kok Jacobs de/Haan Vermeulen van den/Heuvel van der/Veen van den/Broek de/Bruijn van
der/Heijden Schouten van/Beek Willems van/Vliet van de/Ven Hoekstra Maas Verhoeven Koster van/Dam van
der/Wal Prins Blom Huisman Peeters de/Jonge Kuipers van/Veen Post Kuiper Veenstra Kramer van den/Brink
Scholten van/Wijk Postma Martens Vink de/Ruiter Timmermans Groen Gerritsen Jonker van/Loon Boer van
der/Velde Willemsen Smeets de/Lange de/Vos Bosch van/Dongen Schipper de/Koning van der/Laan Koning van
der/Velden Driessen van/Doorn Hermans Evers van den/Bosch van der/Meulen Hofman Bosman Wolters Sanders van
der/Horst Mol Kuijpers Molenaar van de/Pol de/Leeuw Verbeek Groenen van/Puffelen van der/Steen van/Es
van/Rijn Zwart Kooistra van 't/Hof in 't/Veld ten/Brink ter/Horst op den/Berg uit den/Bogaard van/IJperen
IJzerman Brandsma Rietveld Noordhoek Kloosterman Stolk Versluis Baars Nijhof Otten Wouters
"""
_TURKISH_SURNAMES = """
Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç
Kurt Özkan Şimşek Polat Korkmaz Erdoğan Yavuz Acar Güneş Bulut Aksoy Türk Keskin
"""
_MOROCCAN_SURNAMES = """
el/Idrissi Bouzid Benali Azzouzi el/Khattabi Amrani Haddad Chaoui Bakkali el/Yaakoubi Ouali Amghar Bouali
Saidi el/Hamdaoui Belhaj Mansouri Zerouali Tahiri Aissati el/Ouali Achahbar Boutaher Chakir Lahrach
Mokhtari Ziani
"""
_SURINAMESE_SURNAMES = """
Ramdin Mohan Bhagwandin Pinas Ramlal Kartodikromo Sewpersad Misiedjan Jhinkoe Vriesde Doekhie
Pawirodikromo Ramcharan Somohardjo Kalloe Bijlhout Wijngaarde Mahabier Tjon Chin Amatdjais Soekhoe
Landveld Kromodihardjo
"""

SURNAMES = {
    "nederlands": _DUTCH_SURNAMES,
    "turks": _TURKISH_SURNAMES,
    "marokkaans": _MOROCCAN_SURNAMES,
    "surinaams": _SURINAMESE_SURNAMES,
}

#: Share of each list; roughly the shares of the population of the Netherlands.
SHARES = {"nederlands": 0.90, "turks": 0.035, "marokkaans": 0.035, "surinaams": 0.03}

_OLD_MEN = "Johannes Jan Cornelis Hendrik Willem Pieter Gerrit Petrus Jacobus Adrianus Klaas Antonius Dirk Theodorus"
_OLD_WOMEN = "Maria Johanna Cornelia Wilhelmina Hendrika Elisabeth Anna Catharina Adriana Geertruida Jacoba Grietje"
_BOOM_MEN = "Johannes Peter Jan Hans Robert Frank Ronald Marcel Eric John Ruud Rob Richard René Paul Ton Arie Bert"
_BOOM_WOMEN = "Maria Johanna Monique Jacqueline Yvonne Anja Ingrid Marja Petra Annemarie Karin Ellen Astrid Truus Ria"
_SEVENTIES_MEN = (
    "Jeroen Dennis Mark Martijn Marco Michel Patrick Edwin Bas Sander Maarten Remco Niels Erik Vincent Ralph"
)
_SEVENTIES_WOMEN = (
    "Linda Sandra Esther Wendy Mariska Saskia Marloes Kim Daniëlle Nicole Suzanne Marieke Ilse Bianca Chantal"
)
_NINETIES_MEN = (
    "Thomas Rick Kevin Tim Jeffrey Daan Stefan Lars Bart Mike Robin Jordy Max Stijn Ruben Wesley Joris Floris"
)
_NINETIES_WOMEN = "Laura Lisa Anne Sanne Iris Eva Anouk Kimberley Michelle Romy Lotte Femke Naomi Manon Britt Merel Zoë"
_YOUNG_MEN = "Sem Daan Lucas Levi Finn Noah Luuk Milan Bram Mees Thijs James Jesse Liam Teun Guus Hugo Siem Boaz Jurre"
_YOUNG_WOMEN = (
    "Emma Julia Tess Sophie Zoë Sara Mila Nora Saar Olivia Evi Fleur Yara Lieke Noor Fenna Lot Maud Elin Roos"
)

#: From this year of birth on, the names of (men, women).
DUTCH_FIRST_NAMES = (
    (1900, _OLD_MEN, _OLD_WOMEN),
    (1948, _BOOM_MEN, _BOOM_WOMEN),
    (1968, _SEVENTIES_MEN, _SEVENTIES_WOMEN),
    (1986, _NINETIES_MEN, _NINETIES_WOMEN),
    (2003, _YOUNG_MEN, _YOUNG_WOMEN),
)

#: Lists that do not change much with the generation: (men, women).
OTHER_FIRST_NAMES = {
    "turks": (
        "Mehmet Mustafa Ahmet Ali Hüseyin Murat İbrahim Emre Yusuf Ömer Kemal Selim Burak Hakan",
        "Fatma Ayşe Emine Hatice Zeynep Elif Meryem Esra Leyla Gül Sevgi Büşra Derya Hülya",
    ),
    "marokkaans": (
        "Mohamed Ahmed Youssef Rachid Said Karim Hamza Bilal Omar Ayoub Anouar Driss Ilias Nordin",
        "Fatima Khadija Naima Samira Amina Salma Nadia Hanan Loubna Yasmina Imane Malika Soumaya Hafsa",
    ),
    "surinaams": (
        "Ricardo Glenn Roy Ramesh Winston Soeradj Clifton Stanley Sunil Henk Dewi Orlando Rakesh Ruben",
        "Sharon Indra Astrid Sandhya Chantal Anita Joyce Radha Priscilla Mavis Soenita Wilma Cheryl Urmila",
    ),
}
