/* The load process: sends a scenario's load and records what comes back. */
import { toAppError } from '../../shared/errors/appError';
import { connectToParent } from '../workers/parentPort';
import { type LoadRun, startLoadRun } from './loadRun';
import { type LoadCommand, type LoadReport, loadCommandSchema } from './protocol';

const parent = connectToParent();
const report = (message: LoadReport): void => parent.send(message);
let running: LoadRun | undefined;
/** A stop may come while connections are still being opened. */
let stopAsked = false;

async function obey(command: LoadCommand): Promise<void> {
  switch (command.type) {
    case 'begin':
      running = await startLoadRun(command, report);
      if (stopAsked) running.stop();
      return;
    case 'stop':
      stopAsked = true;
      running?.stop();
      return;
    case 'exit':
      process.exit(0);
  }
}

parent.onMessage((message) => {
  obey(loadCommandSchema.parse(message)).catch((error: unknown) =>
    report({ type: 'failed', error: toAppError(error) }),
  );
});
