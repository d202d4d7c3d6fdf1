import { STATEMENT_KINDS, type StatementKind } from '#events';
import { columnsFor, NAME_COLUMNS } from './csv-columns.js';
import { union } from './finding.js';
import { ledgerEntriesOf, statedEntries, type LedgerEntry } from './ledger.js';
import { changingWith, type Names } from './subject.js';
import type { Item, ValuePiece, View, WholeNumber } from './view.js';

/** A statement, in our words. */
export interface Statement extends LedgerEntry {
  /** The id of the actor who said it. */
  readonly speaker: string;
  readonly kind: StatementKind;
  /** In our words. */
  readonly says: string;
}

/** The statements about a topic. */
export interface Topic extends Item {
  readonly names?: Names;
  /** The oldest first. */
  readonly statements: readonly Statement[];
}

/** The number of statements. */
export type TopicPiece = ValuePiece<WholeNumber>;

/** The statements about a topic, the oldest first; the timeline counts them. Filters: `speaker`, `kind`. */
export const statements: View<Topic, TopicPiece> = {
  name: 'statements',
  category: 'statement',
  item(subject, at) {
    const said = ledgerEntriesOf<Statement>(subject, 'statements', at);
    if (said.length === 0) return undefined;
    const names = subject.registration(at)?.value?.names;
    return {
      id: subject.id,
      ...(names && { names }),
      statements: said,
      because: union(...said.map(({ because }) => because)),
    };
  },
  timeline: (subject) =>
    changingWith(subject.steps('statements'), (v) => {
      const said = ledgerEntriesOf<Statement>(subject, 'statements', v);
      return {
        value: said.length,
        certain: said.every(({ certain }) => certain !== false),
        because: union(...said.map(({ because }) => because)),
      };
    }),
  stated: (item) => statedEntries(item.statements),
  columns: columnsFor<Topic>({
    id: 'text',
    names: NAME_COLUMNS,
    statements: 'text',
    because: 'text',
  }),
  filters: {
    speaker: {
      description: 'the id of an actor who made a statement about it',
      passes: (item, wanted) => item.statements.some(({ speaker }) => speaker === wanted),
    },
    kind: {
      description: 'the kind of a statement about it',
      choices: STATEMENT_KINDS,
      passes: (item, wanted) => item.statements.some(({ kind }) => kind === wanted),
    },
  },
};
