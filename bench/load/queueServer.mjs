// A server that answers exactly `--capacity` requests per second, one after the other, with raw sockets, so that it
// costs next to nothing itself. Prints its URL.
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { capacity: { type: 'string' } } });
const serviceMs = 1000 / Number(values.capacity);
const answer = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
const queue = [];
let head = 0;
let freeMs = 0;
let waiting = false;

function wait() {
  waiting = true;
  setTimeout(flush, Math.max(0, queue[head].dueMs - performance.now()));
}

function flush() {
  waiting = false;
  const nowMs = performance.now();
  while (head < queue.length && queue[head].dueMs <= nowMs) {
    const { socket } = queue[head];
    if (socket.writable) socket.write(answer);
    head += 1;
  }
  if (head > 10_000) {
    queue.splice(0, head);
    head = 0;
  }
  if (head < queue.length) wait();
}

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => {});
  // The generator sends one request at a time on a connection, in one piece.
  socket.on('data', () => {
    freeMs = Math.max(performance.now(), freeMs) + serviceMs;
    queue.push({ socket, dueMs: freeMs });
    if (!waiting) wait();
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}/\n`));
process.on('disconnect', () => process.exit(0));
