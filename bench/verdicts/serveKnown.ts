/*
 * The server whose answer times are drawn, seeded, from a known distribution. Its plan is the first argument, as JSON.
 * Prints its URL, and sends its report whenever its parent asks.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { type Random, seededStream } from '../../shared/statistics/random';
import { PunctualTimer } from './punctualTimer';
import { type Fault, type ServerReport, serverPlanSchema } from './serverPlan';

const plan = serverPlanSchema.parse(JSON.parse(process.argv[2] ?? ''));
const { fault } = plan;
const times = seededStream(plan.seed, 'times');
const chances = seededStream(plan.seed, 'chances');

const draw: Record<typeof plan.shape, (random: Random) => number> = {
  narrow: (random) => plan.p95Ms * (0.9 + (random() * 0.1) / 0.95),
  exponential: (random) => (plan.p95Ms * Math.log(1 - random())) / Math.log(0.05),
};

const timer = new PunctualTimer(process.argv[1] ?? '');
const intended = new LatencyHistogram();
const did = new LatencyHistogram();
let requests = 0;
let shed = 0;
let firstMs: number | undefined;
let hasHung = false;

/** By how much answer times are longer, at a time of the measured part as a share of it. */
function factorAt(at: number): number {
  if (fault?.kind === 'leak') return 1 + (fault.factor - 1) * Math.min(1, Math.max(0, at));
  if (fault?.kind === 'drift') return at < 0.5 ? 1 : fault.factor;
  return 1;
}

function delayAt(at: number): number {
  const delayMs = draw[plan.shape](times) * factorAt(at);
  return fault?.kind === 'tail' && chances() < fault.share ? fault.tailMs : delayMs;
}

function refuse(response: ServerResponse, isMeasured: boolean): void {
  if (isMeasured) shed += 1;
  response.writeHead(503).end();
}

const sockets = new Set<Socket>();
const server = createServer((_request, response) => {
  const receivedMs = performance.now();
  if (firstMs === undefined) begin();
  const sinceMs = receivedMs - (firstMs ?? receivedMs);
  const isMeasured = sinceMs >= plan.warmupMs;
  if (isMeasured) requests += 1;
  if (fault?.kind === 'shed' && chances() < fault.share) return refuse(response, isMeasured);
  if (fault?.kind === 'hang' && !hasHung && sinceMs >= fault.atMs) {
    hasHung = true;
    return;
  }
  const delayMs = delayAt((sinceMs - plan.warmupMs) / plan.measuredMs);
  if (isMeasured) intended.record(delayMs * 1000);
  timer.after(delayMs, () => {
    response.end('ok');
    if (isMeasured) did.record((performance.now() - receivedMs) * 1000);
  });
});

server.on('connection', (socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
});

function freeze(forMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs);
}

function restart(forMs: number): void {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  server.close();
  for (const socket of sockets) socket.resetAndDestroy();
  setTimeout(() => server.listen(port, '127.0.0.1'), forMs);
}

function schedule(planned: Fault): void {
  if (planned.kind === 'freeze') setTimeout(freeze, planned.atMs, planned.forMs);
  if (planned.kind === 'restart') setTimeout(restart, planned.atMs, planned.forMs);
}

function begin(): void {
  firstMs = performance.now();
  if (fault) schedule(fault);
}

process.on('message', () => {
  const p95 = (histogram: LatencyHistogram): number => histogram.percentileUs(95) / 1000;
  const report: ServerReport = { requests, shed, intendedP95Ms: p95(intended), didP95Ms: p95(did) };
  process.send?.(report);
});
process.on('disconnect', () => process.exit(0));
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
  const address = server.address();
  if (typeof address === 'object') process.stdout.write(`http://127.0.0.1:${address?.port}/\n`);
});
