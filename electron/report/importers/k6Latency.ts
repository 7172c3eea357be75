import type { LatencyDefinition } from '../../../shared/interchange/latencyDefinition';

/** What k6 means by `http_req_duration`: sending, waiting and receiving, without connecting. */
export const k6Latency: LatencyDefinition = {
  starts: 'send',
  ends: 'last-byte',
  resolution: '1 ns',
  includesFailures: false,
};
