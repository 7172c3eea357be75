/*
 * A MongoDB wire-protocol test double: a process of its own that speaks enough of the protocol for the engine and the
 * official driver, keeps its documents in a journal, and can be killed. It is no MongoDB; its speed says nothing.
 * Arguments: the journal's file and the port, 0 for a free one. Prints its URL.
 */
import { createServer } from 'node:net';
import { Commands } from './commands';
import { Store } from './store';
import { WireReader, writeAnswer } from './wire';

const [journalPath = '', port = '0'] = process.argv.slice(2);
const store = new Store(journalPath);

const server = createServer({ noDelay: true }, (socket) => {
  const reader = new WireReader();
  // Answers of a connection come in the order of its commands.
  let last = Promise.resolve();
  socket.on('error', () => {});
  socket.on('data', (bytes) => {
    for (const command of reader.push(bytes)) {
      last = last.then(async () => {
        const answer = await commands.answer(command.command);
        if (!command.isSilent && socket.writable) socket.write(writeAnswer(command, answer));
      });
    }
  });
});

let commands: Commands;
server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const host = `127.0.0.1:${address.port}`;
  commands = new Commands(store, host);
  process.stdout.write(`mongodb://${host}/?directConnection=true\n`);
});
// It ends with the test that has started it.
process.on('disconnect', () => process.exit(0));
