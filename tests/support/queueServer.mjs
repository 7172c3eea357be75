// A service that answers one request after the other, 10 ms each: 100 a second. Prints its URL; ends with its parent.
import { createServer } from 'node:http';

let freeMs = 0;
const server = createServer((_request, response) => {
  freeMs = Math.max(performance.now(), freeMs) + 10;
  setTimeout(() => response.end(), freeMs - performance.now());
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}/\n`));
process.on('disconnect', () => process.exit(0));
