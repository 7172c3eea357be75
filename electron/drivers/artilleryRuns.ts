import { isOpen } from '../../shared/scenario/describe';
import { durationMsOf, unitsPerSecond } from '../../shared/scenario/timing';
import { shareOf } from '../load/schedule/shard';
import { idleMsOf, type PlannedPhase, writtenPhases } from '../report/exporters/artilleryPhases';
import { artilleryReport } from '../report/exporters/artilleryReport';
import { type ArtilleryScript, artilleryScript } from '../report/exporters/artilleryScript';
import { drivenConfig } from './artilleryConfig';
import { addressesVariable, artilleryPlugin, pluginFunctions, pluginName } from './artilleryPlugin';
import {
  type DrivenLoad,
  drivenAddresses,
  drivenScenario,
  drivenUrl,
  secretEnvironment,
  type ToolRun,
  type ToolRuns,
} from './drivenLoad';

/** What does not concern a driven run, which does not read the report of the tool. */
const ofReport: ReadonlySet<string> = new Set(Object.values(artilleryReport));

/** Arrivals per second at the start of the measured part. Undefined without a schedule, and 0 for a ramp from 0. */
function firstRate({ load }: DrivenLoad): number | undefined {
  if (!isOpen(load)) return undefined;
  return (load.executor === 'constant-arrival-rate' ? load.rate : load.startRate) * unitsPerSecond(load);
}

/**
 * The length in ms of the warm-up that Artillery can make: a phase of arrivals, or the first part of a load of constant
 * virtual users. 0 when it can make none.
 */
function warmupOf(driven: DrivenLoad): number {
  const rate = firstRate(driven);
  const isUntil = driven.load.executor === 'constant-vus';
  return isUntil || (rate !== undefined && rate > 0) ? driven.warmupMs : 0;
}

/**
 * The flows with a step before and after each iteration. `isUntil`: whether users repeat iterations until the end of
 * the load.
 */
function markedFlows(
  { scenarios }: ArtilleryScript['script'],
  isUntil: boolean,
): ArtilleryScript['script']['scenarios'] {
  const marked = (steps: readonly unknown[]): unknown[] => [
    { function: pluginFunctions.begin },
    ...steps,
    { function: pluginFunctions.end },
  ];
  return scenarios.map((scenario) => {
    const [only] = scenario.flow;
    if (only === undefined || !Array.isArray(only.loop))
      return {
        ...scenario,
        flow: [{ function: pluginFunctions.begin }, ...scenario.flow, { function: pluginFunctions.end }],
      };
    const { loop, count } = only;
    return {
      ...scenario,
      flow: [{ loop: marked(loop), ...(isUntil ? { whileTrue: pluginFunctions.isGoing } : { count }) }],
    };
  });
}

/** The processes of Artillery that generate a load, each with its share of the arrivals. */
export function artilleryRuns(driven: DrivenLoad): ToolRuns {
  const { processes, load, target } = driven;
  const scenario = drivenScenario(driven);
  const { secrets, differences } = artilleryScript(scenario, drivenUrl(target));
  const warmupMs = warmupOf(driven);
  const rate = firstRate(driven);
  const isUntil = load.executor === 'constant-vus';
  const untilMs = isUntil ? warmupMs + durationMsOf(load) : null;
  const warmup: PlannedPhase[] =
    rate !== undefined && warmupMs > 0 ? [{ name: 'warm-up', durationMs: warmupMs, rate }] : [];
  const runs = Array.from({ length: processes }, (_, index): ToolRun[] => {
    const share = (total: number): number => shareOf(total, { index, count: processes });
    const { script } = artilleryScript(scenario, drivenUrl(target), share);
    const own = drivenConfig(driven, script.config);
    // There may be more processes than users, and Artillery rejects a script without arrivals.
    if (own.phases.every(({ pause }) => pause !== undefined)) return [];
    const phases = [...writtenPhases(warmup, share), ...own.phases];
    const ofPlugin = { untilMs, warmupMs: warmup.length > 0 ? warmupMs : null, idleMs: idleMsOf(phases) };
    const written = {
      ...script,
      // Proofload's plugin comes first, so that it sees what other plugins end.
      config: { ...own, phases, plugins: { [pluginName]: ofPlugin, ...own.plugins } },
      scenarios: markedFlows(script, isUntil),
    };
    return [
      {
        files: {
          'artillery-script.json': JSON.stringify(written, null, 2),
          [`artillery-plugin-${pluginName}/index.cjs`]: artilleryPlugin,
          [`artillery-plugin-${pluginName}/package.json`]: '{"main":"index.cjs"}',
        },
        args: ['run', '--quiet', 'artillery-script.json'],
        env: {
          ...secretEnvironment(secrets, driven.secrets),
          ARTILLERY_DISABLE_TELEMETRY: 'true',
          [addressesVariable]: JSON.stringify(drivenAddresses(target)),
        },
      },
    ];
  }).flat();
  return { runs, warmupMs, differences: differences.filter((text) => !ofReport.has(text)) };
}
