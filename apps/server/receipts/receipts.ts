import { Inject } from '@nestjs/common';
import {
  Command,
  CommandHandler,
  Query,
  QueryHandler,
  type ICommandHandler,
  type IQueryHandler,
} from '@nestjs/cqrs';
import { isSameJson } from '#json';
import {
  answerDigest,
  isSignedAnswer,
  AuditError,
  formatKeyId,
  openReceipt,
  sameHash,
  signReceipt,
  type OpenedReceipt,
  type Receipt,
} from '#audit';
import type { Runtime } from '#runtime';
import { formatInstant } from '#time';
import { Audit } from '#data-folder';
import { Problem } from '../problems/problem.js';
import { RUNTIME } from '../provided.js';
import { VERSION } from '../version.js';
import { PinnedAnswers, type PinnedAnswer } from './pinned-answers.js';
import { askedBy, inBody, questionIn, type AskedQuestion } from './receipt-question.js';

/** Milliseconds that a receipt waits until the tree has the events of its answer. */
const WAIT_MS = 5_000;
const SOFTWARE = `borderline ${VERSION}`;

/** A receipt, its statement and its answer. */
export interface IssuedReceipt {
  /** The receipt: a signed note (C2SP) of two lines, the second of them the statement as canonical JSON. */
  readonly receipt: string;
  readonly statement: Receipt;
  readonly answer: PinnedAnswer;
}

/** A receipt to verify, alone or with the other members of its issue. */
export interface ReceiptToVerify {
  /** The signed note. */
  readonly receipt: string;
  /** An answer to compare with the signed one. */
  readonly answer?: unknown;
  /** A statement to compare with the one in the note. */
  readonly statement?: unknown;
}

/** A fault of a receipt. */
export interface ReceiptFault {
  /**
   * `signature`: no key of this log signed it; `checkpoint`: the log does not begin with the events of the checkpoint; `answer`: the pinned
   * question has another answer now; `given`: the answer or the statement in the request is not the signed one.
   */
  readonly check: 'signature' | 'checkpoint' | 'answer' | 'given';
  readonly detail: string;
}

/** The result of a verification. */
export interface VerifiedReceipt {
  /** Whether there are no faults. */
  readonly valid: boolean;
  readonly faults: readonly ReceiptFault[];
  /** The keys of this log that signed it: `origin+id`. */
  readonly signedBy: readonly string[];
  /** Missing where no key of this log signed it. */
  readonly statement?: Receipt;
  /** The present answer to the pinned question; missing where the question cannot be answered. */
  readonly answer?: PinnedAnswer;
}

/** Signs the answer to a question. Stores the checkpoint of the receipt. Plain data, as every command: the handler reads the body. */
export class IssueReceipt extends Command<IssuedReceipt> {
  constructor(readonly body: unknown) {
    super();
  }
}

/**
 * Checks four things: a key of this log signed the receipt; this log still begins with the events of the receipt's checkpoint; the pinned
 * question still has the answer; a given answer and statement equal the answer and statement of the note.
 */
export class VerifyReceipt extends Query<VerifiedReceipt> {
  constructor(readonly given: ReceiptToVerify) {
    super();
  }
}

/** Throws Problem: `malformed-body`, `invalid-question`, and as a read. */
@CommandHandler(IssueReceipt)
export class IssueReceiptHandler implements ICommandHandler<IssueReceipt> {
  constructor(
    private readonly audit: Audit,
    private readonly answers: PinnedAnswers,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async execute({ body }: IssueReceipt): Promise<IssuedReceipt> {
    const asked = questionIn(body);
    const { basis, answer } = await this.answered(asked);
    const checkpoint = await this.checkpointOf(basis.sequence);
    const { atLeast: _, ...parameters } = asked.parameters;
    const { origin, signers } = this.audit.checkpoints.keys;
    const statement: Receipt = {
      origin,
      issuedAt: formatInstant(this.runtime.now()),
      question: { path: asked.path, parameters },
      basis,
      answerSha256: answerDigest(answer),
      software: SOFTWARE,
      checkpoint,
    };
    return { receipt: signReceipt(statement, signers), statement, answer };
  }

  private async answered(asked: AskedQuestion): Promise<{ basis: Receipt['basis']; answer: PinnedAnswer }> {
    try {
      const basis = await this.answers.basisOf(asked);
      return { basis, answer: await this.answers.answer(asked, basis) };
    } catch (error) {
      throw inBody(error);
    }
  }

  private async checkpointOf(sequence: number): Promise<string> {
    await this.audit.caughtUp({ timeout: WAIT_MS });
    const { size } = this.audit;
    if (size >= sequence) return this.audit.checkpoints.at(sequence);
    throw new Problem('behind', `The audit tree is at @${size}, not yet at @${sequence}.`);
  }
}

/** Throws Problem `not-a-receipt`, `behind`. */
@QueryHandler(VerifyReceipt)
export class VerifyReceiptHandler implements IQueryHandler<VerifyReceipt> {
  constructor(
    private readonly audit: Audit,
    private readonly answers: PinnedAnswers,
  ) {}

  async execute({ given: { receipt: note, answer, statement } }: VerifyReceipt): Promise<VerifiedReceipt> {
    const opened = this.opened(note);
    if (opened instanceof AuditError) {
      const faults = [{ check: 'signature', detail: `${opened.message}.` } as const];
      return { valid: false, faults, signedBy: [] };
    }
    const { receipt } = opened;
    const now = await this.askedAgain(receipt);
    const faults = [
      await this.checkpointFault(opened),
      'detail' in now ? now : answerFault(receipt, now.answer),
      answer === undefined || isSignedAnswer(answer, receipt) ? undefined : OTHER_ANSWER,
      statement === undefined || isSameJson(statement, receipt) ? undefined : OTHER_STATEMENT,
    ].filter((fault) => fault !== undefined);
    const signedBy = opened.note.signatures.map(({ name, keyId }) => `${name}+${formatKeyId(keyId)}`);
    return {
      ...{ valid: faults.length === 0, faults, signedBy, statement: receipt },
      ...('answer' in now && { answer: now.answer }),
    };
  }

  /** Returns an error where the note is a receipt without our signature. */
  private opened(note: string): OpenedReceipt | AuditError {
    try {
      return openReceipt(note, this.audit.checkpoints.keys.verifiers);
    } catch (error) {
      if (!(error instanceof AuditError)) throw error;
      if (error.code !== 'malformed' && error.code !== 'out-of-range') return error;
      const detail = `${error.message}.`;
      throw new Problem('not-a-receipt', detail, { errors: [{ pointer: '/receipt', detail }], cause: error });
    }
  }

  private async checkpointFault({ checkpoint }: OpenedReceipt): Promise<ReceiptFault | undefined> {
    await this.audit.caughtUp({ timeout: WAIT_MS });
    const { size, root } = checkpoint;
    if (size > this.audit.size) {
      return {
        check: 'checkpoint',
        detail: `The log has ${this.audit.size} events, but the checkpoint has ${size}.`,
      };
    }
    if (sameHash(await this.audit.rootAt(size), root)) return undefined;
    return {
      check: 'checkpoint',
      detail: `The first ${size} events of the log are not the events of the checkpoint.`,
    };
  }

  private async askedAgain({
    question,
    basis,
  }: Receipt): Promise<{ readonly answer: PinnedAnswer } | ReceiptFault> {
    const asks = askedBy(question.path);
    if (!asks) return { check: 'answer', detail: 'This version has no such address.' };
    try {
      return { answer: await this.answers.answer({ ...question, asks }, basis) };
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'behind') throw error;
      return { check: 'answer', detail: `This version cannot answer the question: ${error.detail}` };
    }
  }
}

const OTHER_ANSWER: ReceiptFault = {
  check: 'given',
  detail: 'The answer in the request is not the signed one.',
};

const OTHER_STATEMENT: ReceiptFault = {
  check: 'given',
  detail: 'The statement in the request is not the one in the receipt.',
};

function answerFault({ answerSha256, software }: Receipt, answer: PinnedAnswer): ReceiptFault | undefined {
  if (isSignedAnswer(answer, { answerSha256 })) return undefined;
  const by = software === SOFTWARE ? '' : ` The receipt is from ${software}, and this is ${SOFTWARE}.`;
  return { check: 'answer', detail: `The pinned question has another answer now.${by}` };
}
