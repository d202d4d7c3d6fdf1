import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '../docs/api.js';

const PARAMETERS = [
  [
    'asOf',
    'valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now',
    '2025-11-05',
  ],
  [
    'knownAt',
    'reported time, in the same forms: nothing that became public later; default no cut',
    '2025-11-04',
  ],
  [
    'recordedAt',
    'recorded time, in the same forms or `@<sequence>`: nothing that this log learned later; default no cut',
    '@120',
  ],
  ['zone', 'the IANA zone of dates; default Europe/Vilnius', 'Europe/Vilnius'],
  ['accordingTo', 'the id of an actor: only what it says', undefined],
  ['minReliability', 'Admiralty code A1…F6: weaker reports are left out', 'B2'],
] as const;

/** Documents the time parameters of a read of state, under a prefix where it takes two cuts. */
export const ApiCut = (prefix = ''): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ...PARAMETERS.map(([name, description, example]) =>
      ApiQuery({
        name: `${prefix}${name}`,
        required: false,
        description,
        schema: { type: 'string', ...(example === undefined ? {} : { example }) },
      }),
    ),
    ApiQuery({
      name: `${prefix}atLeast`,
      required: false,
      description: 'a sequence to wait for, at most 5 s: read your writes',
      schema: { type: 'integer', minimum: 0 },
    }),
  );
