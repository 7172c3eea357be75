/* A service whose handler takes as long as its URL says: `/work?us=1000`, times a factor that the parent sets. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let factor = 1;

process.on('message', (next) => {
  factor = Number(next);
  process.send?.('set');
});

const server = createServer((request, response) => {
  const us = Number(new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('us')) * factor;
  const untilMs = performance.now() + us / 1_000;
  while (performance.now() < untilMs);
  response.end('ok');
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`http://127.0.0.1:${port}/work\n`);
});
process.on('disconnect', () => process.exit(0));
