/** One fault: in the body (`pointer`, RFC 6901) or in the query (`parameter`). */
export interface ReportedFault {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
}

/** The server answered with a problem (RFC 9457) instead of what was asked. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';

  constructor(
    readonly status: number,
    message: string,
    readonly errors: readonly ReportedFault[] = [],
  ) {
    super(message);
  }
}

/** Reads the body of an answer that is no success, whatever it is. */
export function refusedBy(status: number, body: string): RefusedError {
  const { title, detail, errors } = problemIn(body);
  const message = detail ?? title ?? `the server answered ${status}`;
  return new RefusedError(status, `${message}${hint(status)}`, faultsIn(errors));
}

function hint(status: number): string {
  return status === 401 ? ' Give one with --key or BORDERLINE_KEY.' : '';
}

function problemIn(body: string): { title?: string; detail?: string; errors?: unknown } {
  try {
    const value: unknown = JSON.parse(body);
    if (value === null || typeof value !== 'object') return {};
    const { title, detail, errors } = value as Record<string, unknown>;
    return {
      ...(typeof title === 'string' && { title }),
      ...(typeof detail === 'string' && { detail }),
      errors,
    };
  } catch {
    return {};
  }
}

function faultsIn(errors: unknown): ReportedFault[] {
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown): ReportedFault[] => {
    const { pointer, parameter, detail } = Object(error) as Record<string, unknown>;
    if (typeof detail !== 'string') return [];
    return [
      {
        detail,
        ...(typeof pointer === 'string' && { pointer }),
        ...(typeof parameter === 'string' && { parameter }),
      },
    ];
  });
}
