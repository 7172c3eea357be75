/* The null server: answers every request at once with nothing, for calibration. */
import { createServer } from 'node:net';
import { connectToParent } from '../workers/parentPort';
import type { NullServerReport } from './protocol';

const answer = Buffer.from('HTTP/1.1 204 No Content\r\n\r\n');
const parent = connectToParent();

const server = createServer({ noDelay: true }, (socket) => {
  // The generator sends small requests, one at a time: each piece of data is one.
  socket.on('data', () => socket.write(answer));
  socket.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  parent.send({ type: 'ready', port } satisfies NullServerReport);
});
parent.onMessage(() => process.exit(0));
