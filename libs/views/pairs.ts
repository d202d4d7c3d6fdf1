import { distinct, joinedOutcomes, type Outcome } from './finding.js';

/**
 * The joins of every outcome of `a` with every outcome of `b`, each value once. `classOf` gives the class of an outcome; there are few
 * classes. Only the two classes may decide the value of a join: it is the value of `one`, a third value, or the value of `other`.
 *
 * The work grows with the number of outcomes, not of pairs. The first outcome of each class in `a` is joined with every outcome of `b`. A later outcome of
 * the class can only add its own value and its own events: it is joined once with each class of `b`.
 */
export function everyPair<V>(
  a: readonly Outcome<V>[],
  b: readonly Outcome<V>[],
  classOf: (outcome: Outcome<V>) => number,
  join: (one: Outcome<V>, other: Outcome<V>) => Outcome<V>,
): readonly Outcome<V>[] {
  const seen = new Set<number>();
  let classes: readonly Outcome<V>[] | undefined;
  const joins = a.flatMap((one) => {
    const known = classOf(one);
    if (!seen.has(known)) {
      seen.add(known);
      return b.map((other) => join(one, other));
    }
    classes ??= joinedByClass(b, classOf);
    // Where `other` wins, the first outcome of the class has given its value already.
    return classes.flatMap((other) => {
      const both = join(one, other);
      return both === other ? [] : [both];
    });
  });
  return distinct(joins);
}

/** The first outcome of each class, with the events of the class. It is claimed where all are claimed. */
function joinedByClass<V>(
  outcomes: readonly Outcome<V>[],
  classOf: (outcome: Outcome<V>) => number,
): readonly Outcome<V>[] {
  const classes = new Map<number, Outcome<V>[]>();
  for (const outcome of outcomes) {
    const alike = classes.get(classOf(outcome));
    if (alike) alike.push(outcome);
    else classes.set(classOf(outcome), [outcome]);
  }
  return [...classes.values()].map(joinedOutcomes);
}
