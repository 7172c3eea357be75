import { Worker } from 'node:worker_threads';
import type { RunningServer } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

/** Listens and then never gets to accept: the system completes a few connections for it and drops the rest. */
const blockedServer = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000));
  });`;

export const situation: Situation = {
  standsFor: 'a process that hangs with a full backlog: connecting takes for ever, and preparing must not',
  start: async (): Promise<RunningServer> => {
    const worker = new Worker(blockedServer, { eval: true });
    const port = await new Promise((listening, fail) => {
      worker.once('message', listening);
      worker.once('error', fail);
    });
    return {
      url: `http://127.0.0.1:${port}/`,
      connections: () => 0,
      close: async () => void (await worker.terminate()),
    };
  },
  scenario: { load: steady(20, 3), timeout: '1s', thresholds: p95Under(1_000) },
  expected: {
    verdict: 'failed',
    requests: 60,
    failures: [{ kind: /^(timeout|connection-timeout|not-finished)$/, count: 60 }],
  },
};
