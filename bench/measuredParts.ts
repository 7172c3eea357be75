/** The parts of the response time that a run of level 2 has in each of its seconds. */
export const measuredParts = [
  'send_wait',
  'network',
  'server.loop',
  'server.handler',
  'server.cache',
  'server.fetch',
  'server.commit',
];
