"""More outlets and reporters of the English-speaking world, by beat and by country.

They are what a newsroom of these countries takes for granted. Names that are common words, people
or firms as well are left to the noun that the sentence gives them ("the website Stuff").
"""

from __future__ import annotations

from verification.domain.extraction.text import words

#: As in :mod:`verification.domain.extraction.outlets`: each with its other names after a colon.
OUTLETS = """
The Sunday Telegraph: Sunday Telegraph; The Sunday Mirror: Sunday Mirror; The Sunday Sun
The Sun on Sunday: Sun on Sunday; Sunday People; News of the World: The News of the World
The Sunday Mail; The Sunday Express: Sunday Express; Daily Record: The Daily Record
The Herald Scotland; The Courier and Advertiser; Belfast Telegraph: The Belfast Telegraph
The Irish News; Irish Independent: The Irish Independent; Irish Examiner: The Irish Examiner
Irish Mirror; Business Post: The Business Post; Sunday Business Post; RTÉ: RTE, RTÉ News, RTE News
TheJournal.ie; Newstalk; BBC Sport: BBC Sports; BBC Radio 5 Live; BBC Radio 4
Sky Sports; Sky Sports News; TNT Sports; LBC; GB News; TalkTV; Times Radio; GBNews; Channel 5 News
Yorkshire Post: The Yorkshire Post; Birmingham Mail
BirminghamLive: Birmingham Live; Chronicle Live: ChronicleLive; Northern Echo: The Northern Echo
Lancashire Telegraph
Telegraph & Argus: The Telegraph & Argus, Telegraph and Argus, The Telegraph and Argus
TEAMtalk: Teamtalk; Football Insider; GiveMeSport: GIVEMESPORT
CaughtOffside; Fichajes.net; Football365; HITC; Sportskeeda; Tribuna; Goal.com
Tuttomercatoweb: TuttoMercatoWeb; Calciomercato: Calciomercato.com, CalcioMercato
Sport Italia: Sportitalia; L'Esportiu; Estadio Deportivo; Fanatik; Fotomac; A Spor
Voetbal International; Algemeen Dagblad; Sky Germany: Sky Deutschland; Sky Italia; Transfermarkt
NFL Network; NFL Media; MLB Network; NBC Sports; CBS Sports; Fox Sports: FOX Sports; TSN
Sportsnet; SNY; NESN; Pro Football Talk: ProFootballTalk; The Ringer; Yahoo Finance; Yahoo News
Associated Press: The AP; United Press International: UPI; Bloomberg Television; CNN Business
CNN International; MSN; Vice News; Vanity Fair; Rolling Stone UK; The New Republic; Mother Jones
The Daily Caller; Washington Examiner: The Washington Examiner; The Washington Times; Breitbart
Newsmax; NewsNation; The Bulwark; NOTUS; PBS: PBS NewsHour; C-SPAN; Houston Chronicle
San Francisco Chronicle; San Jose Mercury News; Dallas Morning News: The Dallas Morning News
Miami Herald: The Miami Herald; Detroit Free Press; Detroit News: The Detroit News
Philadelphia Inquirer: The Philadelphia Inquirer; Seattle Times; The Seattle Times; Star Tribune
Denver Post: The Denver Post; Arizona Republic; Newsday; New York Daily News; NJ.com
Cleveland.com; MLive; Tampa Bay Times; Orlando Sentinel; Baltimore Sun: The Baltimore Sun
Atlanta Journal-Constitution: The Atlanta Journal-Constitution; National Post: The National Post
Financial Post; Postmedia; The Canadian Press: Canadian Press; Global News; CP24; Toronto Sun
Montreal Gazette; Vancouver Sun; BNN Bloomberg
Australian Financial Review: AFR, The Australian Financial Review, Financial Review
Sydney Morning Herald: SMH, The Sydney Morning Herald; Herald Sun; Daily Telegraph Sydney
ABC Australia; SBS News; Nine News; 9News; 7News; news.com.au; Guardian Australia; Crikey
Australian Associated Press: AAP; New Zealand Herald: NZ Herald; RNZ: Radio New Zealand; Newshub
1News; Hindustan Times; Indian Express: The Indian Express; NDTV; India Today; News18; CNBC-TV18
CNBC TV18; Business Standard; Moneycontrol; Livemint; The Wire India; Scroll.in
Press Trust of India: PTI; Asian News International: ANI; IANS; Times Now; Republic TV
Financial Express: The Financial Express; BusinessLine; Inc42; Entrackr; YourStory; Deccan Herald
The Tribune India; Dainik Bhaskar; Pinkvilla; Bollywood Hungama; Mid-Day; Geo News; ARY News
Express Tribune: The Express Tribune; Daily Star Bangladesh; Daily Mirror Sri Lanka
The Punch; Vanguard Nigeria; Premium Times; Daily Trust; ThisDay; Sahara Reporters
The Nation Nigeria; News24; Daily Maverick; Mail & Guardian: Mail and Guardian; BusinessDay
Business Day; Sunday Times South Africa; IOL; eNCA; SABC News; Daily Nation; The East African
The Standard Kenya; Daily Monitor; Channel NewsAsia: CNA; Bangkok Post
Jakarta Post: The Jakarta Post; Philippine Daily Inquirer; Rappler; GMA News; Malay Mail
Business Times Singapore; Korea JoongAng Daily; Yonhap: Yonhap News Agency
Korea Times: The Korea Times; Chosun Ilbo; Maeil Business Newspaper; Hankyung; Business Korea
Japan Times: The Japan Times; Mainichi Shimbun; Nikkan Sports; Sankei Shimbun; TBS News; Jiemian
Yicai; 36Kr; LatePost; China Daily; Securities Times; Taipei Times; United Daily News; Arab News
Gulf News; Khaleej Times; Asharq Al-Awsat; Al Arabiya; Middle East Eye; The National UAE
Jerusalem Post: The Jerusalem Post; Times of Israel: The Times of Israel; Ynet; Channel 12
Kan News; Walla; Calcalist; Kyiv Independent: The Kyiv Independent; Kyiv Post; Interfax
RIA Novosti; Kommersant; Vedomosti; Meduza; Novaya Gazeta; RBC Russia; Anadolu Agency: Anadolu
Hurriyet Daily News; Kathimerini; Ekathimerini; CTK; Swissinfo; Deutsche Welle: DW
Börsen-Zeitung: Boersen-Zeitung; Platow Brief; Der Standard; Die Presse; Dagens Industri
Svenska Dagbladet; Aftonbladet; Expressen; Dagens Nyheter; Helsingin Sanomat; Berlingske; Børsen
Politiken; Ekstra Bladet; Tipsbladet; NRK; SVT; YLE; Valor Econômico: Valor Economico
Estadão: Estadao, O Estado de S. Paulo; UOL; Ambito; Clarín; La Nación; La Tercera; El Mercurio
El Universal; Milenio; El Financiero; Mergermarket; Dealreporter; DealStreetAsia; PitchBook
Private Equity News; Financial News; IFR; LBO Wire; Debtwire; StreetInsider
Benzinga; TheStreet; Barron's Online; Sportico; Front Office Sports; Retail Week; The Grocer
Drapers; Women's Wear Daily: WWD; The Bookseller; Publishers Weekly; Adweek; Ad Age: AdAge
Campaign Magazine; Digiday; Lloyd's List; TradeWinds; Flight Global: FlightGlobal; Aviation Week
Simple Flying; Air Current: The Air Current; Leeham News; Construction News; Inside Housing
Estates Gazette; Argus Media; S&P Global Platts: Platts; Energy Intelligence; Upstream Online
Montel; Utility Week; Carbon Brief; E&E News; BioSpace; BioPharma Dive; The BMJ
Health Service Journal: HSJ, The Health Service Journal; Pulse Magazine; Nursing Times; Medscape
The Lancet; Schools Week; Tes Magazine; Times Higher Education; The Law Gazette; Law360
Construction Enquirer; New Civil Engineer; Rail Magazine; Railway Gazette; Jane's; Defense News
Defense One; Breaking Defense; Stars and Stripes; The War Zone; SpaceNews; Spaceflight Now
NASASpaceflight; Ars Technica UK; CoinDesk; Cointelegraph: CoinTelegraph; The Next Web; TechRadar
T3; Trusted Reviews; Pocket-lint; Stuff Magazine; What Hi-Fi; Cult of Mac; iMore; iPhoneHacks
MacObserver; PhoneArena: Phone Arena; SamMobile; GizmoChina; Gizmochina; MySmartPrice; 91mobiles
Gadgets 360: NDTV Gadgets, Gadgets360; WinFuture; GalaxyClub; LetsGoDigital; AllAboutSamsung
Notebookcheck; Wccftech; VideoCardz; AnandTech; Igor's Lab; TechPowerUp; Mac Otakara: Macotakara
DSCC; Counterpoint Research; TrendForce; IDC; Omdia; 9to5Linux
Bleeping Computer: BleepingComputer; KrebsOnSecurity; SiliconANGLE; BetaKit; Sifted; UKTN
Tech in Asia; e27; KrASIA; Games Industry: GamesIndustry.biz; Game Informer; PC Gamer
Rock Paper Shotgun; Destructoid; GamesRadar: GamesRadar+; Push Square; Pure Xbox; Nintendo Life
VentureBeat GamesBeat; Giant Bomb; Kinda Funny; MP1st; Gematsu; Game File; The Gamer; Dexerto
Dot Esports; IGN Nordic; TVLine; TV Insider; Vulture; Us Weekly; E! News; Page Six; OK! Magazine
Hits Daily Double; Bloody Disgusting; Fangoria; The DisInsider; Giant Freakin Robot
Production Weekly; DiscussingFilm; ComicBook.com; Comic Book Resources: CBR; CinemaBlend
ScreenRant: Screen Rant; We Got This Covered; Murphy's Multiverse; That Hashtag Show
Cosmic Circus; /Film: SlashFilm; Broadcast Magazine; C21Media; TBI Vision; Radio Times
Digital Spy; RadarOnline: Radar Online; Wrestling Observer; PWInsider; Fightful; MMA Junkie
MMA Fighting; Sherdog; BoxingScene; Motorsport.com; Autosport; RacingNews365; PlanetF1; Crash.net
Golf Digest; Golf Channel; Tennis.com; Cycling Weekly; VeloNews; Rugby Pass: RugbyPass
Racing Post; Swimming World; Inside the Games; ESPNcricinfo: ESPN Cricinfo; Cricbuzz; Road & Track
Jalopnik; Green Car Reports; Motor1; Carscoops; Top Gear Magazine; Car and Driver UK
What Car?: What Car; Drive Tesla Canada; Teslarati
"""

#: Those whose name is all that a text says of them, and who report on others.
REPORTERS = frozenset(
    name.replace("_", " ")
    for name in words(
        "Adam_Schefter Ian_Rapoport Tom_Pelissero Jay_Glazer Mike_Garafolo Jeremy_Fowler "
        "Dan_Graziano Dianna_Russini Albert_Breer Jordan_Schultz Field_Yates Chris_Mortensen "
        "Ken_Rosenthal Jeff_Passan Jon_Heyman Buster_Olney Bob_Nightengale Mark_Feinsand "
        "Brian_Windhorst Marc_Stein Chris_Haynes Jake_Fischer Zach_Lowe Sam_Amick Marc_Spears "
        "Elliotte_Friedman Pierre_LeBrun Darren_Dreger Bob_McKenzie Chris_Johnston "
        "Ben_Jacobs Graeme_Bailey Dharmesh_Sheth Kaveh_Solhekol Alfredo_Pedulla Nicolo_Schira "
        "Sacha_Tavolieri Fabrice_Hawkins Loïc_Tanzi Santi_Aouna Ekrem_Konur Rudy_Galetti "
        "Pete_O'Rourke Paul_Joyce Simon_Stone Laurie_Whitwell Matt_Law Sami_Mokbel "
        "John_Percy Craig_Hope Luke_Edwards Mike_McGrath Duncan_Castles Ben_Jacobs "
        "Christian_Falk Patrick_Berger Marcel_van_der_Kraan Rik_Elfrink Gerard_Romero "
        "Toni_Juanmartí Mario_Cortegana José_Félix_Díaz Guillem_Balague Jan_Aage_Fjørtoft "
        "Mark_Kleinman Nate_Brown Debby_Wu Mike_Gartenberg Gene_Munster Dan_Ives Wamsi_Mohan "
        "Katy_Huberty Jeff_Pu Ross_Young Ming-Chi_Kuo Max_Weinbach Max_Jambor OnLeaks "
        "Steve_Hemmerstoffer Roland_Quandt Ishan_Agarwal Yogesh_Brar Abhishek_Yadav "
        "Majin_Bu Sonny_Dickson ShrimpApplePro Instant_Digital Fixed_Focus_Digital "
        "Setsuna_Digital Jukanlosreve Mukul_Sharma Evan_Blass Kamila_Wojciechowska kopite7kimi "
        "Moore's_Law_Is_Dead Nick_Baker Andy_Robinson Jez_Corden billbil-kun NateTheHate "
        "Daniel_Richtman Jeff_Sneider Justin_Kroll Borys_Kit Kim_Masters Grace_Randolph "
        "Dave_Meltzer Sean_Ross_Sapp Ariel_Helwani"
    )
)
