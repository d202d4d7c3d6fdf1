import type { handleUnaryCall } from '@grpc/grpc-js';
import { features, featuresService, gossipService, shared, streamsService } from './protocol.js';
import { asError, failureOf, sleep, type ServingNode } from './serving-node.js';

/** The features of some methods. Features that the double does not have are not in the list. */
const FEATURES: Readonly<Record<string, readonly string[]>> = {
  read: ['position', 'events'],
  batchappend: ['deadline_duration'],
};

/** The methods that the server supports, by which the client chooses its calls. */
export const supportedMethods =
  (node: ServingNode): handleUnaryCall<shared.Empty, features.SupportedMethods> =>
  (_call, callback) => {
    void (async () => {
      const fault = node.faults.take('features');
      const failure = failureOf(fault);
      if (failure !== undefined) return callback(asError(failure));
      if (fault?.kind === 'silent') return undefined;
      if (fault?.kind === 'slow') await sleep(fault.milliseconds);
      const answer = new features.SupportedMethods();
      answer.setEventStoreServerVersion(node.version);
      for (const path of paths()) answer.addMethods(method(path));
      return callback(null, answer);
    })();
  };

function paths(): string[] {
  const { append, batchAppend, read, tombstone } = streamsService.StreamsService;
  return [
    ...[append, batchAppend, read, tombstone].map(({ path }) => path),
    gossipService.GossipService.read.path,
    featuresService.ServerFeaturesService.getSupportedMethods.path,
  ];
}

/** The names of services and methods are in lower case. */
function method(path: string): features.SupportedMethod {
  const [, service = '', name = ''] = path.toLowerCase().split('/');
  const supported = new features.SupportedMethod();
  supported.setServiceName(service);
  supported.setMethodName(name);
  supported.setFeaturesList([...(FEATURES[name] ?? [])]);
  return supported;
}
