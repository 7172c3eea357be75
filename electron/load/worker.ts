/* The load process: sends a scenario's load and records the responses. */
import { ProofloadError, toAppError } from '../../shared/errors/appError';
import type { Secrets } from '../../shared/secrets/conceal';
import { connectToParent } from '../workers/parentPort';
import { reportConcealer } from './concealReport';
import { runLifecycle } from './journey/lifecycleRun';
import { LoadSession } from './loadSession';
import { type LoadCommand, type LoadReport, loadCommandSchema } from './protocol';
import { fromSharedMs } from './sharedClock';
import { tryJourney } from './try/tryJourney';

const parent = connectToParent();
let conceal = reportConcealer(new Map());
/**
 * How many of the latest tokens are concealed in reports. A response may quote an earlier token than the current one.
 */
const keptTokens = 10;
const report = (message: LoadReport): void => parent.send(conceal(message));
let session: LoadSession | undefined;
const lifecycleStop = new AbortController();

function opened(): LoadSession {
  if (session) return session;
  throw new ProofloadError('internal', 'the load process was given work before a target', 'report this defect');
}

/** Conceals secrets in reports from now on. Returns a function that adds a token, which is then concealed as well. */
function concealWith(secrets: Secrets, given?: Readonly<Record<string, string>>): (token: string) => void {
  const tokens: string[] = [];
  conceal = reportConcealer(secrets, given);
  return (token) => {
    tokens.unshift(token);
    tokens.length = Math.min(tokens.length, keptTokens);
    conceal = reportConcealer(secrets, given, tokens);
  };
}

async function handleCommand(command: LoadCommand): Promise<void> {
  switch (command.type) {
    case 'open':
      session = new LoadSession(command, report, concealWith(command.secrets, command.inputs?.given));
      return;
    case 'lifecycle':
      report(await runLifecycle(command, lifecycleStop.signal, concealWith(command.secrets, command.given)));
      return;
    case 'try':
      report({ type: 'tried', tried: await tryJourney(command, concealWith(command.secrets)) });
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
  // Commands run in order up to their first `await`, so a `stop` can arrive while connections are being opened.
  handleCommand(loadCommandSchema.parse(message)).catch((error: unknown) =>
    report({ type: 'failed', error: toAppError(error) }),
  );
});
