"""The reviewed table of capitalised words that are no part of a person's name.

It only trims candidates (`Судья Сочинская П.П.` to `Сочинская П.П.`); a word is listed only if it
cannot be a surname, a given name or a father's name. So `Май`, `Август`, `Роман`, `Вера`, `June`
and names of towns are not here, though they are usually something else: a name lost is worse than
a word too many. Reviewed 2026-11 against half a million printed names: only particles that are also
rare short surnames (`До`, `Ни`, `Ведь`) met one, and those count as a name before initials.
"""

from functools import lru_cache

# Beginnings of words, long enough that no surname shares them.
_STEM_WORDS = """
    административн апелляцион арбитражн ведомств верховн возбужден возбудит вынесен генпрокур
    госавтоинсп государствен департамент дисциплин доказательств должностн задержан заключен
    законодатель заместител заседан заявлен заявител инспектор информацион исполнител
    исполнительн исследов истец истца истцу истцы кассацион квалифик кодекс комисси комитет
    компетен конституц материал международн мигрант миграцион микрорайон министер министр минюст
    мировой мирового муниципальн надзорн наказан начальник нормативн обвиняем обжалован областн
    обоснован обстоятельств общегражд обществ обязательн объединен объявлен определен организац
    осужден отделен отделение ответствен ответчик оценива ознаком первоначальн подозрева
    подсудим полици положени получен посольств постановл потерпевш правительств правозащит
    правонаруш правоохран предприят председател представител предусмотр президент пресс-секретар
    преступлен привлека признан признать приговор применен принимая присужд присутств
    производств прокурату прокурор протокол процессуал публичн разъясн районн рассматр рассмотр
    расследов регистрац резолютив республик решени санкт-петербургск свидетел следовател
    следствен следствие содержан соответств сотрудник специальн специализирован судебн
    судопроизв территориал требован уголовн удостоверен указан управлен уполномочен управлени
    урегулир участник учитыва учрежден федерал федеральн центральн человек чрезвычайн экспертиз
    юридическ паспорт гражданств национальн образован предварител подведомств ходатайств ҷумҳури
    вазорат кормандон парванда ҷиноят шаҳрванд мурофиа ҳуқуқвайрон маъмури қонунгузор кодекси
    раёсат идораи прокуратура мақомот ҳокимият федератсия тафтишот иттилоот маркази вилоят
    республикас жумхурият жумҳурият суверен айыпталуу талапкер жоопкер
"""
_RUSSIAN = """
    суд суда суду суде суды судов судам судами судах судья судьи судье судью судьей судьёй судей
    судьям дело дела делу делом деле делам дел истцом лицо лица лицу лицом лице лицам гр гр-н
    гр-ка гр-на ст статья статьи статье статью статей статьей часть части частью пункт пункта
    пункты пунктов пункту подпункт подп абзац закон закона законы законом закону указ указа
    приказ приказа приказом устав пленум пленума пленуму совет совета коллегия коллегии акт акта
    акты иск иска иску жалоба жалобы жалобу жалобе вина вину вины виной факт факта действия
    действие действий иные иное иных эти это этот этого этой этом этих данный данная данное
    данные такие такой таким такого также так там тогда тем того тот те таких который которая
    которые которого что чтобы чем чей как какой какие когда кто кого куда где если есть еще ещё
    все всё всего всех всей весь вся он она оно они его ее её их им ими ней нем них нас вам вас
    мы вы мне меня мой моя наш наша ваш свой свою себя при про под над для без от до из за по на
    не ни но да или либо ведь между кроме после перед через около вместе вместо против согласно
    вследствие ввиду вопреки путем путём однако поэтому поскольку потому причем причём притом
    следовательно итак затем далее ранее позже позднее раньше вчера сегодня завтра сейчас теперь
    уже пока снова опять здесь отсюда туда оттуда почему зачем сколько несколько много мало
    большинство каждый каждая каждое другой другая другие сам сама сами само самый один одна
    одно одни два две три четыре пять шесть семь восемь девять сто тысяча образом именно только
    лишь даже хотя будучи находясь являясь имея зная заслушав изучив исследовав выслушав
    проверив оценив установив установил установила установлено постановил постановила определил
    определила решил решила приговорил приговорила руководствуясь признать назначить направить
    прекратить отказать удовлетворить отменить изменить взыскать разъяснить копия копию копии
    подпись печать верно дата время место адрес телефон тел факс сайт фио ф.и.о имя отчество
    фамилия пол родился родилась уроженец уроженца уроженка уроженке проживает проживающий
    проживающего проживающая проживающей зарегистрирован зарегистрированного работающий
    работающего неработающий гражданин гражданина гражданину гражданином гражданине граждане
    граждан гражданам гражданами гражданка гражданки гражданку гражданкой депутат депутата
    депутату депутаты секретарь секретаря секретарю секретарем секретарём секретаре главный
    главного главной документ документы документов документа письменные письменных гражданке
    мужчина женщина адвокат адвоката адвокату адвокатом адвокаты защитник защитника защитником
    эксперт эксперта переводчик переводчика специалист понятой понятые понятых привлекаемое
    привлекаемого мвд умвд гумвд омвд увд овд рувд оп опдн гибдд дпс гувм уфмс фмс уфсин фсин
    фку гку гбу мбу сизо ивс цвсиг цвсинг свимк уфссп фссп ск ску фсб уфсб фсо мчс рф снг рт рс
    рб рк кр ркр ук упк коап кас гк гпк апк нк тк ек ао оао зао пао ип тсж жск нии гуп муп фгуп
    инн кпп огрн бик окато октмо кбк уин снилс рсфср ссср сша оон обсе ес ecthr еспч лгбт вич
    рнб рнкб втб ржд гаи гос вс кс мгс январь января январе февраль февраля феврале апрель
    апреля апреле сентябрь сентября сентябре октябрь октября октябре ноябрь ноября ноябре
    декабрь декабря декабре понедельника вторника год года году годом лет месяц день дня час
    часов минут руб рублей тыс млн млрд город города городе городской городского область области
    край края крае район района районе поселок посёлок село деревня улица улице улицы дом дома
    квартира корпус проспект переулок шоссе набережная аэропорт вокзал метро россия россии
    россию россией таджикистан таджикистана таджикистане таджикистану таджикистаном узбекистан
    узбекистана узбекистане кыргызстан кыргызстана кыргызстане киргизия киргизии казахстан
    казахстана казахстане беларусь беларуси белоруссия белоруссии украина украины украине
    туркменистан туркменистана азербайджан азербайджана армения армении молдова молдовы молдавия
    отечественной отечественная войны сми интернет ютуб фейсбук телеграм москве москвы москву
    петербурге петербурга господин господина госпожа товарищ уважаемый уважаемая дорогой генерал
    полковник подполковник лейтенант прапорщик рядовой инспектор ректор директор доктор
    профессор редактор журналист журналистка корреспондент активист активистка партия партии
    движение новости новость главная контакты поиск фото видео читать подробнее комментарии
    источник похожие подписаться поделиться меню вход регистрация войти
"""
_CENTRAL_ASIAN = """
    суди судя судӣ судҳо олии ноҳия ноҳияи шаҳр шаҳри вкд бда амният кумита кумитаи кумитаҳо
    прокурори раиси муовини сардори корманди моддаи қисми банди соли сол моҳи рӯзи соати аз ба
    бо дар барои ва ки ин он ҳар ҳама пас сипас инчунин ҳамчунин мувофиқи тибқи бинобар нисбати
    дигар як ду се чор панҷ даъвогар ҷавобгар айбдоршаванда гумонбар маҳкумшуда ҳимоятгар
    тоҷикистон тоҷикистонро тоҷикистонӣ россияи рӯйхати рӯйдодҳо хабарҳо эълонҳо эълон асосӣ
    тамос ҷустуҷӯ қонун қонуни кҷ ҷт кҳм жмҷ ҷсп ҷсшп ҷсшк куҳандиж сот соту сотунун сотто
    соттор сотунда сотуна судьясы өкүм чечим токтом аныктама кылмыш жарандык иш иши экономикалык
    административдик прокуратурасы прокурору ииb иим укмк уктк жк ачык кыргызстандын кыргыз
    республикасы республикасынын жана менен боюнча үчүн sud sudi sudya sudyasi sudining tumani
    shahar shahri viloyat viloyati fuqaro fuqarosi ishi modda moddasi qismi bilan uchun va bu
    ham esa keyin prokuror prokuratura prokuraturasi vazirlik vazirligi ichki ishlar
    respublikasi respublika o‘zbekiston o'zbekiston oʻzbekiston
"""
_ENGLISH = """
    the and for with from that this these those they their there then than when where which
    while who whom whose what why how his her hers him she he it its our ours your you we us me
    my mine but not nor yet also after before during since until about above below between
    against among into onto upon over under again once here all any both each few more most
    other some such only own same so too very can could will would should shall must might has
    have had been being is are was were does did done if or as at by of on to an no yes because
    although however moreover therefore meanwhile according earlier later yesterday today
    tomorrow now two three four five six seven eight nine ten hundred thousand million first
    second third last next says told asked added court courts supreme district regional judge
    judges magistrate prosecutor prosecutors attorney lawyer lawyers defendant defendants
    plaintiff plaintiffs respondent petitioner applicant appellant claimant witness police
    ministry minister president government department office bureau agency committee council
    commission embassy federation federal republic republics russian tajik uzbek kyrgyz kazakh
    belarusian ukrainian american russia tajikistan uzbekistan kyrgyzstan kazakhstan belarus
    ukraine turkmenistan azerbaijan moscow’s human rights watch amnesty international united
    nations european union states information library website official homeland security report
    crimes email call newsroom contact search results result records internal error related
    helpful status locator brochure field offices detention facilities privacy notice external
    links prisons inmate detainee detainees site map policies plug-ins metrics february
    september october november december tuesday wednesday thursday mr mrs ms dr article articles
    section paragraph chapter case cases number date time page pages http https www com org html
    pdf php facebook twitter youtube instagram telegram whatsapp reuters afp bbc rferl ozodi
    asianews ovd-info ngo ngos osce odihr usa nato cis photo photos video videos news read share
    comments comment source copyright reserved family friends relatives activists protesters
    migrants migrant workers worker party centre center academy foreign public administration
    affairs university institute association
"""
_STEMS = tuple(_STEM_WORDS.split())
_EXACT = frozenset(f"{_RUSSIAN} {_CENTRAL_ASIAN} {_ENGLISH}".lower().split())

# Latin letters that clerks and scanners put into Cyrillic words ("Cудья" with a Latin C on card
# pages of mos-gorsud.ru); used for the look-up only.
_LOOK_ALIKE = str.maketrans("aceopxykmhtb", "асеорхукмнтв")

_VOWELS = frozenset("аеёиоуыэюяіїєәөүұӣӯўaeiouy")


@lru_cache(maxsize=65_536)
def is_not_name(word: str) -> bool:
    """Return whether `word` (one token, any case) cannot be part of a person's name."""
    key = word.lower()
    if key in _EXACT or (len(key) > 5 and key.startswith(_STEMS)):
        return True
    if not key.isascii():
        twin = key.translate(_LOOK_ALIKE)
        if twin != key and (twin in _EXACT or twin.startswith(_STEMS)):
            return True
    # "МВД", "ГКФХ": capitals without a vowel are an abbreviation in Cyrillic; in Latin `Ng` is a
    # surname.
    return (
        word.isalpha()
        and word.isupper()
        and len(word) > 1
        and word[0] >= "\u0400"
        and _VOWELS.isdisjoint(key)
    )
