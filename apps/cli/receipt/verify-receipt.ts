import { readFileSync } from 'node:fs';
import { isSameJson, parseJsonText } from '#json';
import { AuditError, isSignedAnswer, openReceipt, type OpenedReceipt, type Receipt } from '#audit';
import { ITS_OWN } from '../audit/report.js';
import { trusted, type Trusted } from '../audit/trusted.js';
import { type Connect, type Target } from '../connection.js';
import { Failure, messageOf } from '../failure.js';
import { localTimeIn } from '../local-time.js';
import { ProblemError, type Client } from '#client';
import { notice, printable, say } from '../terminal.js';
import { basisLine } from '../views/cut.js';
import { membersOf, statusText } from '../views/view-table.js';

export interface ReceiptOptions extends Target {
  /** Verifier keys, or a file of verifier keys. */
  readonly key?: string;
  /** The name of a file with the answer to compare. */
  readonly answer?: string;
}

/** The content of the file: the note, and optionally the answer and the statement of the note. */
interface ReceiptFile {
  readonly message: string;
  readonly answer?: unknown;
  readonly statement?: unknown;
}

/**
 * Returns whether the receipt in a file is valid. The file has the receipt as it was issued (JSON), or the bare note. Checks the signature,
 * and that the answer is the signed one. With a folder or a server, it also checks that the log still begins with the events of the
 * checkpoint, and that the question still has this answer. Prints the statement, and the faults. Throws Failure.
 */
export async function verifyReceipt(
  file: string,
  options: ReceiptOptions,
  connect: Connect,
): Promise<boolean> {
  const { key, url, data, answer } = options;
  const given = receiptFileIn(file, answer);
  if (url === undefined && data === undefined) {
    if (key === undefined) {
      throw new Failure('give the public key with --key, or the log of the receipt with --data or --url');
    }
    return printReport(given, trusted(key, []), undefined);
  }
  // A server with --url may need another kind of key, which comes from the environment.
  const target = { ...(url !== undefined && { url }), ...(data !== undefined && { data }) };
  return connect(target, { views: true }, async (client) => {
    const own = (await client.text('/v1/audit/key')).split('\n').filter((line) => line !== '');
    const known = trusted(key, own);
    if (known.itsOwn && url !== undefined) notice(`${ITS_OWN} If you know the key, give it with --key.`);
    return printReport(given, known, await faultsAt(client, given));
  });
}

/** `atLog`: the faults by the log of the receipt; undefined where no log was asked. */
function printReport(given: ReceiptFile, known: Trusted, atLog: readonly string[] | undefined): boolean {
  const opened = opening(given, known);
  if (opened instanceof AuditError) {
    say(`The receipt is not valid: ${printable(opened.message)}.`);
    return false;
  }
  const { receipt, checkpoint, note: signed } = opened;
  const { origin, issuedAt, software, question, basis } = receipt;
  say(printable(`Receipt of ${origin}, issued ${issuedAt} by ${software}.`));
  say(printable(`Asked:  ${addressOf(question)}`));
  say(printable(`        ${basisLine(basis, localTimeIn(basis.zone))}`));
  const isSigned = given.answer !== undefined && isSignedAnswer(given.answer, receipt);
  if (isSigned) say(printable(`Answer: ${answerText(given.answer)}`));
  say(
    `Signed with ${signed.signatures.length === 1 ? 'one key' : `${signed.signatures.length} keys`} of the log, as is the checkpoint of its first ${checkpoint.size} events.`,
  );
  if (given.answer === undefined) say('The file has no answer: give one with --answer to compare it.');
  const faults = [
    ...(given.answer === undefined || isSigned ? [] : ['The answer is not the signed one.']),
    ...(given.statement === undefined || isSameJson(given.statement, receipt)
      ? []
      : ['The statement in the file is not the one in the receipt.']),
    ...(atLog ?? []),
  ];
  for (const fault of faults) say(printable(fault));
  if (faults.length === 0) say(`The receipt is valid${atLog === undefined ? '' : ', and the log agrees'}.`);
  return faults.length === 0;
}

function opening({ message }: ReceiptFile, { verifiers }: Trusted): OpenedReceipt | AuditError {
  try {
    return openReceipt(message, verifiers);
  } catch (error) {
    if (error instanceof AuditError) return error;
    throw error;
  }
}

/** The faults of the receipt by the log itself; the given answer is compared here. */
async function faultsAt(client: Client, { message }: ReceiptFile): Promise<string[]> {
  try {
    const { faults } = await client.post('/v1/audit/receipts/verify', { body: { receipt: message } });
    return faults.map(({ detail }) => `At the log: ${detail}`);
  } catch (error) {
    if (error instanceof ProblemError && error.status === 422) return [`At the log: ${error.message}`];
    throw error;
  }
}

/** The receipt in a file, as the service issued it or the note alone. `answerFile`: a file with the answer to compare. */
function receiptFileIn(file: string, answerFile: string | undefined): ReceiptFile {
  const text = contentOf('--receipt', file);
  const issued = /^\s*\{/.test(text) ? membersOf(jsonOf('--receipt', file, text)) : { receipt: text };
  const { receipt: message } = issued;
  if (typeof message !== 'string') throw new Failure(`--receipt: there is no receipt in ${file}`);
  const answer =
    answerFile === undefined
      ? issued['answer']
      : jsonOf('--answer', answerFile, contentOf('--answer', answerFile));
  return { message, answer, statement: issued['statement'] };
}

function contentOf(option: string, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw new Failure(`${option} ${file}: ${messageOf(error)}`, { cause: error });
  }
}

function jsonOf(option: string, file: string, text: string): unknown {
  try {
    return parseJsonText(text);
  } catch (error) {
    throw new Failure(`${option} ${file} ${messageOf(error)}`, { cause: error });
  }
}

function addressOf({ path, parameters }: Receipt['question']): string {
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

/** An answer in a few words. */
function answerText(answer: unknown): string {
  const { known, items, segments, counts } = membersOf(answer);
  if (known === false) return 'nothing was known';
  if (Array.isArray(items)) return items.length === 1 ? 'one item' : `${items.length} items`;
  if (Array.isArray(segments)) return `${segments.length} segments`;
  return (
    statusText(answer) ||
    (counts === undefined ? 'as in the file' : 'the state of everything, as in the file')
  );
}
