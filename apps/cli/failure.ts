import { inspect } from 'node:util';
import { printable } from './terminal.js';
import { ProblemError } from '#client';

/** A command cannot continue. The message is one line for the terminal. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/**
 * The text of an error for the terminal: one line; after it, where the server refused, each fault with its pointer; with `verbose`
 * also the cause.
 */
export function failed(error: unknown, verbose: boolean): string {
  const lines = [`borderline: ${oneLine(messageOf(error))}`];
  if (error instanceof ProblemError) lines.push(...faultLines(error));
  if (verbose) lines.push(inspect(error instanceof Error ? (error.cause ?? error) : error));
  else if (!isExpected(error)) lines[0] += ' (a fault of borderline; --verbose shows more)';
  return `${lines.join('\n')}\n`;
}

/** Faults that the message does not name already. */
function faultLines({ message, errors }: ProblemError): string[] {
  return errors
    .filter(({ detail }) => !message.includes(detail) || errors.length > 1)
    .map(({ pointer, parameter, detail }) => `  ${printable(`${pointer ?? parameter ?? ''}: ${detail}`)}`);
}

export function messageOf(error: unknown): string {
  if (error instanceof ProblemError && error.status === 401) {
    return `${error.message} Give one with --key or BORDERLINE_KEY.`;
  }
  return error instanceof Error ? error.message : String(error);
}

/** Errors of other parts that are for the terminal: of the start, of the settings, of the keys, of the log. */
const FOR_THE_TERMINAL = [
  'Failure',
  'ProblemError',
  'ConnectionError',
  'ResetError',
  'StartError',
  'SettingsError',
  'KeyError',
  'AuditKeyError',
  'LockedError',
  'LogChangedError',
  'BackUpError',
  'LogError',
];

/** Errors of the machine: rights, space, a missing file. */
const OF_THE_MACHINE =
  /^(EACCES|EPERM|EROFS|ENOSPC|ENOENT|ENOTDIR|EISDIR|SQLITE_(READONLY|CANTOPEN|FULL|IOERR))/;

function isExpected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return FOR_THE_TERMINAL.includes(error.name) || OF_THE_MACHINE.test(code);
}

function oneLine(text: string): string {
  return printable(text.replace(/\s*\n\s*/g, ' ')).trim();
}
