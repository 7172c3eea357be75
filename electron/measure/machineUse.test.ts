import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { MachineWatch } from './machineUse';
import { lookAtMachine, type MachineLook } from './processLedger';

/** Uses a processor for a time that the system counts, however busy the machine is. */
const burn = `const burn = (ms) => {
  const from = process.cpuUsage();
  for (;;) { const { user, system } = process.cpuUsage(from); if (user + system >= ms * 1000) return; }
};`;

const cgiServer = `const { spawnSync } = require('node:child_process');
process.on('message', () => {
  for (let n = 0; n < 3; n += 1) spawnSync(process.execPath, ['-e', process.argv[1]]);
  process.send('done');
});
process.send('ready');`;

const app = `${burn}
const server = require('node:http').createServer((request, response) => {
  burn(Number(request.url.slice(1)));
  response.end();
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send(server.address().port));`;

const proxy = `const http = require('node:http');
const agent = new http.Agent({ keepAlive: true });
const server = http.createServer((request, response) => {
  http.get({ port: process.argv[1], host: '127.0.0.1', path: request.url, agent }, (answer) => answer.pipe(response));
});
server.listen(0, '127.0.0.1', () => process.send(server.address().port));`;

const stranger = `${burn}
process.on('message', (ms) => { burn(ms); process.send('done'); });
process.send('ready');`;

const children: ChildProcess[] = [];

/** Starts a program. Resolves with its first message. */
async function start(
  program: string,
  ...args: string[]
): Promise<{ child: ChildProcess; pid: number; first: unknown }> {
  const child = spawn(process.execPath, ['-e', program, ...args], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  children.push(child);
  const [first]: unknown[] = await once(child, 'message');
  return { child, pid: child.pid ?? 0, first };
}

/** Makes a program do its work. Resolves when the work is done. */
async function doWork(child: ChildProcess, message: number): Promise<void> {
  const done = once(child, 'message');
  child.send(message);
  await done;
}

/** A watch without processes of its own, and what all programs of the machine used between its last two looks. */
function watchAll() {
  const looks: MachineLook[] = [];
  const watch = new MachineWatch(new Set(), () => {
    const look = lookAtMachine();
    looks.push(look);
    return look;
  });
  const used = () => {
    const [from, to] = looks.slice(-2);
    if (!from || !to) throw new Error('it was not looked at the machine twice');
    const total = to.processors.total - from.processors.total;
    return { busyShare: (to.processors.busy - from.processors.busy) / total, totalMs: total * 10 };
  };
  return { watch, used };
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const named = (...pids: number[]) => ({ ports: [], pids, isComplete: true });

describe.runIf(process.platform === 'linux')('MachineWatch', () => {
  it('counts children of the target that have ended, as those of a CGI server', async () => {
    const cgiMs = 500;
    const { child, pid } = await start(cgiServer, `${burn} burn(${cgiMs})`);
    const { watch, used } = watchAll();
    watch.begin(named(pid));
    await doWork(child, 1);
    const { use, unknown } = watch.end();
    expect(unknown).toBeUndefined();
    const childrenMs = 3 * cgiMs;
    expect(use?.target?.cpuMs).toBeGreaterThan(0.8 * childrenMs);
    // The children do not count as other programs.
    const { busyShare, totalMs } = used();
    expect(use?.otherShare).toBeLessThan(busyShare - (0.6 * childrenMs) / totalMs);
  });

  it('follows proxies to the service behind them', async () => {
    const { first: appPort } = await start(app);
    const { first: innerPort } = await start(proxy, String(appPort));
    const { first: proxyPort } = await start(proxy, String(innerPort));
    const { watch, used } = watchAll();
    await (await fetch(`http://127.0.0.1:${proxyPort}/1`)).text();
    watch.begin({ ports: [Number(proxyPort)], pids: [], isComplete: false });
    const workMs = 1_500;
    await (await fetch(`http://127.0.0.1:${proxyPort}/${workMs}`)).text();
    const { use } = watch.end();
    const { busyShare, totalMs } = used();
    expect(use?.target?.cpuMs).toBeGreaterThan(0.8 * workMs);
    expect(use?.target?.timeslices).toBeGreaterThan(0);
    // One thread does all the work.
    const oneThread = (0.8 * workMs * availableParallelism()) / totalMs;
    expect(use?.target?.busiestThreadShare).toBeGreaterThan(Math.min(0.95, oneThread));
    expect(use?.otherShare).toBeLessThan(busyShare - (0.6 * workMs) / totalMs);
  });

  it('counts a stranger as other, and does not take it for what the machine does by itself', async () => {
    const { pid } = await start(stranger);
    const { child: busy } = await start(stranger);
    const { watch, used } = watchAll();
    watch.prepare();
    await doWork(busy, 600);
    watch.loadBegins();
    watch.begin(named(pid));
    const workMs = 1_500;
    await doWork(busy, workMs);
    const { use } = watch.end();
    expect(use?.idleShare).toBeLessThanOrEqual(0.05);
    expect(use?.otherShare).toBeGreaterThan((0.8 * workMs) / used().totalMs - 0.05);
    expect(use?.target?.cpuMs).toBeLessThan(0.2 * workMs);
  });

  it('tells from second to second what others used, and counts what the target used as no other', async () => {
    const { child: own, pid } = await start(stranger);
    const { child: busy } = await start(stranger);
    const workMs = 1_500;
    const watchDuring = async (worker: ChildProcess) => {
      const { watch, used } = watchAll();
      watch.begin(named(pid));
      await doWork(worker, workMs);
      const { otherCpuShare } = watch.second();
      watch.end();
      return { otherCpuShare, ...used() };
    };
    const others = await watchDuring(busy);
    expect(others.otherCpuShare).toBeGreaterThan((0.8 * workMs) / others.totalMs);
    const owns = await watchDuring(own);
    expect(owns.otherCpuShare).toBeLessThan(owns.busyShare - (0.6 * workMs) / owns.totalMs);
  });

  it('says when the target cannot be seen', () => {
    const { watch } = watchAll();
    // No process listens on this port number.
    watch.begin({ ports: [0], pids: [], isComplete: false });
    expect(watch.end()).toEqual({ use: undefined, unknown: "the process that listens on port 0 can't be seen" });
  });
});
