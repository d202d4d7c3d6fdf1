/**
 * The core of a transparency log: it makes the event log tamper-evident. A reader who kept one signed checkpoint of the log can
 * prove later that no event was changed, removed or inserted. Pure: no clock, no randomness, no storage.
 *
 * Entries. An event becomes an entry: its canonical JSON (RFC 8785) in UTF-8, at most 65,535 bytes. Entry 0 is the event
 * with sequence 1.
 *
 * Tree. The entries are the leaves of a Merkle tree (RFC 9162 §2.1, SHA-256):
 *
 *     leaf = SHA-256(0x00 || entry)        node = SHA-256(0x01 || left || right)
 *
 * A tree of n leaves has on its left the complete subtree of the greatest power of two below n, and the rest on its right. Complete
 * subtrees never change; `grow` keeps the subtrees at the right edge (`Frontier`) and returns the hashes to store.
 *
 * Tiles (C2SP tlog-tiles). A tile stores a run of 256 hashes of the levels 0, 8, 16…, at `tile/<L>/<N>`; the last tile of a
 * level may be partial, at `….p/<W>`. Entry bundles are at `tile/entries/<N>`. A `HashReader` computes any hash from tiles.
 *
 * Proofs (RFC 9162 §2.1.3 and §2.1.4). Inclusion: this entry is number i of the tree with that root. Consistency: the tree
 * with the second root begins with all leaves of the tree with the first. Made from a `HashReader`, verified with hashes alone.
 *
 * Checkpoints (C2SP tlog-checkpoint). Origin, size and root, signed as a note (C2SP signed-note) with Ed25519. The tools of
 * golang.org/x/mod/sumdb/{note,tlog} and of other transparency logs read keys, notes, checkpoints, proofs and tiles as they are.
 *
 * Receipts. A receipt states the answer to a question, and includes a checkpoint of the events behind it. It is a note, signed with the same key.
 *
 * Exports. An export is the log's entries, one line each, with the hashes of their leaves between them and the checkpoint at the
 * end (`ExportLine`).
 *
 * An example (index.spec.ts checks it). Three entries, and their leaves' hashes in base64:
 *
 *     {"sequence":1,"type":"crossing.closed"}      zfnquilgt4HKncAr5cQ7Q+QmguIEOgSGR95TuiHJ8hk=
 *     {"sequence":2,"type":"crossing.reopened"}    QLyPdbYYi1Gj8RawtodlRUxCeSG9mg3Lq2xmXWyTskY=
 *     {"sequence":3,"type":"record.corrected"}     1c1+nACBwxiiSpp4MAGng1fddIVHmzoaKK+TGkRh2t0=
 *
 * The node over the first two: it is the root of the tree of two, and the whole proof that the third is included:
 *
 *     pAnt8IvudLyRRsfHYUxQ2hikxLkFU8J7CF0H3rcuKQ0=
 *
 * The checkpoint, signed with the private key of 32 bytes 0x07:
 *
 *     example.com/borderline
 *     3
 *     qi2mcXwU7UHWxzDJoaB52tIBjwc0qEfJdfj22rdxXO8=
 *
 *     — example.com/borderline DPZ/tA2O3bb2g6O27LGEdDB89oJ1HhF2pS7gRZgtUCAIQCnUafjUUUIQZwmVG0QgO48zaYEzeY2iVE2DWddjiQA1Ewg=
 *
 * The key to verify it with:
 *
 *     example.com/borderline+0cf67fb4+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs
 */
export { AuditError } from './audit-error.js';
export { decodeBundle, encodeBundle, entryOf, leafOf, MAX_ENTRY_BYTES } from './entry.js';
export { EMPTY_ROOT, formatHash, leafHash, nodeHash, parseHash, sameHash } from './hash.js';
export type { Hash } from './hash.js';
export type { TreeNode } from './subtree.js';
export type { HashReader } from './hash-reader.js';
export { EMPTY_FRONTIER, frontierAt, grow, rootAt, rootOf } from './frontier.js';
export type { Frontier } from './frontier.js';
export { proveInclusion, verifyInclusion } from './inclusion.js';
export type { InclusionStatement } from './inclusion.js';
export { proveConsistency, verifyConsistency } from './consistency.js';
export type { ConsistencyStatement } from './consistency.js';
export { parseTilePath, TILE_WIDTH, tilePath, tileWidth } from './tile.js';
export type { EntryBundle, Tile } from './tile.js';
export { encodeTile, tileHashReader } from './tile-reader.js';
export type { TileReader } from './tile-reader.js';
export {
  formatKeyId,
  formatSignerKey,
  formatVerifierKey,
  isKeyName,
  parseSignerKey,
  parseVerifierKey,
  signerOf,
} from './note-key.js';
export type { Signer, Verifier } from './note-key.js';
export { openNote, signNote } from './note.js';
export { formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.js';
export type { Checkpoint } from './checkpoint.js';
export { answerDigest, isSignedAnswer, openReceipt, signReceipt } from './receipt.js';
export type { OpenedReceipt, Receipt, ReceiptBasis, ReceiptQuestion } from './receipt.js';
export { leavesLine, parseExportLine, checkpointLine } from './export-line.js';
export type { ExportCheckpoint } from './export-line.js';
export { verifyExport } from './verify-export.js';
export type { LogFault, LogLine } from './log-faults.js';
export { verifyLog } from './verify.js';
export type { Verification } from './verify.js';
