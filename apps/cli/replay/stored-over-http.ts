import { EFFECT_MEMBERS, type CellPage, type EffectRow, type StoredCell, type CorrectionRow } from '#views';
import type { Client } from '#client';
import type { ViewRows } from './compare.js';

/** A line of `/v1/audit/views`. */
interface CellLine {
  readonly cell?: StoredCell;
  readonly effects?: readonly Readonly<Record<string, unknown>>[];
  readonly corrections?: readonly CorrectionRow[];
}

/** The stored effects and corrections of a server's views, as they arrive. To be read once, the cells first. */
export function storedOverHttp(client: Client, upTo: number): ViewRows {
  const lines = client.lines<CellLine>('/v1/audit/views', { recordedAt: `@${upTo}` });
  let first: readonly CorrectionRow[] | undefined;
  async function* cells(): AsyncGenerator<CellPage> {
    for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
      const { cell, effects, corrections } = line.value;
      if (cell && effects) yield { cell, effects: effects.map(rowOf) };
      else if (corrections) {
        first = corrections;
        return;
      }
    }
  }
  async function* corrections(): AsyncGenerator<readonly CorrectionRow[]> {
    if (first) yield first;
    for await (const { corrections: more } of lines) if (more) yield more;
  }
  return { cells: cells(), corrections: corrections() };
}

function rowOf(effect: Readonly<Record<string, unknown>>): EffectRow {
  return EFFECT_MEMBERS.map((name) => {
    const value = effect[name];
    return value === null || (name !== 'value' && name !== 'thenValue') ? value : JSON.stringify(value);
  }) as unknown as EffectRow;
}
