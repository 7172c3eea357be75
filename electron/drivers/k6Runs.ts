import type { PlainLoad } from '../../shared/scenario/schema';
import { formatDuration } from '../../shared/units/duration';
import { k6Script } from '../report/exporters/k6Script';
import {
  type DrivenLoad,
  drivenAddresses,
  drivenScenario,
  drivenUrl,
  secretEnvironment,
  skipsVerification,
  type ToolRuns,
} from './drivenLoad';
import { k6StartedAtMetric, k6StartMetric } from './k6Stream';
import { k6WarmupScenario } from './k6Tags';

/**
 * The k6 scenario of the warm-up. It has the rate, or the virtual users, with which the measured part begins; undefined
 * when that is 0.
 */
function warmupOf(load: PlainLoad, duration: string): Record<string, unknown> | undefined {
  const common = { exec: 'default', duration, gracefulStop: '0s' };
  switch (load.executor) {
    case 'constant-arrival-rate':
      return { ...common, executor: 'constant-arrival-rate' };
    case 'ramping-arrival-rate':
      return load.startRate === 0 ? undefined : { ...common, executor: 'constant-arrival-rate' };
    case 'ramping-vus':
      return load.startVUs === 0 ? undefined : { ...common, executor: 'constant-vus', vus: load.startVUs };
    default:
      return { ...common, executor: 'constant-vus', vus: load.vus };
  }
}

/** How a script reports the start of its load: as the time of a sample, or as a value, for outputs without such times. */
type StartReport = 'sample' | 'value';

const startReports: Readonly<Record<StartReport, { type: string; metric: string; value: string }>> = {
  sample: { type: 'Counter', metric: k6StartMetric, value: '1' },
  value: { type: 'Gauge', metric: k6StartedAtMetric, value: 'Date.now()' },
};

/**
 * The code that is added to an exported script: the warm-up, the addresses of hosts, and the metric that reports the
 * start of the load.
 */
export function k6Addition(driven: DrivenLoad, start: StartReport): string {
  const { load, warmupMs, target } = driven;
  const { type, metric, value } = startReports[start];
  const duration = formatDuration(warmupMs);
  const warmup = warmupMs > 0 ? warmupOf(load, duration) : undefined;
  const hosts = Object.fromEntries(
    Object.entries(drivenAddresses(target)).flatMap(([name, [address]]) => (address ? [[name, address]] : [])),
  );
  return `
import { ${type} as ProofloadMetric } from 'k6/metrics';
const proofloadStarted = new ProofloadMetric('${metric}');
/** k6 calls it just before its scenarios begin. */
export function setup() {
  proofloadStarted.add(${value});
}
(() => {
  const { proofload } = options.scenarios;
  const rate = proofload.rate === undefined ? proofload.startRate : proofload.rate;
  const { timeUnit, preAllocatedVUs, maxVUs } = proofload;
  const warmup = ${JSON.stringify(warmup ?? null)};
  if (warmup && warmup.executor === 'constant-arrival-rate') Object.assign(warmup, { rate, timeUnit, preAllocatedVUs, maxVUs });
  options.scenarios = {
    ...(warmup ? { ${k6WarmupScenario}: warmup } : {}),
    proofload: { ...proofload, startTime: ${JSON.stringify(duration)} },
  };
  options.hosts = ${JSON.stringify(hosts)};
  options.insecureSkipTLSVerify = ${skipsVerification(driven)};
})();
`;
}

/** The processes of k6 that generate a load; several share it by execution segments. */
export function k6Runs(driven: DrivenLoad): ToolRuns {
  const { text, differences, secrets } = k6Script(drivenScenario(driven), drivenUrl(driven.target));
  const script = `${text}${k6Addition(driven, 'sample')}`;
  const { processes } = driven;
  const sequence = Array.from({ length: processes + 1 }, (_, index) =>
    index === 0 ? '0' : index === processes ? '1' : `${index}/${processes}`,
  );
  const runs = Array.from({ length: processes }, (_, index) => ({
    files: { 'k6-script.js': script },
    args: [
      'run',
      '--quiet',
      '--no-color',
      '--no-usage-report',
      '--no-thresholds',
      // k6's own API would need a fixed port, which another k6 may have.
      '--address',
      '127.0.0.1:0',
      '--out',
      'json=-',
      ...(processes > 1
        ? [
            '--execution-segment',
            `${sequence[index]}:${sequence[index + 1]}`,
            '--execution-segment-sequence',
            sequence.join(','),
          ]
        : []),
      'k6-script.js',
    ],
    env: secretEnvironment(secrets, driven.secrets),
  }));
  return { runs, warmupMs: driven.warmupMs, differences };
}
