/** The object without the named members. */
export function without<V extends object, K extends keyof V>(value: V, ...names: readonly K[]): Omit<V, K> {
  const rest = { ...value };
  for (const name of names) delete rest[name];
  return rest;
}
