import { describe, expect, it } from '@jest/globals';
import { edtfOf } from './when.js';

describe('a time in the words of a person', () => {
  it.each([
    ['5 November 2025', '2025-11-05'],
    ['about 5 November', '2025-11-05~'],
    ['about mid-November', '2025-11-11/2025-11-20'],
    ['November 2024', '2024-11'],
    ['late February', '2026-02-21/2026-02-28'],
    ['by 30 November', '../2025-11-30'],
    ['in the coming days', '2025-11-27/2025-12-04'],
    ['yesterday', '2025-11-26'],
    ['lapkričio viduryje', '2025-11-11/2025-11-20'],
    ['2025 m. lapkričio 5 d.', '2025-11-05'],
    ['apie sausio 10', '2026-01-10~'],
    ['iki lapkričio 30', '../2025-11-30'],
    ['artimiausiomis dienomis', '2025-11-27/2025-12-04'],
    ['2025-11-05T06:00', '2025-11-05T06:00'],
    ['2025-11~', '2025-11~'],
  ])('“%s” is %s on 27 November 2025', (text, edtf) => {
    expect(edtfOf(text, '2025-11-27')).toBe(edtf);
  });

  it.each(['soon', '', '31 February', 'the other day'])('“%s” is not guessed', (text) => {
    expect(edtfOf(text, '2025-11-27')).toBeUndefined();
  });
});
