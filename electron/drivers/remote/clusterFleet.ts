import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import { concealerOf } from '../../../shared/secrets/conceal';
import type { Fleet, FleetEvents, FleetFindings, LoadEnd } from '../../hosting/fleet';
import { drivenEnd, drivenFindings } from '../drivenEnd';
import type { DrivenLoad } from '../drivenLoad';
import { evenPlan } from '../evenPlan';
import type { FoundTool } from '../findTool';
import { PhaseWatch } from '../phaseWatch';
import { SampleTicks } from '../sampleTicks';
import { type WallClock, wallClock } from '../wallClock';
import { Kubectl } from './kubectl';
import { type KubernetesCommands, kubernetesCommands } from './kubernetesCommands';
import { type KubernetesManifests, kubernetesManifests, secretManifest } from './kubernetesManifests';
import { OtlpSamples } from './otlpSamples';
import { clusterFault, RunnerWatch } from './runnerWatch';

/** How long a tick waits for the samples of all runners. */
const holdBackMs = 4_000;

/** The options of a fleet in Kubernetes. */
export interface ClusterFleetOptions {
  tool: FoundTool;
  driven: DrivenLoad;
  /** The name of the TestRun. */
  name: string;
  /** The folder for manifests, which exists. It is removed with the run. */
  folder: string;
  clock?: WallClock;
}

/** Runners of k6 in Kubernetes that generate one load. Like load processes, they report as one. */
export class ClusterFleet implements Fleet {
  /** Never settles, because {@link run} reports how the load ends. */
  readonly died: Promise<never> = new Promise(() => {});
  readonly #options: ClusterFleetOptions;
  readonly #events: FleetEvents;
  readonly #kubectl: Kubectl;
  readonly #commands: KubernetesCommands;
  readonly #samples: OtlpSamples;
  readonly #watch: RunnerWatch;
  readonly #notes: string[] = [];
  #ticks: SampleTicks | undefined;
  #isStopped = false;
  /** When it was stopped, by the clock of the runners. */
  #stoppedMs: number | undefined;
  #hasRun = false;
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: ClusterFleetOptions, events: FleetEvents) {
    const { tool, name, folder, driven } = options;
    this.#options = options;
    this.#events = events;
    this.#kubectl = new Kubectl(tool.path, folder, concealerOf(driven.secrets));
    this.#commands = kubernetesCommands(name, tool.cluster ?? {});
    const journeys = driven.scenario.journeys?.map((journey) => journey.name);
    this.#samples = new OtlpSamples(() => this.#requireTicks().listener(), journeys);
    this.#watch = new RunnerWatch({
      kubectl: this.#kubectl,
      commands: this.#commands,
      runners: driven.processes,
      samples: this.#samples,
      clock: options.clock ?? wallClock,
    });
  }

  get bucketShare(): number {
    return this.#samples.bucketShare;
  }

  /** Makes the load and resolves at its end. Rejects with `load-failed` when it ends before the load begins. */
  run(): Promise<LoadEnd> {
    const running = this.#make();
    this.#running = running.catch(() => {});
    return running;
  }

  /** Ends the load early. {@link run} still resolves. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#stoppedMs = this.#samples.lastMs;
    this.#ticks?.endEarly(this.#stoppedMs);
    // While nothing runs yet, kubectl may be waiting for the collector.
    if (!this.#hasRun) this.#kubectl.interrupt();
    this.#watch.stop();
  }

  async finish(): Promise<FleetFindings> {
    return drivenFindings(this.#notes);
  }

  /** Ends the load, and resolves when its objects are removed from the cluster, or can't be removed. */
  async end(): Promise<void> {
    this.stop();
    await this.#running;
  }

  async #make(): Promise<LoadEnd> {
    const { tool, driven, name } = this.#options;
    const { scenario, warmupMs } = driven;
    const manifests = kubernetesManifests(driven, name);
    this.#notes.push(...manifests.differences.map((difference) => `k6: ${difference}`));
    const plan = evenPlan(driven, warmupMs);
    const { onTick } = this.#events;
    const hasJourneys = scenario.journeys !== undefined;
    const ticks = new SampleTicks({ plan, warmupMs, hasJourneys, tellsSends: false, holdBackMs, onTick });
    this.#ticks = ticks;
    const phases = new PhaseWatch(this.#events, warmupMs, plan.totalMs);
    const report = (): void => {
      phases.look(ticks.startMs, this.#samples.lastMs);
      ticks.advance(this.#samples.lastMs);
    };
    const fault = await this.#carryOut(manifests, report).catch((error: unknown) => asFault(error));
    report();
    ticks.finish(this.#isStopped);
    return drivenEnd({ tool: tool.tool, plan, warmupMs, ticks, stoppedMs: this.#stoppedMs, fault });
  }

  /** Creates everything, waits for the end and removes everything. Resolves with what went wrong. */
  async #carryOut(manifests: KubernetesManifests, report: () => void): Promise<ProofloadError | undefined> {
    const { folder } = this.#options;
    for (const [file, text] of Object.entries(manifests.files))
      writeFileSync(join(folder, file), text, { mode: 0o600 });
    try {
      await this.#kubectl.run(this.#commands.createSamples);
      const hasSecrets = Object.keys(manifests.secrets).length > 0;
      if (hasSecrets) await this.#kubectl.run(this.#commands.createSecret, secretManifest(manifests));
      if (!this.#isStopped) await this.#kubectl.run(this.#commands.awaitCollector).catch(this.#unlessStopped);
      return this.#isStopped ? undefined : await this.#runAndGather(report);
    } finally {
      await this.#remove(manifests);
    }
  }

  async #runAndGather(report: () => void): Promise<ProofloadError | undefined> {
    let isOver = false;
    const log = this.#kubectl.follow(this.#commands.followSamples, (line) => {
      this.#samples.line(line);
      report();
    });
    const lost = log.ended.then(
      () => (isOver ? undefined : clusterFault('the collector of samples ended before the load')),
      asFault,
    );
    this.#hasRun = true;
    try {
      await this.#kubectl.run(this.#commands.createRun);
      const watching = this.#watch.untilEnd();
      const fault = await Promise.race([watching, lost]);
      if (fault) this.stop();
      if (this.#isStopped) {
        await watching.catch(() => {});
        await this.#kubectl.run(this.#commands.stopRun).catch(this.#noteWhatIsLeft);
      }
      if (fault) return fault;
      const settled = await this.#watch.settle();
      if (!settled.isKnown)
        this.#notes.push(
          'k6: It is not known whether all samples arrived, because the runners did not report how many there are.',
        );
      return settled.fault;
    } finally {
      isOver = true;
      log.interrupt();
      await lost;
    }
  }

  async #remove(manifests: KubernetesManifests): Promise<void> {
    const left = [this.#commands.remove];
    if (Object.keys(manifests.secrets).length > 0) left.push(this.#commands.removeSecret);
    for (const command of left) await this.#kubectl.run(command).catch(this.#noteWhatIsLeft);
  }

  readonly #noteWhatIsLeft = (error: unknown): void => {
    this.#notes.push(`${errorMessage(error)} Objects named ${this.#options.name} may be left in the cluster.`);
  };

  readonly #unlessStopped = (error: unknown): void => {
    if (!this.#isStopped) throw error;
  };

  #requireTicks(): SampleTicks {
    if (!this.#ticks) throw new Error('no load has begun');
    return this.#ticks;
  }
}

function asFault(error: unknown): ProofloadError {
  return error instanceof ProofloadError ? error : clusterFault(`samples can't be read: ${errorMessage(error)}`);
}
