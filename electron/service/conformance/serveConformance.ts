import type { EngineConfig } from '../../../shared/engines/config';
import { ProofloadError, toAppError } from '../../../shared/errors/appError';
import { connectToParent } from '../../workers/parentPort';
import { openEngine } from '../storage/openEngine';
import type { StorageEngine } from '../storage/storageEngine';
import { StorageError } from '../storage/storageError';
import { type ConformanceCommand, type ConformanceMessage, conformanceCommandSchema } from './protocol';
import { checks, runCheck, type Subject } from './suite';
import { findLost, writeUntilCrash } from './writing';

/** The maximum number of attempts to reach a server that was away, and the pause between them. */
const findAttempts = 100;
const betweenAttemptsMs = 100;

type Place = Extract<ConformanceCommand, { type: 'open' }>['place'];
/** Opens the engine under test. */
export type OpenSubject = (config: EngineConfig, place: Place) => Promise<StorageEngine>;

/** Retries while the server is away. Resolves with the value and the number of attempts. */
async function untilAvailable<T>(work: () => Promise<T>): Promise<{ value: T; attempts: number }> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return { value: await work(), attempts };
    } catch (error) {
      const away = error instanceof StorageError && (error.kind === 'unavailable' || error.kind === 'timeout');
      if (!away || attempts >= findAttempts) throw error;
      await new Promise((next) => setTimeout(next, betweenAttemptsMs));
    }
  }
}

/**
 * Serves the commands of a conformance suite in this process. The tests of the suite pass an `open` for engines with a
 * fault.
 */
export function serveConformance(
  open: OpenSubject = (config, place) => openEngine(config, { url: undefined, ...place }),
): void {
  const parent = connectToParent();
  const report = (message: ConformanceMessage): void => parent.send(message);
  let subject: Subject | undefined;

  const requireSubject = (): Subject => {
    if (subject) return subject;
    throw new ProofloadError('internal', 'a command before an engine was opened', 'report this as a defect');
  };

  const handleCommand = async (command: ConformanceCommand): Promise<void> => {
    switch (command.type) {
      case 'open': {
        const { config, place } = command;
        const engine = await open(config, place);
        subject = { config, engine, reopen: () => open(config, place) };
        report({ type: 'opened', backend: await engine.describe() });
        return;
      }
      case 'check':
        for (const check of checks)
          report({ type: 'checked', result: await runCheck(check, requireSubject(), command.seed) });
        report({ type: 'all-checked' });
        return;
      case 'write': {
        const kinds = await writeUntilCrash(requireSubject().engine, command.seed, (write) =>
          report({ type: 'acknowledged', write }),
        );
        report({ type: 'write-failed', kinds });
        return;
      }
      case 'verify': {
        const { engine } = requireSubject();
        const { value, attempts } = await untilAvailable(() => findLost(engine, command.writes));
        report({ type: 'verified', ...value, attempts });
        return;
      }
      case 'stop':
        await subject?.engine.drop();
        process.exit(0);
    }
  };

  parent.onMessage((message) => {
    handleCommand(conformanceCommandSchema.parse(message)).catch((error: unknown) =>
      report({ type: 'failed', error: toAppError(error) }),
    );
  });
}
