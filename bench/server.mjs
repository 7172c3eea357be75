// A target of known behaviour, in a process of its own: answers after `--delay` ms, and is frozen once for `--freeze`
// ms, `--after` ms after its first request. Prints its URL.
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    delay: { type: 'string', default: '0' },
    freeze: { type: 'string' },
    after: { type: 'string', default: '0' },
  },
});
const delayMs = Number(values.delay);
let first = true;

function freeze() {
  const untilMs = performance.now() + Number(values.freeze);
  while (performance.now() < untilMs);
}

const server = createServer((_request, response) => {
  if (first && values.freeze) setTimeout(freeze, Number(values.after));
  first = false;
  if (delayMs > 0) setTimeout(() => response.end(), delayMs);
  else response.end();
});
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}/\n`));
process.on('disconnect', () => process.exit(0));
