import type { FastifyRequest } from 'fastify';

/**
 * `http://127.0.0.1:3000`: the address of the server as the client called it, for addresses in answers. For a request without a valid Host,
 * `http://localhost`.
 */
export function serverOf({ protocol, headers }: Pick<FastifyRequest, 'protocol' | 'headers'>): string {
  try {
    const { origin, username } = new URL(`${protocol}://${headers.host ?? ''}`);
    if (origin !== 'null' && username === '') return origin;
  } catch {
    // Not an authority (RFC 9110 §7.2).
  }
  return 'http://localhost';
}
