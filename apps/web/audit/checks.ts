import { ask, askText, pathOf } from '../data.js';
import { canonicalJson, isSameJson } from '#json';
import { base64Of, bytesOf, bytesOfBase64 } from './hashes.js';
import { forget, remember, remembered } from './memory.js';
import {
  digestOfAnswer,
  NoteFault,
  readCheckpoint,
  readReceipt,
  type SignedTree,
  type ReceiptStatement,
} from './note.js';
import { hashOfLeaf, isContinued, isIncluded } from './tree.js';

/** A check of this page, and its result. The code is the name of the check in the words of the page. */
export interface Check {
  readonly code: string;
  readonly holds: boolean;
  readonly about?: string;
}

/** The log as this browser has checked it. */
export interface CheckedLog {
  readonly tree?: SignedTree;
  readonly keys: readonly string[];
  readonly checks: readonly Check[];
}

const hashesOf = (path: readonly string[]): Uint8Array[] =>
  path.map((one) => bytesOfBase64(one) ?? new Uint8Array());

const faultOf = (error: unknown): Check => {
  if (!(error instanceof NoteFault)) throw error;
  return { code: error.code, holds: false };
};

/** Asks the log for the proof that the later tree continues the earlier tree, and checks the proof. */
async function continues(earlier: SignedTree, later: SignedTree): Promise<boolean> {
  const path = pathOf('/v1/audit/proofs/consistency', { from: earlier.size, to: later.size });
  const proof = await ask<{ readonly path: readonly string[] }>(path);
  return isContinued(earlier, later, hashesOf(proof.path));
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/**
 * Asks for the checkpoint of the log, and checks its signature by the keys that this browser trusts. Checks too that the checkpoint continues the
 * checkpoint that the browser remembers. A checkpoint that passes is remembered; a checkpoint that fails changes nothing. The first keys are trusted
 * as they are offered; a later key only where a trusted key signed the same checkpoint. Throws Refusal.
 */
export async function checkLog(): Promise<CheckedLog> {
  const memory = remembered();
  const offered = linesOf(await askText('/v1/audit/key'));
  const note = await askText('/v1/audit/checkpoint');
  const known = memory?.keys ?? offered;
  try {
    const tree = readCheckpoint(note, known);
    const checks: Check[] = [{ code: 'signed', holds: true, about: tree.signedBy.map(shortKey).join(', ') }];
    checks.push(memory ? await continuation(memory.checkpoint, tree, known) : { code: 'first', holds: true });
    if (checks.some(({ holds }) => !holds)) return { keys: known, checks };
    const keys = [...new Set([...known, ...readCheckpoint(note, [...known, ...offered]).signedBy])];
    remember({ checkpoint: note, keys, at: new Date().toISOString() });
    return { tree, keys, checks };
  } catch (error) {
    return { keys: known, checks: [faultOf(error)] };
  }
}

async function continuation(note: string, later: SignedTree, keys: readonly string[]): Promise<Check> {
  const earlier = readCheckpoint(note, keys);
  const about = String(earlier.size);
  if (earlier.origin !== later.origin) return { code: 'other-log', holds: false };
  if (earlier.size > later.size) return { code: 'shorter', holds: false, about };
  return { code: 'continues', holds: await continues(earlier, later), about };
}

/** Forgets the checkpoint and the keys: the next check is the first. */
export const startAgain = (): Promise<CheckedLog> => {
  forget();
  return checkLog();
};

/** The id of a key, such as `863213fa`. */
const shortKey = (key: string): string => key.split('+')[1] ?? key;

/** An event as the log lists it, its place in the log, and the checks of the event. */
export interface CheckedEvent {
  readonly event: object;
  readonly leaf: string;
  readonly checks: readonly Check[];
}

interface InclusionAnswer {
  readonly leafIndex: number;
  readonly path: readonly string[];
}

/** Hashes the event in this browser, and checks that the tree has the hash at the event’s place. Throws Refusal. */
export async function checkEvent(id: string, tree: SignedTree): Promise<CheckedEvent> {
  const path = `/v1/events/${encodeURIComponent(id)}`;
  const { corrections: _, causes: __, ...event } = await ask<Record<string, unknown>>(path);
  const leaf = hashOfLeaf(bytesOf(canonicalJson(event)));
  const place = event['sequence'] as number;
  if (place > tree.size) return { event, leaf: base64Of(leaf), checks: [{ code: 'later', holds: false }] };
  const proof = await ask<InclusionAnswer>(
    pathOf(`/v1/audit/proofs/inclusion/${encodeURIComponent(id)}`, { size: tree.size }),
  );
  const holds = isIncluded(leaf, place - 1, tree, hashesOf(proof.path));
  const checks = [{ code: 'included', holds, about: `@${place}` }];
  return { event, leaf: base64Of(leaf), checks };
}

/** A receipt and its answer, as they are in a file. */
export interface IssuedReceipt {
  readonly receipt: string;
  readonly answer?: unknown;
}

export interface CheckedReceipt extends IssuedReceipt {
  readonly stated?: ReceiptStatement;
  readonly checks: readonly Check[];
}

/** Asks for a signed answer, and checks the answer in this browser. Throws Refusal. */
export async function getReceipt(
  question: { readonly path: string; readonly parameters: Readonly<Record<string, string>> },
  log: CheckedLog,
): Promise<CheckedReceipt> {
  const issued = await ask<IssuedReceipt>('/v1/audit/receipts', {
    method: 'POST',
    body: JSON.stringify(question),
    headers: { 'content-type': 'application/json' },
  });
  const checked = await checkReceipt(issued, log);
  const isAsked = isSameJson(checked.stated?.question, question);
  return isAsked ? checked : { ...checked, checks: [...checked.checks, { code: 'asked', holds: false }] };
}

/**
 * Checks a receipt: a trusted key signed the receipt and the checkpoint in it; the answer beside the receipt is the answer that the receipt states;
 * the checkpoint of the log continues the checkpoint in the receipt, or the other way round. Throws Refusal.
 */
export async function checkReceipt(
  { receipt, answer }: IssuedReceipt,
  { tree, keys }: CheckedLog,
): Promise<CheckedReceipt> {
  try {
    const { stated, tree: then } = readReceipt(receipt, keys);
    const checks: Check[] = [
      { code: 'receipt-signed', holds: true, about: then.signedBy.map(shortKey).join(', ') },
    ];
    if (answer !== undefined)
      checks.push({ code: 'answered', holds: digestOfAnswer(answer) === stated.answerSha256 });
    if (tree) {
      const [earlier, later] = then.size <= tree.size ? [then, tree] : [tree, then];
      checks.push({ code: 'receipt-in-log', holds: await continues(earlier, later), about: `@${then.size}` });
    }
    return { receipt, answer, stated, checks };
  } catch (error) {
    return { receipt, answer, checks: [faultOf(error)] };
  }
}

/** Reads a receipt from a text: the note alone, or the JSON in which the receipt was issued. */
export function receiptIn(text: string): IssuedReceipt {
  try {
    const { receipt, answer } = JSON.parse(text) as IssuedReceipt;
    if (typeof receipt === 'string') return { receipt, ...(answer !== undefined && { answer }) };
  } catch {
    // The text is no JSON: it is the note.
  }
  return { receipt: text };
}
