// A service that answers one request after the other, 10 ms each: 100 a second. Of those to /tail every fiftieth takes
// half a second more, which holds up no other. Prints its URL; ends with its parent.
import { createServer } from 'node:http';

let freeMs = 0;
let handled = 0;
const server = createServer((request, response) => {
  handled += 1;
  freeMs = Math.max(performance.now(), freeMs) + 10;
  const tailMs = request.url === '/tail' && handled % 50 === 0 ? 500 : 0;
  setTimeout(() => response.end(), freeMs - performance.now() + tailMs);
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}/\n`));
process.on('disconnect', () => process.exit(0));
