import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EventLog } from '#log';
import { Readiness } from '../health/readiness.js';
import { EVENT_LOG } from '../provided.js';
import { Audit } from './audit.js';

/** Tells how far the tree is. One that stands still holds up neither reading nor writing, so it is shown, and no more. */
@Injectable()
export class AuditReadiness implements OnModuleInit {
  constructor(
    private readonly readiness: Readiness,
    private readonly audit: Audit,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  onModuleInit(): void {
    this.readiness.register('audit', async () => {
      const { sequence } = await this.log.head();
      const { size, follows } = this.audit;
      return { ready: true, follows, size, behind: { events: Math.max(0, sequence - size) } };
    });
  }
}
