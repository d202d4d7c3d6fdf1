import { isZone } from '#time';

/** The title of the page for an address, and a sentence: for the tab, and for services that show links. Plain text. */
export interface PageTitle {
  readonly lang: Lang;
  readonly title: string;
  readonly description: string;
  /** The alternative text of the picture beside a link. */
  readonly alt: string;
}

type Lang = 'en' | 'lt';
type Asked = Readonly<Record<string, unknown>>;

const WORDS = {
  en: {
    views: {
      map: 'Border crossings',
      plane: 'All that was known, and when',
      charts: 'Pictures of the borders',
      timeline: 'Timeline of reports',
      record: 'Record a report',
    },
    pictures: {
      statuses: 'Crossings by status over time',
      held: 'What is held, by who says so',
      measures: 'Sanctions and their terms',
      warnings: 'Warnings and deadlines',
      nights: 'Balloons, night by night',
      talks: 'Ledger of talks',
      claims: 'Who asserts, who denies',
    },
    on: (day: string) => `on ${day}`,
    now: 'now',
    sameDay: 'as known that day',
    knownOn: (day: string) => `as known on ${day}`,
    knownNow: 'as known now',
    compared: (from: string, to: string) => `Compared: ${from}, and ${to}`,
    description: 'As of one time, as known at another; every answer leads to the reports behind it.',
    alt: 'All that was ever known of the crossing at Medininkai: when it was open, restricted or closed, and when that was known.',
  },
  lt: {
    views: {
      map: 'Pasienio kontrolės punktai',
      plane: 'Visa, kas žinota, ir kada',
      charts: 'Sienų vaizdai',
      timeline: 'Pranešimų seka',
      record: 'Įrašyti pranešimą',
    },
    pictures: {
      statuses: 'Punktai pagal būseną',
      held: 'Kas sulaikyta, pagal tai, kas taip sako',
      measures: 'Sankcijos ir jų terminai',
      warnings: 'Įspėjimai ir terminai',
      nights: 'Oro balionai, naktis po nakties',
      talks: 'Derybų žurnalas',
      claims: 'Kas teigia, kas neigia',
    },
    on: (day: string) => day,
    now: 'dabar',
    sameDay: 'kaip žinota tą dieną',
    knownOn: (day: string) => `kaip žinota ${day}`,
    knownNow: 'kaip žinoma dabar',
    compared: (from: string, to: string) => `Palyginta: ${from} ir ${to}`,
    description: 'Vieno laiko padėtis, kaip žinota kitu laiku; kiekvienas atsakymas veda prie pranešimų.',
    alt: 'Visa, kas kada nors žinota apie Medininkų punktą: kada jis veikė, buvo apribotas ar uždarytas, ir kada tai buvo žinoma.',
  },
} as const;

/** The title from the parameters of the page's address. A parameter that cannot be understood counts as absent. */
export function pageTitleOf(asked: Asked, zone: string): PageTitle {
  const lang: Lang = asked['lang'] === 'lt' ? 'lt' : 'en';
  const { [lang]: w } = WORDS;
  const given = asked['zone'];
  const times = new TimesInWords(lang, typeof given === 'string' && isZone(given) ? given : zone);
  const title =
    asked['view'] === 'compare'
      ? w.compared(times.cut(asked, 'from.'), times.cut(asked, 'to.'))
      : `${subjectAsked(asked, lang)} ${times.cut(asked, '')}`;
  return { lang, title: `${title} · Borderline`, description: `${title}. ${w.description}`, alt: w.alt };
}

function subjectAsked(asked: Asked, lang: Lang): string {
  const { views, pictures } = WORDS[lang];
  const named = <T extends object>(names: T, name: unknown): string | undefined =>
    typeof name === 'string' && Object.hasOwn(names, name) ? String(names[name as keyof T]) : undefined;
  const picture = asked['view'] === 'charts' ? named(pictures, asked['picture']) : undefined;
  return picture ?? named(views, asked['view']) ?? views.map;
}

class TimesInWords {
  constructor(
    private readonly lang: Lang,
    private readonly zone: string,
  ) {}

  /** `on 5 November 2025, as known that day`. */
  cut(asked: Asked, prefix: string): string {
    const { [this.lang]: w } = WORDS;
    const [asOf, knownAt] = [this.time(asked[`${prefix}asOf`]), this.time(asked[`${prefix}knownAt`])];
    const first = asOf === undefined ? w.now : w.on(asOf);
    if (knownAt === undefined) return `${first}, ${w.knownNow}`;
    return `${first}, ${knownAt === asOf ? w.sameDay : w.knownOn(knownAt)}`;
  }

  /** A date, or an instant in the zone; undefined: neither. */
  private time(text: unknown): string | undefined {
    if (typeof text !== 'string' || text.length > 40 || !/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
    const instant = Date.parse(text);
    if (Number.isNaN(instant)) return undefined;
    const locale = this.lang === 'lt' ? 'lt' : 'en-GB';
    const isDay = text.length === 10;
    return new Intl.DateTimeFormat(locale, {
      dateStyle: 'long',
      ...(!isDay && { timeStyle: 'short' }),
      timeZone: isDay ? 'UTC' : this.zone,
    }).format(instant);
  }
}
