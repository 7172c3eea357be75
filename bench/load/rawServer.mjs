// A server on raw sockets: each piece of data is a request. Answers with `--body` after `--delay` ms to the microsecond, or at once,
// and is frozen once for `--freeze` ms, `--after` ms after its first request. Keeps the times of arrivals and hands
// them over when asked. Prints its URL.
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    body: { type: 'string', default: 'ok' },
    delay: { type: 'string', default: '0' },
    freeze: { type: 'string' },
    after: { type: 'string', default: '0' },
    arrivals: { type: 'boolean', default: false },
  },
});
const delayMs = Number(values.delay);
const { body } = values;
const answer = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
const arrivals = new Float64Array(values.arrivals ? 2_000_000 : 0);
let count = 0;
let first = true;
const due = [];
let head = 0;

function freeze() {
  const untilMs = performance.now() + Number(values.freeze);
  while (performance.now() < untilMs);
}

/**
 * Answers what is due, and comes again in the next turn of the event loop for as long as the server lives: a server
 * that slept would see requests, and send answers, a few tenths of a millisecond late, and would not be constant.
 */
function answerDue() {
  const nowMs = performance.now();
  while (head < due.length && due[head].atMs <= nowMs) {
    due[head].socket.write(answer);
    head += 1;
  }
  if (head > 10_000) {
    due.splice(0, head);
    head = 0;
  }
  setImmediate(answerDue);
}

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => {});
  socket.on('data', () => {
    const nowMs = performance.now();
    if (values.arrivals) arrivals[count] = nowMs;
    count += 1;
    if (first && values.freeze) setTimeout(freeze, Number(values.after));
    first = false;
    if (delayMs === 0) {
      socket.write(answer);
      return;
    }
    due.push({ socket, atMs: nowMs + delayMs });
  });
});
if (delayMs > 0) answerDue();
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () =>
  process.stdout.write(`http://127.0.0.1:${server.address().port}/\n`),
);
process.on('message', () => process.send([...arrivals.subarray(0, count)]));
process.on('disconnect', () => process.exit(0));
