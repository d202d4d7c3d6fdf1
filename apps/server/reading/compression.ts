import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib';
import type { Transform } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import Negotiator from 'negotiator';
import { varyBy } from './answer.js';

export type ContentCoding = 'br' | 'gzip';

/** Shorter answers gain nothing: they need one packet in any case. */
const LEAST_BYTES = 1_024;
/** Types that are compressed already. */
const UNFIT = /^image\/(?!svg)/;
/** Figures in docs/adr/0029: higher levels take twice the time for a tenth of the size. */
const GZIP = { level: 3 };
const BROTLI_QUALITY = 3;

const gzipped = promisify(gzip);
const brotlied = promisify(brotliCompress);

/** The types of the package lack this method. */
type Preferring = Negotiator & {
  encoding(
    available: readonly string[],
    options: { readonly preferred: readonly string[] },
  ): string | undefined;
};

/**
 * The coding that a client asks for (RFC 9110 §12.5.3); among equal codings the first of `preferred`. Undefined: none; also where the
 * client excludes `identity`, because such an answer is better than a refusal.
 */
export function contentCodingFor(
  header: string | undefined,
  preferred: readonly ContentCoding[] = ['br', 'gzip'],
): ContentCoding | undefined {
  if (header === undefined) return undefined;
  const negotiator = new Negotiator({ headers: { 'accept-encoding': header } }) as Preferring;
  const chosen = negotiator.encoding(['br', 'gzip', 'identity'], { preferred });
  return chosen === 'br' || chosen === 'gzip' ? chosen : undefined;
}

/**
 * Compresses answers of over 1 KiB, in the threads of zlib and only where that makes them shorter. Entity tags stay as they are: all of ours
 * are weak, and a weak tag is the same for every coding (RFC 9110 §8.8.1).
 */
export function compressAnswers(fastify: FastifyInstance): void {
  fastify.addHook('onSend', ({ headers }, reply, payload, done) => {
    varyBy(reply, 'accept-encoding');
    const coding = contentCodingFor(headers['accept-encoding']);
    if (coding === undefined || !isFit(reply, payload)) {
      done(null, payload);
      return;
    }
    const send = (compressed: Buffer | undefined): void => {
      if (compressed) reply.removeHeader('content-length').header('content-encoding', coding);
      done(null, compressed ?? payload);
    };
    compressedOnce(payload, coding).then(send, done);
  });
}

function isFit(reply: FastifyReply, payload: unknown): payload is Buffer | string {
  const isLong =
    (typeof payload === 'string' || Buffer.isBuffer(payload)) && Buffer.byteLength(payload) > LEAST_BYTES;
  return (
    isLong && !reply.hasHeader('content-encoding') && !UNFIT.test(String(reply.getHeader('content-type')))
  );
}

type Compressed = Promise<Buffer | undefined>;

/** The compressed forms by answer: the text of a list is remembered as long as it is valid, and so is its compressed form. */
const known = new WeakMap<Buffer, Map<ContentCoding, Compressed>>();

/** Undefined where the compressed answer would not be shorter. */
function compressedOnce(answer: Buffer | string, coding: ContentCoding): Compressed {
  if (typeof answer === 'string') return compressedIn(coding, Buffer.from(answer));
  const codings = known.get(answer) ?? new Map<ContentCoding, Compressed>();
  known.set(answer, codings);
  const compressed = codings.get(coding) ?? compressedIn(coding, answer);
  codings.set(coding, compressed);
  return compressed;
}

async function compressedIn(coding: ContentCoding, answer: Buffer): Compressed {
  const made = await (coding === 'br'
    ? brotlied(answer, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: answer.length,
        },
      })
    : gzipped(answer, GZIP));
  return made.length < answer.length ? made : undefined;
}

/**
 * Compresses an answer that is sent piece by piece: each piece when it is written. The window is small, because many answers may be under
 * way.
 */
export const encoderIn = (coding: ContentCoding): Transform =>
  coding === 'br'
    ? createBrotliCompress({
        flush: constants.BROTLI_OPERATION_FLUSH,
        params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_LGWIN]: 16 },
      })
    : createGzip({ ...GZIP, flush: constants.Z_SYNC_FLUSH });
