import { Session } from 'node:inspector/promises';
import { type CpuProfile, cpuProfileSchema } from '../../shared/profile/cpuProfile';

/** The time between two samples: V8's default of 1 ms. The option for profiles states their cost. */
const samplingIntervalUs = 1_000;

/** Takes a CPU profile of this process, once. */
export class CpuProfiler {
  readonly #session = new Session();

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post('Profiler.enable');
    await this.#session.post('Profiler.setSamplingInterval', { interval: samplingIntervalUs });
    await this.#session.post('Profiler.start');
  }

  async stop(): Promise<CpuProfile> {
    const { profile } = await this.#session.post('Profiler.stop');
    this.#session.disconnect();
    return cpuProfileSchema.parse(profile);
  }
}
