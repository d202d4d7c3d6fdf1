import type { Tabled } from './tabled.js';

const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'paint-order',
  'font-size',
  'font-family',
  'font-weight',
  'font-style',
  'text-anchor',
];
const SVG = 'http://www.w3.org/2000/svg';
const [ABOVE, BELOW, SIDE] = [58, 26, 16];

/** The text in a saved picture, because the picture is seen without the page. */
export interface Caption {
  readonly title: string;
  /** The content of the picture in a sentence, with the cut. */
  readonly text: string;
}

/** The picture as a document of its own: with its styles, because the style sheet of the page is not in the file, with a title and its address. */
function documentOf(svg: SVGSVGElement, { title, text }: Caption): { text: string; size: [number, number] } {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  for (const [index, element] of [copy, ...copy.querySelectorAll('*')].entries()) {
    const original = originals[index]!;
    const styles = getComputedStyle(original);
    // All these properties are inherited, so a value that the parent of the element has too is not written again.
    const around = index === 0 ? undefined : getComputedStyle(original.parentElement!);
    for (const property of STYLES) {
      const value = styles.getPropertyValue(property);
      if (value !== around?.getPropertyValue(property)) element.setAttribute(property, value);
    }
    element.removeAttribute('class');
  }
  const { width, height } = svg.viewBox.baseVal;
  const size: [number, number] = [width + 2 * SIDE, height + ABOVE + BELOW];
  copy.setAttribute('xmlns', SVG);
  copy.setAttribute('viewBox', `${-SIDE} ${-ABOVE} ${size.join(' ')}`);
  copy.setAttribute('width', String(size[0]));
  copy.setAttribute('height', String(size[1]));
  const page = getComputedStyle(document.body);
  const write = (
    name: string,
    attributes: Readonly<Record<string, string | number>>,
    content = '',
  ): Element => {
    const element = document.createElementNS(SVG, name);
    for (const [attribute, value] of Object.entries(attributes))
      element.setAttribute(attribute, String(value));
    element.textContent = content;
    return element;
  };
  const words = { x: 0, stroke: 'none', fill: page.color, 'font-family': page.fontFamily };
  copy.prepend(
    write('title', {}, title),
    write('desc', {}, text),
    write('rect', {
      x: -SIDE,
      y: -ABOVE,
      width: size[0],
      height: size[1],
      fill: page.backgroundColor,
      stroke: 'none',
    }),
    write('text', { ...words, y: 26 - ABOVE, 'font-size': 17, 'font-weight': 650 }, title),
    write('text', { ...words, y: 45 - ABOVE, 'font-size': 12 }, text),
    write('text', { ...words, y: height + BELOW - 9, 'font-size': 11 }, decodeURI(location.href)),
  );
  return { text: new XMLSerializer().serializeToString(copy), size };
}

export function saveSvg(svg: SVGSVGElement, caption: Caption, name: string): void {
  save(new Blob([documentOf(svg, caption).text], { type: 'image/svg+xml' }), `${name}.svg`);
}

/** The number of dots for each pixel. Two are enough for print and for sharp screens. */
const DOTS = 2;

export async function savePng(svg: SVGSVGElement, caption: Caption, name: string): Promise<void> {
  const { text, size } = documentOf(svg, caption);
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [size[0] * DOTS, size[1] * DOTS];
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  const dots = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (dots) save(dots, `${name}.png`);
}

/** The table as CSV (RFC 4180). A text that begins as a formula does is written after an apostrophe, so that no spreadsheet runs the text. */
export function csvOf({ columns, rows }: Tabled): string {
  const field = (value: string | number): string => {
    if (typeof value === 'number') return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [columns, ...rows.map((row) => row.map(({ text, value = text }) => value))]
    .map((line) => `${line.map(field).join(',')}\r\n`)
    .join('');
}

export const saveCsv = (table: Tabled, name: string): void =>
  save(new Blob([csvOf(table)], { type: 'text/csv;charset=utf-8' }), `${name}.csv`);

function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
