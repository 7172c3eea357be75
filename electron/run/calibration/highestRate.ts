import { ProofloadError } from '../../../shared/errors/appError';
import { type PlainLoad, plainLoadSchema } from '../../../shared/scenario/schema';
import { toMs } from '../../../shared/statistics/latencySummary';
import { formatRate } from '../../../shared/units/format';
import type { RunTotals } from '../../measure/runTotals';
import { latenessLimitMs, utilisationLimit } from '../../measure/trust/facts';

/** What a probe of the generator measured. */
export type Probed = Pick<RunTotals, 'asked' | 'sent' | 'completed' | 'lateness' | 'generatorUtilisation'>;

const probeVus = 64;
const rateProbes = 6;
/** The lowest rate that is tried, as a share of the throughput of a closed loop. */
const lowestShare = 0.1;
const sentShare = 0.99;

/** A load of a constant rate, whose requests have two seconds to end. */
export function openLoad(rate: number, duration: string): PlainLoad {
  return plainLoadSchema.parse({ executor: 'constant-arrival-rate', rate, duration, gracefulStop: '2s' });
}

/**
 * Finds the highest rate that is sent on time, in requests per second, by bisection below the throughput of a closed
 * loop. Rejects with `load-failed` if none of the rates that it tries is: a limit of zero would mark every run.
 */
export async function findHighestRate(
  probe: (load: PlainLoad) => Promise<Probed>,
  onStep: (message: string) => void,
): Promise<number> {
  onStep('the throughput of a closed loop');
  const closed = plainLoadSchema.parse({ executor: 'constant-vus', vus: probeVus, duration: '2s', gracefulStop: '2s' });
  let high = (await probe(closed)).completed / 2;
  let low = high * lowestShare;
  let found = 0;
  for (let probes = 0; probes < rateProbes; probes += 1) {
    const rate = Math.max(1, Math.round((low + high) / 2));
    onStep(`whether ${formatRate(rate)} are sent on time`);
    if (isOnTime(await probe(openLoad(rate, '2s')))) {
      found = rate;
      low = rate;
    } else high = rate;
  }
  if (found === 0)
    throw new ProofloadError(
      'load-failed',
      'the machine is too busy to calibrate: none of the rates that were tried was sent on time',
      'close other programs that use the processors and calibrate again; an earlier calibration is kept',
    );
  return found;
}

function isOnTime({ lateness, generatorUtilisation, sent, asked }: Probed): boolean {
  return (
    toMs(lateness.percentileUs(99)) <= latenessLimitMs &&
    generatorUtilisation <= utilisationLimit &&
    sent >= (asked ?? 0) * sentShare
  );
}
