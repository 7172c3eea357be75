/* The load process: sends a scenario's load and records what comes back. */
import { ProofloadError, toAppError } from '../../shared/errors/appError';
import { connectToParent } from '../workers/parentPort';
import { reportConcealer } from './concealReport';
import { runLifecycle } from './journey/lifecycleRun';
import { LoadSession } from './loadSession';
import { type LoadCommand, type LoadReport, loadCommandSchema } from './protocol';
import { fromSharedMs } from './sharedClock';

const parent = connectToParent();
let conceal = reportConcealer(new Map());
const report = (message: LoadReport): void => parent.send(conceal(message));
let session: LoadSession | undefined;
const lifecycleStop = new AbortController();

function opened(): LoadSession {
  if (session) return session;
  throw new ProofloadError('internal', 'the load process was given work before a target', 'report this defect');
}

async function handleCommand(command: LoadCommand): Promise<void> {
  switch (command.type) {
    case 'open':
      conceal = reportConcealer(command.secrets, command.inputs?.given);
      session = new LoadSession(command, report);
      return;
    case 'lifecycle':
      conceal = reportConcealer(command.secrets, command.given);
      report(await runLifecycle(command, lifecycleStop.signal));
      return;
    case 'arm':
      await opened().arm(command);
      report({ type: 'armed' });
      return;
    case 'go':
      opened().go(fromSharedMs(command.startAtMs));
      return;
    case 'stop':
      lifecycleStop.abort();
      session?.stop();
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
