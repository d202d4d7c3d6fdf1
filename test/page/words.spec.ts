import { describe, expect, it } from '@jest/globals';
import { eventTypes, schemaOfType } from '#events';
import { en } from '../../apps/web/words/en.js';
import { lt } from '../../apps/web/words/lt.js';

/** The names in a catalogue, each with the names above it. */
const namesIn = (catalogue: object, above = ''): string[] =>
  Object.entries(catalogue).flatMap(([name, one]: [string, unknown]) =>
    typeof one === 'object' && one !== null ? namesIn(one, `${above}${name}/`) : [`${above}${name}`],
  );

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** The members of each type's data for which the form of the page has a field, and the words that may be chosen for them. */
function typedMembers(): { readonly members: Set<string>; readonly choices: Set<string> } {
  const [members, choices] = [new Set<string>(), new Set<string>()];
  for (const { type, version } of eventTypes.filter((one) => !one.type.startsWith('record.'))) {
    const schema = schemaOfType('urn:x', type, version) as Schema;
    const add = (sent: Schema): void => {
      const name = sent.$ref?.split('/').at(-1) ?? '';
      // Times and places are typed as one text.
      if (/^Time|^GeoPoint$/.test(name)) return;
      const { properties = {}, items, enum: words = [] } = { ...schema.$defs?.[name], ...sent };
      words.forEach((word) => choices.add(word));
      if (items) add(items);
      for (const [member, one] of Object.entries(properties)) {
        members.add(member);
        add(one);
      }
    };
    add(schema.properties!['data']!);
  }
  members.delete('tags');
  return { members, choices };
}

describe('the texts of the page', () => {
  const { members, choices } = typedMembers();

  it('all exist in Lithuanian', () => {
    expect(namesIn(lt).sort()).toEqual(namesIn(en).sort());
  });

  it('name each type of the catalogue', () => {
    expect(eventTypes.map(({ type }) => type).filter((type) => !(type in en.types))).toEqual([]);
  });

  it('name each member that a report can have', () => {
    expect(members.size).toBeGreaterThan(80);
    expect([...members].filter((member) => !(member in en.members))).toEqual([]);
  });

  it('have each word of a closed set', () => {
    const known = { ...en.choices, ...en.mode, ...en.units, ...en.levels, ...en.states, ...en.qualifiers };
    expect([...choices].filter((word) => !(word in known))).toEqual([]);
  });
});
