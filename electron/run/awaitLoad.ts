import { errorMessage } from '../../shared/errors/appError';
import { Deferred } from '../hosting/deferred';
import type { Fleet, FleetFindings, LoadEnd } from '../hosting/fleet';
import type { EarlyEnd } from './earlyEnd';
import type { RunLog } from './runLog';

/** How long the load processes may take after a fault to hand over what they have. */
const handoverPatienceMs = 5_000;

/** What the load processes have handed over. After a fault it may be nothing. */
export interface LoadResult {
  end: LoadEnd | undefined;
  findings: FleetFindings | undefined;
}

/** A load in progress, and what can end it. */
export interface RunningLoad {
  fleet: Pick<Fleet, 'died' | 'finish' | 'stop'>;
  /** Resolves at the end of the load. */
  running: Promise<LoadEnd | undefined>;
  /** Each rejects when a process that the load needs has ended. */
  deaths: readonly Promise<never>[];
  earlyEnd: EarlyEnd;
  log: RunLog;
}

/**
 * Waits for the end of a load, or for a fault that ends it; a fault aborts the run. Rejects with any error that occurs
 * before the load has begun.
 */
export async function awaitLoad({ fleet, running, deaths, earlyEnd, log }: RunningLoad): Promise<LoadResult> {
  try {
    const end = await Promise.race([running, earlyEnd.stoppedBeforeLoad, ...deaths]);
    if (end?.fault) earlyEnd.abort(`${end.fault.message}. ${end.fault.hint}.`);
    return { end, findings: await Promise.race([fleet.finish(), ...deaths]) };
  } catch (fault) {
    if (!earlyEnd.hasLoadBegun) throw fault;
    earlyEnd.abort(`${errorMessage(fault)}.`);
    log.add('error', errorMessage(fault));
    return collectAfterFault(fleet, running);
  }
}

/** After a fault of the target, the load processes may still hand over what they have. */
async function collectAfterFault(
  fleet: RunningLoad['fleet'],
  running: Promise<LoadEnd | undefined>,
): Promise<LoadResult> {
  fleet.stop();
  const patience = new Deferred<undefined>();
  const timer = setTimeout(() => patience.resolve(undefined), handoverPatienceMs);
  try {
    const end = await Promise.race([running, fleet.died, patience.promise]);
    return { end, findings: end && (await Promise.race([fleet.finish(), fleet.died, patience.promise])) };
  } catch {
    return { end: undefined, findings: undefined };
  } finally {
    clearTimeout(timer);
  }
}
