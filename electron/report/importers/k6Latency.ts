import type { LatencyDefinition } from '../../../shared/interchange/latencyDefinition';

/** The definition of `http_req_duration` in k6: sending, waiting and receiving, without connecting. */
export const k6Latency: LatencyDefinition = {
  starts: 'send',
  ends: 'last-byte',
  resolution: '1 ns',
  includesFailures: false,
};
