import { errorMessage } from '../../shared/errors/appError';
import { type CpuProfile, type ProfileSummary, summariseProfile } from '../../shared/profile/cpuProfile';
import type { RunPhase } from '../../shared/run/events';
import type { ServiceProcess } from '../hosting/serviceProcess';
import type { RunLog } from './runLog';

/** The CPU profile of the built-in service during the measured part of a run. */
export class ServiceProfile {
  readonly #service: Pick<ServiceProcess, 'startProfile' | 'stopProfile'>;
  readonly #keep: (profile: CpuProfile) => void;
  readonly #log: RunLog;
  #taken: Promise<ProfileSummary | undefined> | undefined;

  /** `keep` saves the profile; it may throw. */
  constructor(
    service: Pick<ServiceProcess, 'startProfile' | 'stopProfile'>,
    keep: (profile: CpuProfile) => void,
    log: RunLog,
  ) {
    this.#service = service;
    this.#keep = keep;
    this.#log = log;
  }

  /** Starts and ends the profile with the phases of the load. */
  enter(phase: RunPhase): void {
    if (phase === 'running') this.#service.startProfile();
    if (phase === 'draining') this.#taken = this.#take();
  }

  /** Undefined if there is no profile; the log says why. Never rejects. */
  async summary(): Promise<ProfileSummary | undefined> {
    return this.#taken;
  }

  /** If a profile cannot be taken or saved, the run is not lost. */
  async #take(): Promise<ProfileSummary | undefined> {
    try {
      const profile = await this.#service.stopProfile();
      this.#keep(profile);
      return summariseProfile(profile);
    } catch (fault) {
      this.#log.add('error', `the CPU profile could not be taken: ${errorMessage(fault)}`);
      return undefined;
    }
  }
}
