import type { ValidationError } from 'class-validator';
import { classPackages } from '#events';
import { Problem, type Fault } from '../problems/problem.js';

/**
 * A body as an instance of its class. Throws Problem `malformed-body` where it is no object, `invalid-development` with
 * each fault's pointer where it breaks the class's rules or has a member the class does not know.
 */
export function readBody<T extends object>(body: unknown, shape: new () => T): T {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw new Problem('malformed-body', 'The body must be a JSON object.');
  }
  const { plainToInstance, validateSync } = classPackages();
  const instance = plainToInstance(shape, body);
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  if (errors.length === 0) return instance;
  const faults = errors.flatMap((error) => faultsOf(error));
  throw new Problem('invalid-development', faults[0]?.detail ?? 'The body has faults.', { errors: faults });
}

function faultsOf({ property, constraints = {} }: ValidationError): Fault[] {
  const pointer = `/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return Object.values(constraints).map((detail) => ({ pointer, detail: `${detail}.` }));
}
