import { type Calibration, machineKey } from '../../../shared/run/calibration';
import type { Environment } from '../../../shared/run/document';
import { urlTargetSchema } from '../../../shared/run/target';
import { type PlainLoad, scenarioSchema } from '../../../shared/scenario/schema';
import { toMs } from '../../../shared/statistics/latencySummary';
import { formatRate } from '../../../shared/units/format';
import { Deferred } from '../../hosting/deferred';
import { LoadFleet } from '../../hosting/loadFleet';
import type { WorkerHost } from '../../hosting/workerHost';
import { WorkerSession } from '../../hosting/workerSession';
import { Measurement } from '../../measure/measurement';
import { nullServerReportSchema } from '../../nullServer/protocol';
import { orAborted } from '../../system/orAborted';
import { findHighestRate, openLoad } from './highestRate';

/** The dependencies of a calibration. */
export interface CalibrationContext {
  workers: WorkerHost;
  environment: Environment;
  now(): Date;
  /** Called with a description of what is being measured. */
  onStep(message: string): void;
  /** Cancels the calibration; nothing is saved. */
  signal: AbortSignal;
}

const floorRate = 200;
const pacingRate = 1_000;
const warmupMs = 1_000;
const probeWarmupMs = 500;
const exitPatienceMs = 3_000;

/**
 * Measures what this machine's load generator adds to response times, how evenly it sends and how fast. Takes about
 * half a minute. Rejects with `load-failed` if the machine is too busy for it, and with the reason of
 * `context.signal` if that is aborted.
 */
export async function calibrate(context: CalibrationContext): Promise<Calibration> {
  const ready = new Deferred<number>();
  const server = new WorkerSession(context.workers, 'null-server', nullServerReportSchema, ({ port }) =>
    ready.resolve(port),
  );
  try {
    const port = await orAborted(Promise.race([ready.promise, server.died]), context.signal);
    return await measure(context, `http://127.0.0.1:${port}/`);
  } finally {
    await server.end({ type: 'stop' }, exitPatienceMs);
  }
}

async function measure(context: CalibrationContext, url: string): Promise<Calibration> {
  const target = urlTargetSchema.parse({ kind: 'url', url });
  const scenario = scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'calibration',
    name: 'Calibration',
    load: openLoad(floorRate, '1s'),
  });
  let current: Measurement | undefined;
  const fleet = new LoadFleet(context.workers, scenario, target, {
    onPhase: (phase) => current?.enter(phase),
    onTick: (tick) => current?.addTick(tick),
  });
  const measureLoad = async (load: PlainLoad, loadWarmupMs: number): Promise<Measurement> => {
    const measurement = new Measurement({ ...scenario, load }, target);
    current = measurement;
    await orAborted(Promise.race([fleet.run(load, loadWarmupMs), fleet.died]), context.signal);
    measurement.finish();
    return measurement;
  };
  try {
    context.onStep('the generator overhead: what generator, sockets and kernel add');
    const floor = (await measureLoad(openLoad(floorRate, '4s'), warmupMs)).totals.response;
    context.onStep(`the pacing at ${formatRate(pacingRate)}`);
    const pacing = (await measureLoad(openLoad(pacingRate, '4s'), probeWarmupMs)).totals.lateness;
    const highestRate = await findHighestRate(
      async (load) => (await measureLoad(load, probeWarmupMs)).totals,
      context.onStep,
    );
    return {
      measuredAt: context.now().toISOString(),
      machine: machineKey(context.environment),
      floorP50: toMs(floor.percentileUs(50)),
      floorP99: toMs(floor.percentileUs(99)),
      pacingRate,
      pacingP50: toMs(pacing.percentileUs(50)),
      pacingP99: toMs(pacing.percentileUs(99)),
      highestRate,
    };
  } finally {
    await fleet.end(exitPatienceMs);
  }
}
