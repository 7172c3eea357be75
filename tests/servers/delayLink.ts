import { connect, createServer, type Socket } from 'node:net';
import { type RunningServer, serve } from './serve';

/** Passes on what one side says and how it ends, `oneWayMs` later. */
function passOn(from: Socket, to: Socket, oneWayMs: number): void {
  const later = (then: () => void): void => {
    setTimeout(then, oneWayMs);
  };
  from.on('data', (bytes) => later(() => void (to.writable && to.write(bytes))));
  from.on('end', () => later(() => to.end()));
  from.on('error', () => later(() => to.resetAndDestroy()));
  from.on('close', (hadError) => {
    if (!hadError) later(() => to.destroy());
  });
}

/** Puts a network of `oneWayMs` in each direction before a server: what is said arrives, but later. */
export async function behindLink(server: RunningServer, oneWayMs: number): Promise<RunningServer> {
  const port = Number(new URL(server.url).port);
  const link = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    client.setNoDelay(true);
    upstream.setNoDelay(true);
    passOn(client, upstream, oneWayMs);
    passOn(upstream, client, oneWayMs);
  });
  const running = await serve(link);
  return {
    ...running,
    close: async () => {
      await running.close();
      await server.close();
    },
  };
}
