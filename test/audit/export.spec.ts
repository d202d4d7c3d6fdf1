import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExportWriter } from '../../apps/cli/audit/export-writer.js';
import { verifyFile } from '../../apps/cli/audit/verify-file.js';
import { Client } from '#client';
import { application, newEvent } from '../server/application.js';

describe('an export of a server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'borderline-'));
  const file = join(folder, 'export.ndjson');
  let whole: Buffer;
  let key: string;

  beforeAll(async () => {
    const app = await application();
    await app.log.append(Array.from({ length: 300 }, (_, n) => newEvent(`crossing-lt-by.${n % 7}`)));
    const client = new Client({ url: app.url });
    key = await client.text('/v1/audit/key');
    const writer = new ExportWriter(client, 300);
    const parts: Uint8Array[] = [];
    for await (const block of writer.blocks()) parts.push(block);
    whole = Buffer.concat([...parts, await writer.lastLine()]);
    await app.stop();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const isGood = async (bytes: Uint8Array): Promise<boolean> => {
    writeFileSync(file, bytes);
    try {
      const { verification, more } = await verifyFile(file, key.trim());
      return verification.faults.length === 0 && more?.length === 0;
    } catch {
      return false;
    }
  };

  it('verifies unchanged', async () => {
    expect(await isGood(whole)).toBe(true);
  });

  it('does not verify with any bit flipped, at any position', async () => {
    const flip = fc.tuple(fc.nat(whole.length - 1), fc.nat(7));
    await fc.assert(
      fc.asyncProperty(flip, async ([at, bit]) => {
        const bytes = Buffer.from(whole);
        bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
        expect(await isGood(bytes)).toBe(false);
      }),
      { numRuns: 150, examples: [[[0, 5]], [[whole.length - 1, 0]], [[whole.length - 2, 3]]] },
    );
  });

  it('does not verify cut off at any position', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        expect(await isGood(whole.subarray(0, length))).toBe(false);
      }),
      { numRuns: 50, examples: [[whole.length - 1]] },
    );
  });
});
