import type { handleUnaryCall } from '@grpc/grpc-js';
import type { Endpoint } from './errors.js';
import { gossip, shared } from './protocol.js';
import { asError, failureOf, sleep, type ServingNode } from './serving-node.js';

export interface Member extends Endpoint {
  readonly instanceId: string;
  readonly alive: boolean;
  readonly state: 'leader' | 'follower' | 'unknown';
}

/** The members of the cluster, and which of them leads. */
export const gossipRead =
  (node: ServingNode, members: () => readonly Member[]): handleUnaryCall<shared.Empty, gossip.ClusterInfo> =>
  (_call, callback) => {
    void (async () => {
      const fault = node.faults.take('gossip');
      const failure = failureOf(fault);
      if (failure !== undefined) return callback(asError(failure));
      if (fault?.kind === 'silent') return undefined;
      if (fault?.kind === 'slow') await sleep(fault.milliseconds);
      const answer = new gossip.ClusterInfo();
      for (const member of members()) answer.addMembers(info(member, node.clock()));
      return callback(null, answer);
    })();
  };

function info({ address, port, instanceId, alive, state }: Member, now: number): gossip.MemberInfo {
  const { VNodeState } = gossip.MemberInfo;
  const states = {
    leader: VNodeState.LEADER,
    follower: VNodeState.FOLLOWER,
    unknown: VNodeState.UNKNOWN,
  };
  const endpoint = new gossip.EndPoint();
  endpoint.setAddress(address);
  endpoint.setPort(port);
  const member = new gossip.MemberInfo();
  member.setInstanceId(new shared.UUID().setString(instanceId));
  member.setTimeStamp(String(BigInt(now) * 10_000n));
  member.setState(alive ? states[state] : VNodeState.UNKNOWN);
  member.setIsAlive(alive);
  member.setHttpEndPoint(endpoint);
  return member;
}
