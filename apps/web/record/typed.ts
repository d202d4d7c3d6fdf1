/** The texts that a person would have typed for a value, by the path of their field: the reverse of `valueOf`. */
export function typedFrom(value: unknown, path: string): Readonly<Record<string, string>> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object') return { [path]: typeof value === 'string' ? value : JSON.stringify(value) };
  if (Array.isArray(value)) return { [path]: listTyped(value as readonly unknown[]) };
  const { edtf, type, coordinates } = value as Readonly<Record<string, unknown>>;
  if (typeof edtf === 'string') return { [path]: edtf };
  if (type === 'Point') return { [path]: [...(coordinates as readonly number[])].reverse().join(', ') };
  const entries = Object.entries(value);
  // The members of an object have fields of their own; where any name may be one, they are lines of one field.
  return Object.assign(
    { [path]: entries.map(([name, one]) => `${name}: ${String(one)}`).join('\n') },
    ...entries.map(([name, one]) => typedFrom(one, `${path}.${name}`)),
  ) as Readonly<Record<string, string>>;
}

function listTyped(list: readonly unknown[]): string {
  if (list.every((one) => typeof one === 'string')) return list.join('\n');
  const rows = list.map((one) => Object.values(one as object) as unknown[]);
  return rows.flat().every((one) => typeof one === 'string')
    ? rows.map((row) => row.join(' | ')).join('\n')
    : JSON.stringify(list);
}
