import { hostname as machineName, networkInterfaces } from 'node:os';
import { type WireUrl, wireUrl } from '../../shared/http/wireUrl';
import type { Target } from '../../shared/run/target';
import type { Scenario } from '../../shared/scenario/schema';
import { isLoopbackAddress } from '../hosts/addresses';
import { type ClockLead, clockStepMs, readClockLead } from './clockLead';
import type { MachineSecond } from './machineSecond';
import { type MachineUse, MachineWatch } from './machineUse';
import type { ServiceBackend } from './trust/facts';

/** Whether the host of a URL is this machine, under any of its names or addresses. */
function isThisMachine(host: string): boolean {
  if (isLoopbackAddress(host) || host === 'localhost' || host === machineName().toLowerCase()) return true;
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === host));
}

/** The URLs that a run requests. Empty for the built-in service, which is a process of Proofload. */
function loadedUrls(target: Target, { requests }: Pick<Scenario, 'requests'>): WireUrl[] {
  if (target.kind === 'engine') return [];
  return (requests ?? [target]).map(({ url }) => wireUrl(url, target.url));
}

/**
 * Whether to look at the machine after a second: often at the start, when partners appear, and every 30 seconds.
 */
function isTimeToLook(second: number): boolean {
  return (second & (second - 1)) === 0 || second % 30 === 0;
}

/** Observes the machine during a run: which programs used it, and what its clock did. */
export class HostMonitor {
  readonly #isEngine: boolean;
  readonly #isElsewhere: boolean;
  readonly #ports: readonly number[];
  readonly #watch = new MachineWatch(new Set([process.pid]));
  #clockLead: ClockLead | undefined;
  /** Undefined if it is not known, or if the processes of the target are not known. */
  machine: MachineUse | undefined;
  /** Why `machine`, or its part about the target, is not known; undefined if both are known. */
  machineUnknown: string | undefined = 'the load did not complete';
  /** How far the wall clock moved ahead of the monotonic clock, in ms; undefined before the end. */
  clockStepMs: number | undefined;

  constructor(target: Target, scenario: Pick<Scenario, 'requests'>) {
    const urls = loadedUrls(target, scenario);
    const local = urls.filter(({ hostname }) => isThisMachine(hostname));
    this.#isEngine = target.kind === 'engine';
    this.#isElsewhere = local.length < urls.length;
    this.#ports = [...new Set(local.map(({ port }) => port))];
  }

  /** Call this when the run begins, before any load. */
  prepare(): void {
    this.#watch.prepare();
  }

  /** Call this when the load begins, even if it is only a warm-up. */
  loadBegins(): void {
    this.#watch.loadBegins();
  }

  /** Call this when the measured part begins. `service` is what is known of the processes of the target. */
  begin({ pids = [], databasePort }: Partial<Pick<ServiceBackend, 'pids' | 'databasePort'>>): void {
    const ports = databasePort === undefined ? this.#ports : [...this.#ports, databasePort];
    this.#watch.begin({ ports, pids, isComplete: !this.#isEngine && pids.length > 0 });
    this.#clockLead = readClockLead();
  }

  /** Returns what other programs used of the processors since the measured part began or since the last call. */
  machineSecond(): MachineSecond {
    return this.#watch.second();
  }

  /** Call this when a second of the measured part has ended. Seconds are numbered from 1. */
  secondEnded(second: number): void {
    if (isTimeToLook(second)) this.#watch.look();
  }

  /** Call this when the measured part has ended. */
  end(): void {
    if (!this.#clockLead) return;
    const { use, unknown } = this.#watch.end();
    this.machine = use;
    this.machineUnknown = unknown ?? (this.#isElsewhere ? 'the target is on another machine' : undefined);
    this.clockStepMs = clockStepMs(this.#clockLead, readClockLead());
  }
}
