import type { LoggerService } from '@nestjs/common';
import type { FastifyBaseLogger } from 'fastify';
import { pino, type Bindings, type Level, type Logger } from 'pino';
import type { Settings } from '../settings.js';

/** JSON lines on stderr; stdout is for people. Headers are never logged, so no key can be. */
export const loggerOf = ({ logLevel }: Pick<Settings, 'logLevel'>): Logger =>
  pino(
    { level: logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  );

/** Nest's own lines. Its lines about the start interest only its developers, so they are one level lower. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown, ...more: unknown[]) => logger.debug(fieldsOf(more), messageText(message)),
  warn: (message: unknown, ...more: unknown[]) => logger.warn(fieldsOf(more), messageText(message)),
  error: (message: unknown, ...more: unknown[]) =>
    message instanceof Error
      ? logger.error({ err: message })
      : logger.error(fieldsOf(more), messageText(message)),
  fatal: (message: unknown, ...more: unknown[]) => logger.fatal(fieldsOf(more), messageText(message)),
  debug: (message: unknown, ...more: unknown[]) => logger.debug(fieldsOf(more), messageText(message)),
  verbose: (message: unknown, ...more: unknown[]) => logger.trace(fieldsOf(more), messageText(message)),
});

const messageText = (message: unknown): string =>
  typeof message === 'string' ? message : JSON.stringify(message);

/** Nest passes a stack, then its context, as the last arguments. */
function fieldsOf(more: readonly unknown[]): Record<string, unknown> {
  const context = more.at(-1);
  const stack = more.length > 1 ? more[0] : undefined;
  return { ...(context === undefined ? {} : { context }), ...(stack === undefined ? {} : { stack }) };
}

/** The logger of a request. It makes a child of the server's logger only for its first line: a server that logs only errors makes few. */
export class RequestLog implements FastifyBaseLogger {
  private own: Logger | undefined;

  constructor(
    private readonly logger: Logger,
    private readonly bindings: Bindings,
  ) {}

  get level(): string {
    return this.logger.level;
  }

  child(bindings: Bindings): RequestLog {
    return new RequestLog(this.logger, { ...this.bindings, ...bindings });
  }

  fatal(...line: readonly unknown[]): void {
    this.write('fatal', line);
  }

  error(...line: readonly unknown[]): void {
    this.write('error', line);
  }

  warn(...line: readonly unknown[]): void {
    this.write('warn', line);
  }

  info(...line: readonly unknown[]): void {
    this.write('info', line);
  }

  debug(...line: readonly unknown[]): void {
    this.write('debug', line);
  }

  trace(...line: readonly unknown[]): void {
    this.write('trace', line);
  }

  silent(): void {
    // The level without any line.
  }

  private write(level: Level, line: readonly unknown[]): void {
    if (!this.logger.isLevelEnabled(level)) return;
    this.own ??= this.logger.child(this.bindings);
    this.own[level](...(line as [object]));
  }
}
