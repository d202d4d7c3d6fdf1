/**
 * What a key may do: `read` state and events (asked only where the server is told to), `report` developments, `edit` what
 * was reported (corrections and retractions), `admin` everything.
 */
export const SCOPES = ['read', 'report', 'edit', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export const isScope = (text: unknown): text is Scope => SCOPES.some((scope) => scope === text);

/** Who is asking, by their key. Kept with what they record. */
export interface Access {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
}

export const allows = (access: Access, scope: Scope): boolean =>
  access.scopes.includes(scope) || access.scopes.includes('admin');
