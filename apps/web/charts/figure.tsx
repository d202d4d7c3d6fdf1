import type { ComponentChildren, JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { event, type PictureName } from '../state.js';
import { cutWords, words } from '../words/index.js';
import { room } from './room.js';
import { saveCsv, savePng, saveSvg } from './save.js';
import type { TableField, Tabled } from './tabled.js';

interface Figured {
  readonly name: PictureName;
  /** The text alternative of the picture: its content in a sentence. */
  readonly alt: string;
  readonly table: Tabled;
  /** The height of the picture in pixels. */
  readonly height: number;
  readonly children: ComponentChildren;
}

/** A picture with its title, its text alternative, its table and its files. */
export function Figure({ name, alt, table, height, children }: Figured): JSX.Element {
  const { value: w } = words;
  const { value: width } = room;
  const box = useRef<SVGSVGElement>(null);
  const id = useId();
  const caption = { title: w.pictures[name], text: `${cutWords.value}. ${alt}` };
  return (
    <figure class={`picture-${name}`}>
      <figcaption>
        <h2>{w.pictures[name]}</h2>
        <p id={id} class="quiet">
          {alt}
        </p>
      </figcaption>
      <svg
        ref={box}
        class="chart"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={w.pictures[name]}
        aria-describedby={id}
      >
        {children}
      </svg>
      <p class="actions">
        <button type="button" onClick={() => saveSvg(box.current!, caption, name)}>
          SVG
        </button>
        <button type="button" onClick={() => void savePng(box.current!, caption, name)}>
          PNG
        </button>
        <button type="button" onClick={() => saveCsv(table, name)}>
          CSV
        </button>
      </p>
      <details>
        <summary>{w.plane.table}</summary>
        <div class="scroller" tabIndex={0} role="group" aria-label={w.pictures[name]}>
          <Behind table={table} />
        </div>
      </details>
    </figure>
  );
}

const Behind = ({ table: { columns, rows } }: { readonly table: Tabled }): JSX.Element => (
  <table>
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row, index) => (
        <tr key={index}>
          {row.map((field, at) =>
            at === 0 ? (
              <th key={at} scope="row" dir="auto">
                <Shown field={field} />
              </th>
            ) : (
              <td key={at} dir="auto">
                <Shown field={field} />
              </td>
            ),
          )}
        </tr>
      ))}
    </tbody>
  </table>
);

const Shown = ({ field: { text, event: report } }: { readonly field: TableField }): JSX.Element =>
  report === undefined ? (
    <>{text}</>
  ) : (
    <button type="button" class="link" onClick={() => (event.value = report)}>
      {text}
    </button>
  );
