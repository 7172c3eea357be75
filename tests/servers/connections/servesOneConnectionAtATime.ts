import type { Socket } from 'node:net';
import { plainAnswer, rawServer, serve } from '../serve';
import { type Situation, steady, waited } from '../situation';

/** Of a prefork server with one process: until then it holds its process to an idle connection. */
const keepAliveMs = 1_000;
const requestsPerConnection = 50;
const serviceMs = 10;

export const situation: Situation = {
  standsFor:
    'one-process servers and prefork pools: an idle connection holds the process, so connections opened ahead starve the one that asks',
  start: () => {
    const waiting = new Set<Socket>();
    let current: Socket | undefined;
    let idle: NodeJS.Timeout | undefined;
    const holdOn = (socket: Socket): void => {
      clearTimeout(idle);
      idle = setTimeout(() => socket.destroy(), keepAliveMs);
    };
    const next = (): void => {
      clearTimeout(idle);
      [current] = waiting;
      if (!current) return;
      waiting.delete(current);
      holdOn(current);
      current.resume();
    };
    const server = rawServer(
      (socket, _number, onConnection) => {
        holdOn(socket);
        setTimeout(() => {
          if (onConnection === requestsPerConnection) socket.end(plainAnswer);
          else socket.write(plainAnswer);
        }, serviceMs);
      },
      (socket) => {
        socket.pause();
        waiting.add(socket);
        socket.on('close', () => {
          waiting.delete(socket);
          if (socket === current) next();
        });
        if (!current) next();
      },
    );
    return serve(server);
  },
  scenario: { load: steady(20, 6), thresholds: { http_req_duration: ['p(50)<1000'] } },
  expected: { verdict: 'passed', requests: 120, p50: waited(serviceMs) },
};
