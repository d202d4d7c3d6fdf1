import {
  anything,
  choice,
  instant,
  list,
  map,
  nullOr,
  object,
  text,
  texts,
  truth,
  whole,
  type Schema,
} from '../docs/schema.js';

const PATH = text('the address of an answer, without a query', { example: '/v1/crossings/lt-by.medininkai' });
const NOTE = text('the receipt: a signed note (C2SP) of two lines, the second of them canonical JSON');
const ANSWER = anything(
  'what GET answers to the pinned question, members and basis; `{ basis, known: false }` where it answers 404',
);

/** `POST /v1/audit/receipts` */
export const questionSchema: Schema = object(
  { path: PATH },
  { parameters: map(text(), 'those of the address, each a text') },
);

const statement = object(
  {
    origin: text('the name of the log'),
    issuedAt: instant(),
    question: object({ path: PATH, parameters: map(text()) }, {}, 'As it was asked.'),
    basis: object(
      {
        asOf: instant(),
        knownAt: nullOr(instant()),
        recordedAt: text('the question is pinned to this sequence', { pattern: '^@\\d+$' }),
        sequence: whole(),
        zone: text(),
      },
      {},
      'What it came to, every instant resolved.',
    ),
    answerSha256: text('of the canonical JSON (RFC 8785) of the answer', { pattern: '^[0-9a-f]{64}$' }),
    software: text('what answered'),
    checkpoint: text('the signed checkpoint of the events that the answer rests on: a note (C2SP)'),
  },
  {},
  'What the note says.',
);

export const issuedSchema: Schema = object({ receipt: NOTE, statement, answer: ANSWER });

/** `POST /v1/audit/receipts/verify` */
export const toVerifySchema: Schema = object(
  { receipt: NOTE },
  {
    answer: anything('an answer that somebody says the receipt is about'),
    statement: anything('what somebody says the note says'),
  },
  'What a receipt was issued as, or of it at least the note.',
);

export const verifiedSchema: Schema = object(
  {
    valid: truth('whether there are no faults'),
    faults: list(
      object({
        check: choice(
          ['signature', 'checkpoint', 'answer', 'given'],
          'signature: nobody here signed this; checkpoint: the log does not begin any more with the events that were signed; answer: the pinned question has another answer now; given: the answer or the statement sent along is another',
        ),
        detail: text(),
      }),
    ),
    signedBy: texts('the keys of this log that signed it: `origin+id`'),
  },
  { statement, answer: ANSWER },
);
