import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '../problems/problem.js';
import { formFor, JSON_FORM } from './answer-form.js';

const FORMS = [
  JSON_FORM,
  { name: 'csv', type: 'text/csv' },
  { name: 'ndjson', type: 'application/x-ndjson' },
  { name: 'cloudevents', type: 'application/cloudevents-batch+json' },
  { name: 'cloudevents', type: 'application/x-ndjson' },
] as const;

const form = (accept?: string, format?: string): string => {
  const { name, type } = formFor(FORMS, { accept, format });
  return `${name} ${type}`;
};

const refusal = (accept?: string, format?: string): string => {
  try {
    return form(accept, format);
  } catch (error) {
    return error instanceof Problem ? error.code : String(error);
  }
};

describe('the form of an answer', () => {
  it('is the first form where the client does not name one', () => {
    for (const accept of [undefined, '', ' ', '*/*', 'application/*', '*/*;q=0.1'])
      expect(form(accept)).toBe('json application/json');
  });

  it('is the form that Accept prefers, by quality and not by the order', () => {
    expect(form('text/csv')).toBe('csv text/csv');
    expect(form('application/json;q=0.5, text/csv;q=0.9')).toBe('csv text/csv');
    expect(form('application/json; q=0.2, */*; q=0.1')).toBe('json application/json');
    expect(form('text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8')).toBe(
      'json application/json',
    );
  });

  it('has the quality of the most specific range that fits it', () => {
    expect(form('application/json;q=0, */*')).toBe('csv text/csv');
    expect(form('text/*;q=0.9, text/csv;q=0.1, application/x-ndjson;q=0.5')).toBe(
      'ndjson application/x-ndjson',
    );
  });

  it('is found in upper and lower case, and with a charset', () => {
    expect(form('Text/CSV')).toBe('csv text/csv');
    expect(form('text/csv; charset=UTF-8')).toBe('csv text/csv');
    expect(refusal('text/csv; charset=utf-16')).toBe('not-acceptable');
  });

  it('is refused where nothing fits', () => {
    for (const accept of ['text/html', 'text/csv;q=0', 'nonsense', '*/*;q=0', 'image/*'])
      expect(refusal(accept)).toBe('not-acceptable');
  });

  it('is the form that `format` names, with any Accept', () => {
    expect(form('application/json', 'csv')).toBe('csv text/csv');
    expect(form('image/png', 'json')).toBe('json application/json');
    expect(refusal(undefined, 'xml')).toBe('invalid-parameter');
  });

  it('is chosen by Accept among the forms of one name', () => {
    expect(form(undefined, 'cloudevents')).toBe('cloudevents application/cloudevents-batch+json');
    expect(form('application/x-ndjson', 'cloudevents')).toBe('cloudevents application/x-ndjson');
    expect(form('application/x-ndjson')).toBe('ndjson application/x-ndjson');
  });

  it('is found, or refused, for any header', () => {
    const token = fc.constantFrom(
      '*/*',
      'text/csv',
      'text/*',
      ';',
      ',',
      'q=',
      '0.5',
      '"',
      '=',
      '/',
      ' ',
      '\\',
    );
    const header = fc.oneof(
      fc.string(),
      fc.array(token, { maxLength: 30 }).map((tokens) => tokens.join('')),
    );
    fc.assert(
      fc.property(header, (accept) => {
        expect([...FORMS.map(({ name, type }) => `${name} ${type}`), 'not-acceptable']).toContain(
          refusal(accept),
        );
      }),
    );
  });
});
