import { join } from 'node:path';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { type ToolDriver, toolNames } from '../../shared/run/driver';
import { concealerOf, type Secrets } from '../../shared/secrets/conceal';
import { isSecretVariable, secretVariable } from '../../shared/secrets/reference';
import type { Fleet, FleetEvents, FleetFindings, LoadEnd } from '../hosting/fleet';
import { artilleryResponses } from './artilleryResponses';
import { artilleryRuns } from './artilleryRuns';
import { ArtilleryStream } from './artilleryStream';
import { containerRun } from './docker/containerRun';
import { drivenEnd, drivenFindings } from './drivenEnd';
import { type DrivenLoad, drivenScenario, type ToolRun, type ToolRuns } from './drivenLoad';
import { evenPlan } from './evenPlan';
import type { FoundTool } from './findTool';
import { k6Runs } from './k6Runs';
import { K6Stream } from './k6Stream';
import { PhaseWatch } from './phaseWatch';
import { SampleTicks } from './sampleTicks';
import { toolFault } from './toolFault';
import { ToolProcess } from './toolProcess';
import { type WallClock, wallClock } from './wallClock';

/** How often ticks and phases are reported. */
const lookMs = 250;
/** How long a tool may take to end after it was asked to. */
const stopPatienceMs = 10_000;

const runsOf: Readonly<Record<ToolDriver, (driven: DrivenLoad) => ToolRuns>> = { k6: k6Runs, artillery: artilleryRuns };

/** The options of a fleet of tools. */
export interface ToolFleetOptions {
  tool: FoundTool;
  driven: DrivenLoad;
  /** The beginning of the names of its containers, which no other run uses. */
  name: string;
  /** The folder for scripts. It is removed with the run. */
  folder: string;
  clock?: WallClock;
}

/** One or several processes of another tool that generate one load. Like load processes, they report as one. */
export class ToolFleet implements Fleet {
  /** Never settles, because {@link run} reports how a tool ends. */
  readonly died: Promise<never> = new Promise(() => {});
  readonly #options: ToolFleetOptions;
  readonly #events: FleetEvents;
  readonly #clock: WallClock;
  #processes: ToolProcess[] = [];
  #ticks: SampleTicks | undefined;
  #stoppedMs: number | undefined;
  #differences: readonly string[] = [];

  constructor(options: ToolFleetOptions, events: FleetEvents) {
    this.#options = options;
    this.#events = events;
    this.#clock = options.clock ?? wallClock;
  }

  /** Makes the load and resolves at its end. Rejects with `load-failed` when a tool ends before the load begins. */
  async run(): Promise<LoadEnd> {
    const { tool, driven } = this.#options;
    const made = runsOf[tool.tool](driven);
    this.#differences = made.differences;
    const plan = evenPlan(driven, made.warmupMs);
    const ticks = new SampleTicks({
      plan,
      warmupMs: made.warmupMs,
      hasJourneys: driven.scenario.journeys !== undefined,
      tellsSends: tool.tool === 'artillery',
      onTick: this.#events.onTick,
    });
    this.#ticks = ticks;
    this.#start(made, ticks);
    const phases = new PhaseWatch(this.#events, made.warmupMs, plan.totalMs);
    const look = (): void => {
      const nowMs = this.#clock.nowMs();
      phases.look(ticks.startMs, nowMs);
      ticks.advance(nowMs);
    };
    const stopLooking = this.#clock.every(lookMs, look);
    try {
      const fault = await this.#awaitEnds();
      look();
      ticks.finish(this.#stoppedMs !== undefined);
      return drivenEnd({ tool: tool.tool, plan, warmupMs: made.warmupMs, ticks, stoppedMs: this.#stoppedMs, fault });
    } finally {
      stopLooking();
    }
  }

  /** Ends the load early. {@link run} still resolves. */
  stop(): void {
    if (this.#stoppedMs !== undefined) return;
    this.#stoppedMs = this.#clock.nowMs();
    this.#ticks?.endEarly(this.#stoppedMs);
    this.#interrupt();
  }

  async finish(): Promise<FleetFindings> {
    const name = toolNames[this.#options.tool.tool];
    return drivenFindings(this.#differences.map((difference) => `${name}: ${difference}`));
  }

  /** Ends all processes, and resolves when they are gone. */
  async end(): Promise<void> {
    for (const process of this.#processes) process.kill();
    await Promise.allSettled(this.#processes.map(({ ended }) => ended));
  }

  #start({ runs }: ToolRuns, ticks: SampleTicks): void {
    const { tool, driven, folder, name } = this.#options;
    this.#processes = runs.map((made, index) => {
      const one = tool.container ? containerRun(made, tool.container, `${name}-${index}`) : made;
      const stream =
        tool.tool === 'k6'
          ? new K6Stream(
              ticks.listener(),
              driven.scenario.journeys?.map((journey) => journey.name),
            )
          : new ArtilleryStream(ticks.listener(), artilleryResponses(drivenScenario(driven)));
      const conceal = concealerOf(secretsIn(one, driven.secrets));
      return new ToolProcess(tool, one, join(folder, `tool-${index}`), {
        onLine: (line) => stream.line(line),
        conceal,
      });
    });
    if (this.#stoppedMs !== undefined) this.#interrupt();
  }

  /**
   * Resolves when all processes have ended, with the fault of the first one that failed. That failure ends the others.
   */
  async #awaitEnds(): Promise<ProofloadError | undefined> {
    const { tool } = this.#options;
    let fault: ProofloadError | undefined;
    await Promise.all(
      this.#processes.map(async ({ ended }) => {
        const found = await ended.then(
          (end) => toolFault(tool.tool, end, this.#stoppedMs !== undefined),
          (error: unknown) => (error instanceof ProofloadError ? error : unreadable(error)),
        );
        if (!found || fault) return;
        fault = found;
        this.stop();
      }),
    );
    return fault;
  }

  /** Asks all processes to end, and kills those that do not. */
  #interrupt(): void {
    for (const process of this.#processes) process.interrupt();
    const startedMs = this.#clock.nowMs();
    const stopWaiting = this.#clock.every(lookMs, () => {
      if (this.#clock.nowMs() - startedMs < stopPatienceMs) return;
      stopWaiting();
      for (const process of this.#processes) process.kill();
    });
    void Promise.allSettled(this.#processes.map(({ ended }) => ended)).then(stopWaiting);
  }
}

/**
 * All values that the messages of a process must not contain: the secrets that it was given, including those that the
 * scenario contains literally.
 */
function secretsIn({ env }: ToolRun, secrets: Secrets): Secrets {
  const given = Object.entries(env).filter(([name]) => isSecretVariable(name));
  return new Map([
    ...given.map(([name, value]) => [name.slice(secretVariable('').length), value] as const),
    ...secrets,
  ]);
}

function unreadable(error: unknown): ProofloadError {
  return new ProofloadError('load-failed', errorMessage(error), 'run the exported script by hand to see why');
}
