import { Injectable } from '@nestjs/common';

/** Whether a part of the server can serve, and anything worth knowing about it. */
export interface PartReady {
  readonly ready: boolean;
  readonly [fact: string]: unknown;
}

/** Where the parts of the server say how to find out whether they are ready. */
@Injectable()
export class Readiness {
  private readonly parts = new Map<string, () => Promise<PartReady>>();

  /** `ask` may reject: the part is not ready then. */
  register(part: string, ask: () => Promise<PartReady>): void {
    this.parts.set(part, ask);
  }

  async all(): Promise<Record<string, PartReady>> {
    const asked = [...this.parts].map(async ([part, ask]) => [part, await ask().catch(notReady)] as const);
    return Object.fromEntries(await Promise.all(asked));
  }
}

const notReady = (): PartReady => ({ ready: false });
