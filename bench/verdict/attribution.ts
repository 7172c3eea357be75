/* Faults of known kind, and what the attribution of a run names first. */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { resolve } from 'node:path';
import { childProcessHost } from '../../electron/hosting/childProcessHost';
import type { WorkerHost } from '../../electron/hosting/workerHost';
import type { PartBand } from '../../shared/attribution/attribution';
import { engineConfig } from '../../shared/engines/config';
import type { RunDocument } from '../../shared/run/document';
import { type Target, targetSchema } from '../../shared/run/target';
import { formatLatency, formatPercent } from '../../shared/units/format';
import { printTable } from '../table';
import { benchRun } from './benchRun';
import { type Fault, faults } from './faults';
import { type SlowServer, slowConnect, slowNetwork } from './slowServers';

const [faultyFolder = '', serversFile = '', ...names] = process.argv.slice(2);
/** Names of faults, or `explained` for the last part. */
const isWhole = names.length === 0;
const plain = childProcessHost(resolve(process.cwd(), 'out/main'));
const faulty = childProcessHost(faultyFolder);
const load = { executor: 'constant-arrival-rate', rate: 200, duration: '8s', preAllocatedVUs: 50, maxVUs: 2_000 };
const quietRuns = 20;

/** A host whose target has the fault, with rivals for its processor where the fault has some. */
function hostOf(fault: Fault | undefined): { host: WorkerHost; release: () => void } {
  const rivals: ChildProcess[] = [];
  return {
    host: {
      start: (kind, handlers) => {
        if (kind !== 'service') return plain.start(kind, handlers);
        process.env.PROOFLOAD_BENCH_FAULT = fault?.name ?? '';
        const worker = faulty.start(kind, handlers);
        for (let rival = 0; rival < (fault?.rivals ?? 0); rival += 1)
          rivals.push(fork(resolve(process.cwd(), 'bench/load/hog.mjs'), { execArgv: [] }));
        if (rivals.length > 0)
          for (const { pid } of [worker, ...rivals])
            execFileSync('taskset', ['-a', '-p', '-c', '0', String(pid)], { stdio: 'ignore' });
        return worker;
      },
    },
    release: () => {
      for (const rival of rivals) rival.kill('SIGKILL');
    },
  };
}

async function run(target: Target, scenario: Record<string, unknown>, fault?: Fault): Promise<RunDocument> {
  const { host, release } = hostOf(fault);
  try {
    return await benchRun(host, target, { load, ...scenario });
  } finally {
    release();
  }
}

function rowOf(name: string, expected: readonly string[], { attribution, metrics }: RunDocument): string[] {
  const [first] = attribution?.causes ?? [];
  const right = first !== undefined && expected.includes(first.cause);
  return [
    name,
    formatLatency(metrics.http_req_duration.p95),
    first ? `${first.cause} (${formatPercent(first.share)})` : 'nothing',
    right ? 'right' : `WRONG, expected ${expected.join(' or ')}`,
  ];
}

async function overUrl(name: string, expected: readonly string[], open: () => Promise<SlowServer>): Promise<string[]> {
  const server = await open();
  const tlsOptions = server.url.startsWith('https') ? { tls: { insecureSkipTLSVerify: true } } : {};
  const document = await run(targetSchema.parse({ kind: 'url', url: server.url, ...tlsOptions }), {});
  server.close();
  return rowOf(name, expected, document);
}

/** The document service in a process of its own, for faults of the network. */
async function withService(use: (origin: URL) => Promise<string[]>): Promise<string[]> {
  const child = fork(serversFile, ['service'], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] });
  const url = await new Promise<string>((found) => child.stdout?.once('data', (text) => found(String(text).trim())));
  try {
    return await use(new URL(url));
  } finally {
    child.kill();
  }
}

const rows: string[][] = [];
for (const fault of faults) {
  if (!isWhole && !names.includes(fault.name)) continue;
  const document = await run(fault.config, fault.scenario ?? {}, fault);
  rows.push(rowOf(fault.name, fault.expected, document));
  if (!isWhole) {
    const { causes, notes, all } = document.attribution ?? {};
    const { parts: _parts, ...second } = document.intervals[4] ?? {};
    process.stdout.write(
      `${JSON.stringify(document.intervals.map((i) => [i.targetGcMs, i.targetGcMaxMs, i.targetCpu, i.p99]))}\n`,
    );
    process.stdout.write(`${JSON.stringify({ causes, notes, slowest: all?.slowest_5, second }, null, 1)}\n`);
  }
}
if (isWhole) {
  rows.push(await overUrl('slow connect', ['connect'], () => slowConnect(30)));
  rows.push(await withService((origin) => overUrl('delayed network', ['network'], () => slowNetwork(origin, 20))));
}
process.stdout.write('Faults, 200 req/s for 8 s, and what is named first:\n\n');
printTable(['fault', 'P95', 'named first', ''], rows);

if (isWhole) {
  const named = new Map<string, number>();
  for (let trial = 0; trial < quietRuns; trial += 1) {
    const { attribution } = await run(engineConfig('sqlite'), { seed: trial });
    const cause = attribution?.causes[0]?.cause ?? 'nothing';
    named.set(cause, (named.get(cause) ?? 0) + 1);
  }
  process.stdout.write(`Without a fault, ${quietRuns} runs:\n\n`);
  printTable(['named first', 'runs'], [...named]);
}
/** Which share of the response time has a name, and which one the two ends have measured themselves. */
function explained(band: PartBand | null | undefined): string {
  if (!band) return 'too few requests';
  const { mean, parts } = band;
  const left = (parts.unattributed ?? 0) / mean;
  return `${formatPercent(1 - left)} (${formatPercent(1 - left - (parts.network ?? 0) / mean)})`;
}

if (isWhole || names.includes('explained')) {
  const explainedRows: string[][] = [];
  const closed = { executor: 'constant-vus', vus: 100, duration: '8s' };
  for (const engine of ['sqlite-json', 'sqlite', 'memory', 'hybrid'] as const) {
    for (const [name, scenario] of [
      ['100 users, closed', { load: closed }],
      ['200 req/s', {}],
    ] as const) {
      const { attribution } = await run(engineConfig(engine), scenario);
      explainedRows.push([
        engine,
        name,
        explained(attribution?.all.median),
        explained(attribution?.all.slowest_5),
        explained(attribution?.all.slowest_1),
      ]);
    }
  }
  process.stdout.write(
    'What the parts explain of the response time; in brackets without the network, which is what is left between the two ends:\n\n',
  );
  printTable(['engine', 'load', 'median', 'slowest 5 %', 'slowest 1 %'], explainedRows);
}
process.exit(0);
