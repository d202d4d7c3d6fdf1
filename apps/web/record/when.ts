import { type Day, dayOfNumber, MS_PER_DAY, numberOfDay } from '../days.js';

const MONTHS: readonly RegExp[] = [
  /^(jan|saus)/,
  /^(feb|vasar)/,
  /^(mar|kov)/,
  /^(apr|baland)/,
  /^(may|geg)/,
  /^(jun|birž|birz)/,
  /^(jul|liep)/,
  /^(aug|rugpj)/,
  /^(sep|rugs)/,
  /^(oct|spal)/,
  /^(nov|lapkr)/,
  /^(dec|gruod)/,
];

const two = (number: number): string => String(number).padStart(2, '0');
const lastOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The words for a part of a month, with the first and last day of the part. */
const PARTS: readonly (readonly [RegExp, (last: number) => readonly [number, number]])[] = [
  [/\b(early|beginning)\b|pradžioje|pradzioje/, () => [1, 10]],
  [/\bmid\b|\bmiddle\b|vidury/, () => [11, 20]],
  [/\b(late|end)\b|pabaigoje/, (last) => [21, last]],
];

/**
 * The EDTF of a time as people write it, in English or Lithuanian: `about mid-November`, `lapkričio viduryje`, `in the coming days`,
 * `by 30 November`, `5 November 2025`. EDTF stays as it is. A date without a year gets the year in which the date is nearest to today. Undefined for
 * a text that is not understood.
 */
export function edtfOf(text: string, today: Day): string | undefined {
  const plain = text.trim().toLowerCase();
  if (/^[\dX]{4}|^\[|^\.\.|^\//.test(text.trim()) && !/[a-zšžčėęįųūą]{3}/i.test(text)) return text.trim();
  const relative = relativeTo(plain, today);
  if (relative !== undefined) return relative;
  const isBy = /^(by|until|iki)\b/.test(plain);
  const isAbout = /\b(about|around|circa|ca|apie|maždaug)\b/.test(plain);
  const found = dateIn(plain.replaceAll('-', ' '), today);
  if (found === undefined) return undefined;
  if (isBy) return `../${found.split('/').at(-1)!}`;
  return isAbout && !found.includes('/') ? `${found}~` : found;
}

function relativeTo(text: string, today: Day): string | undefined {
  const at = numberOfDay(today);
  if (/^(today|šiandien|siandien)$/.test(text)) return today;
  if (/^(yesterday|vakar)$/.test(text)) return dayOfNumber(at - 1);
  if (/^(tomorrow|rytoj)$/.test(text)) return dayOfNumber(at + 1);
  if (/coming days|artimiausiomis dienomis/.test(text)) return `${today}/${dayOfNumber(at + 7)}`;
  if (/last days|recent days|pastarosiomis dienomis/.test(text)) return `${dayOfNumber(at - 7)}/${today}`;
  return undefined;
}

/** The date in a text: a month alone, a day of a month, or a part of a month. */
function dateIn(text: string, today: Day): string | undefined {
  const parts = text.split(/[\s,.]+/);
  const month = MONTHS.findIndex((name) => parts.some((part) => name.test(part))) + 1;
  if (month === 0) return undefined;
  const numbers = parts.filter((part) => /^\d+$/.test(part)).map(Number);
  const day = numbers.find((number) => number >= 1 && number <= 31);
  const year = numbers.find((number) => number >= 1000) ?? nearestYear(month, day ?? 15, today);
  const last = lastOf(year, month);
  if (day !== undefined) return day > last ? undefined : `${year}-${two(month)}-${two(day)}`;
  const part = PARTS.find(([name]) => name.test(text));
  if (!part) return `${year}-${two(month)}`;
  const [from, to] = part[1](last);
  return `${year}-${two(month)}-${two(from)}/${year}-${two(month)}-${two(to)}`;
}

function nearestYear(month: number, day: number, today: Day): number {
  const year = Number(today.slice(0, 4));
  const far = (one: number): number =>
    Math.abs(Date.UTC(one, month - 1, day) / MS_PER_DAY - numberOfDay(today));
  return [year, year - 1, year + 1].reduce((best, one) => (far(one) < far(best) ? one : best));
}
