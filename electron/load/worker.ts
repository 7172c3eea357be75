/* The load process: sends a scenario's load and records what comes back. */
import { ProofloadError, toAppError } from '../../shared/errors/appError';
import { connectToParent } from '../workers/parentPort';
import { reportConcealer } from './concealReport';
import { LoadSession } from './loadSession';
import { type LoadCommand, type LoadReport, loadCommandSchema } from './protocol';
import { fromSharedMs } from './sharedClock';
import { tryJourney } from './try/tryJourney';

const parent = connectToParent();
let conceal = reportConcealer(new Map());
const report = (message: LoadReport): void => parent.send(conceal(message));
let session: LoadSession | undefined;

function opened(): LoadSession {
  if (session) return session;
  throw new ProofloadError('internal', 'the load process was given work before a target', 'report this defect');
}

async function handleCommand(command: LoadCommand): Promise<void> {
  switch (command.type) {
    case 'open':
      conceal = reportConcealer(command.secrets);
      session = new LoadSession(command, report);
      return;
    case 'try':
      conceal = reportConcealer(command.secrets);
      report({ type: 'tried', tried: await tryJourney(command) });
      return;
    case 'arm':
      await opened().arm(command);
      report({ type: 'armed' });
      return;
    case 'go':
      opened().go(fromSharedMs(command.startAtMs));
      return;
    case 'stop':
      opened().stop();
      return;
    case 'finish':
      report(opened().finish());
      return;
    case 'exit':
      process.exit(0);
  }
}

parent.onMessage((message) => {
  // Commands are handled in their order up to the first wait: a stop may come while connections are being opened.
  handleCommand(loadCommandSchema.parse(message)).catch((error: unknown) =>
    report({ type: 'failed', error: toAppError(error) }),
  );
});
