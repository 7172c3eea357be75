import { plainAnswer, rawServer, serve } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

const requestsPerConnection = 10;

export const situation: Situation = {
  standsFor: 'a service that is gone for good in the middle of a run: no restart, and no reason to doubt the failure',
  start: () => {
    let connections = 0;
    const server = rawServer(
      (socket, _number, onConnection) => {
        if (onConnection < requestsPerConnection) socket.write(plainAnswer);
        else socket.end(plainAnswer.replace('\r\n', '\r\nConnection: close\r\n'));
      },
      () => {
        connections += 1;
        if (connections === 15) server.close();
      },
    );
    return serve(server);
  },
  scenario: { load: steady(50, 6), thresholds: p95Under(1_000) },
  // 15 connections carry 150 of the 300 requests; one that was opened ahead and closed carries fewer.
  expected: {
    verdict: 'failed',
    requests: 300,
    failures: [{ kind: /^connection-(refused|reset)$/, count: [150, 290] }],
  },
};
