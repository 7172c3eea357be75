import { hostname as machineName, networkInterfaces } from 'node:os';
import { type WireUrl, wireUrl } from '../../shared/http/wireUrl';
import type { Target } from '../../shared/run/target';
import type { Scenario } from '../../shared/scenario/schema';
import { isLoopbackAddress } from '../hosts/addresses';
import { type ClockLead, clockStepMs, readClockLead } from './clockLead';
import type { MachineSecond } from './machineSecond';
import { type MachineUse, MachineWatch } from './machineUse';
import type { ServiceBackend } from './trust/facts';

/** Whether a host of a URL is this machine, by whatever name. */
function isThisMachine(host: string): boolean {
  if (isLoopbackAddress(host) || host === 'localhost' || host === machineName().toLowerCase()) return true;
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === host));
}

/** Where a run sends its requests; nowhere for the built-in service, which is a process of ours. */
function loadedUrls(target: Target, { requests }: Pick<Scenario, 'requests'>): WireUrl[] {
  if (target.kind === 'engine') return [];
  return (requests ?? [target]).map(({ url }) => wireUrl(url, target.url));
}

/** After which seconds the machine is looked at: soon after the begin, when partners appear, and now and again. */
function isTimeToLook(second: number): boolean {
  return (second & (second - 1)) === 0 || second % 30 === 0;
}

/** The machine beside a run: which programs used it, and what its clock did. */
export class HostMonitor {
  readonly #isEngine: boolean;
  readonly #isElsewhere: boolean;
  readonly #ports: readonly number[];
  readonly #watch = new MachineWatch(new Set([process.pid]));
  #clockLead: ClockLead | undefined;
  /** Undefined where it is not known, or not known which processes are the target. */
  machine: MachineUse | undefined;
  /** Why `machine`, or what it says of the target, is not known; undefined where both are. */
  machineUnknown: string | undefined = 'the load did not complete';
  /** By how much the wall clock went ahead of the monotonic clock; undefined before the end. */
  clockStepMs: number | undefined;

  constructor(target: Target, scenario: Pick<Scenario, 'requests'>) {
    const urls = loadedUrls(target, scenario);
    const local = urls.filter(({ hostname }) => isThisMachine(hostname));
    this.#isEngine = target.kind === 'engine';
    this.#isElsewhere = local.length < urls.length;
    this.#ports = [...new Set(local.map(({ port }) => port))];
  }

  /** The run begins, and nothing is loaded yet. */
  prepare(): void {
    this.#watch.prepare();
  }

  /** The load begins, if only to warm up. */
  loadBegins(): void {
    this.#watch.loadBegins();
  }

  /** The measured part begins; `service` is what is known of the target's processes. */
  begin({ pids = [], databasePort }: Partial<Pick<ServiceBackend, 'pids' | 'databasePort'>>): void {
    const ports = databasePort === undefined ? this.#ports : [...this.#ports, databasePort];
    this.#watch.begin({ ports, pids, isComplete: !this.#isEngine && pids.length > 0 });
    this.#clockLead = readClockLead();
  }

  /** What others used of the processors since the measured part began or since the last call. */
  machineSecond(): MachineSecond {
    return this.#watch.second();
  }

  /** A second of the measured part has ended, numbered from 1. */
  secondEnded(second: number): void {
    if (isTimeToLook(second)) this.#watch.look();
  }

  /** The measured part has ended. */
  end(): void {
    if (!this.#clockLead) return;
    const { use, unknown } = this.#watch.end();
    this.machine = use;
    this.machineUnknown = unknown ?? (this.#isElsewhere ? 'the target is on another machine' : undefined);
    this.clockStepMs = clockStepMs(this.#clockLead, readClockLead());
  }
}
