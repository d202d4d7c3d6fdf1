import { ValidateBy } from 'class-validator';
import type { StatedEffect } from '../development.js';
import { MODES, type Mode } from '../crossing/status.js';
import { Data } from '../data.js';
import { Described } from '../description.js';
import { eventType, holds, streamOf } from '../event-type.js';
import {
  Codes,
  Countries,
  Country,
  Flag,
  Formed,
  Id,
  NamesByLanguage,
  NeededWhere,
  Nested,
  OneOf,
  Optional,
  SomeOf,
  Text,
} from '../field.js';
import { KINDS, type Kind } from '../kinds.js';

const within = (value: unknown, bound: number): boolean =>
  typeof value === 'number' && Math.abs(value) <= bound;

const isPosition = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && within(value[0], 180) && within(value[1], 90);

/** GeoJSON Point (RFC 7946 §3.1.2), WGS 84. */
export class GeoPoint {
  @OneOf(['Point'], 'GeoJSON type.')
  type!: 'Point';

  @ValidateBy(
    { name: 'isPosition', validator: { validate: isPosition } },
    { message: 'must be [longitude, latitude] in degrees' },
  )
  @Described({
    type: [Number],
    minItems: 2,
    maxItems: 2,
    description: 'Longitude, then latitude, in degrees.',
  })
  coordinates!: [number, number];
}

export class CrossingRegistration {
  @Formed('The two countries, such as `LT-BY`.', /^[A-Z]{2}-[A-Z]{2}$/, 'two country codes, such as LT-BY')
  border!: string;

  @Countries('The sides; each can open and close on its own.')
  sides!: string[];

  @SomeOf(MODES, 'The modes of traffic that the crossing is built for.')
  modes!: Mode[];

  @Flag('Whether it was in operation at `occurred`.')
  operating!: boolean;

  @Optional()
  @NamesByLanguage('Names of the post on the other side.')
  farSide?: Record<string, string>;
}

export class ActorRegistration {
  @Country('The party that the actor belongs to or speaks for.')
  party!: string;

  @Optional()
  @Text('Office or function.')
  role?: string;
}

const isCrossing = (subject: object = {}): boolean => Reflect.get(subject, 'kind') === 'crossing';

/** The log knows a subject by this id, with these names and members. */
export class SubjectRegistered extends Data {
  @OneOf(KINDS, 'The kind of the subject.')
  kind!: Kind;

  @Id('Its id, unique within its kind.')
  id!: string;

  @NamesByLanguage('Its names by language; at least one.')
  names!: Record<string, string>;

  @NeededWhere(isCrossing)
  @ValidateBy(
    { name: 'isOfCrossing', validator: { validate: (_value, args) => isCrossing(args?.object) } },
    { message: 'belongs to a subject of kind crossing' },
  )
  @Nested(CrossingRegistration, 'The members of a crossing; required for a crossing.')
  crossing?: CrossingRegistration;

  @Optional()
  @Nested(ActorRegistration, 'The members of an actor.')
  actor?: ActorRegistration;

  @Optional()
  @Text('The claim in words.', 500)
  proposition?: string;

  @Optional()
  @Nested(GeoPoint, 'The location.')
  location?: GeoPoint;

  @Optional()
  @Flag('The location is the location of the nearest place, not of the subject itself.')
  approximate?: boolean;

  @Optional()
  @Codes('Codes by scheme, such as `unlocode`.')
  codes?: Record<string, string>;
}

const registeredSubject = (data: SubjectRegistered) => ({ category: data.kind, id: data.id });

const OPERATING = { status: 'open' };
const IDLE = { status: 'closed', reason: 'not operating' };

export const subjectRegistered = eventType<SubjectRegistered>({
  type: 'subject.registered',
  version: 1,
  means: 'The log knows a subject by this id, with these names and members.',
  doesNotMean: 'That it came into existence then; for a crossing, that it stayed open until the next report.',
  data: SubjectRegistered,
  subject: registeredSubject,
  effects: (development) => {
    const { data } = development;
    const subject = streamOf(registeredSubject(data));
    const effects: StatedEffect[] = [holds(development, subject, 'registration', 'authority', data)];
    if (data.crossing) {
      effects.push(
        holds(development, subject, 'status/*/*', 'authority', data.crossing.operating ? OPERATING : IDLE),
      );
    }
    return effects;
  },
  example: {
    type: 'subject.registered',
    occurred: '2020-01-01',
    reportedAt: '2020-01-01',
    data: {
      kind: 'crossing',
      id: 'lt-by.medininkai',
      names: { lt: 'Medininkai', en: 'Medininkai' },
      crossing: {
        border: 'LT-BY',
        sides: ['LT', 'BY'],
        modes: ['road'],
        operating: true,
        farSide: { be: 'Каменны Лог' },
      },
      location: { type: 'Point', coordinates: [25.67, 54.53] },
      approximate: true,
      codes: { unlocode: 'LTMDK' },
    },
    source: {
      publisher: 'UN/LOCODE',
      title: 'UN/LOCODE, snapshot of 2014',
      url: 'https://github.com/datasets/un-locode',
      publishedAt: '2014',
    },
    attribution: { claimant: 'un.locode', standing: 'reference', reliability: 'B2' },
  },
});
