import type { SubscriptionDocument } from '../sqlite/subscription-tables.js';
import type { SharedRecord } from './shared-streams.js';
import type { TextCipher } from './text-cipher.js';

/** Version of the records. */
const VERSION = 1;

/** The last record of a subscription's stream. */
export interface SharedDocument {
  readonly revision: number;
  /** The epoch of the lease under which the subscription was delivered last; 0: under none. */
  readonly epoch: number;
  /** The id of the attempt to write the record, by which the writer recognises its record. */
  readonly write: string;
  /** Undefined: the subscription was deleted. */
  readonly document: SubscriptionDocument | undefined;
}

type Stored = Pick<SharedDocument, 'epoch' | 'write'> & {
  readonly v: number;
  readonly document: SubscriptionDocument | null;
};

/** The document as a record, its secrets encrypted. */
export function recordOf(
  { epoch, write, document }: Omit<SharedDocument, 'revision'>,
  cipher: TextCipher,
): Stored {
  const encrypted = document && {
    ...document,
    secrets: document.secrets.map((one) => ({
      ...one,
      secret: cipher.encrypt(one.secret, document.subscription.id),
    })),
  };
  return { v: VERSION, epoch, write, document: encrypted ?? null };
}

/** Throws DecryptionError where another key encrypted it, Error where the record is of a later version. */
export function documentIn({ revision, data }: SharedRecord, cipher: TextCipher): SharedDocument {
  const { v, epoch, write, document } = data as Stored;
  assertReadable(v);
  const decrypted = document && {
    ...document,
    secrets: document.secrets.map((one) => ({
      ...one,
      secret: cipher.decrypt(one.secret, document.subscription.id),
    })),
  };
  return { revision, epoch, write, document: decrypted ?? undefined };
}

/** A record of the index: a client has changed or removed a subscription. */
export interface IndexEntry {
  readonly v: number;
  readonly id: string;
  readonly removed: boolean;
}

export const indexEntry = (id: string, removed: boolean): IndexEntry => ({ v: VERSION, id, removed });

export function indexEntryIn({ data }: SharedRecord): IndexEntry {
  const entry = data as IndexEntry;
  assertReadable(entry.v);
  return entry;
}

/** Throws Error. */
function assertReadable(version: number): void {
  if (version !== VERSION)
    throw new Error(
      `the webhooks in the cluster have version ${version}; this version of Borderline reads ${VERSION}`,
    );
}
