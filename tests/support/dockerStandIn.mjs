#!/usr/bin/env node
// A stand-in for docker in tests, where no Docker can be had: it contacts no daemon and starts no container. It notes
// each command, knows the options of `docker run` that Proofload uses, and runs the stand-in for k6 with nothing of its
// own environment but what --env names. As the real one does, it passes signals on, and a container goes on when the
// command is killed. PROOFLOAD_DOCKER_STAND_IN: { folder, endpoint, name, isRootless, refuses }.
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';

const plan = JSON.parse(process.env.PROOFLOAD_DOCKER_STAND_IN ?? '{}');
const inFolder = (name) => join(plan.folder, name);
const args = process.argv.slice(2);
appendFileSync(inFolder('commands.jsonl'), `${JSON.stringify(args)}\n`);

function refuse(message, code) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

/** The options of `docker run` with a value, each with all its values, and what comes after them. */
function parsed() {
  const options = { '--name': [], '--pull': [], '--log-driver': [], '--network': [], '--env': [] };
  const flags = new Set();
  let index = 1;
  for (; args[index]?.startsWith('-'); index += 1) {
    const option = args[index];
    if (option === '--rm' || option === '--interactive') flags.add(option);
    else if (options[option]) {
      index += 1;
      options[option].push(args[index]);
    } else refuse(`unknown flag: ${option}`, 125);
  }
  return { options, flags, image: args[index], command: args.slice(index + 1) };
}

function run() {
  const { options, flags, command } = parsed();
  if (plan.refuses) refuse(`docker: Error response from daemon: ${plan.refuses}`, 125);
  const given = options['--env'].flatMap((text) => {
    const [name, ...value] = text.split('=');
    if (value.length > 0) return [[name, value.join('=')]];
    return process.env[name] === undefined ? [] : [[name, process.env[name]]];
  });
  const env = Object.fromEntries(given);
  if (command[0] === 'run') writeFileSync(inFolder('environment.json'), JSON.stringify(env));
  const { PATH, PROOFLOAD_K6_STAND_IN } = process.env;
  const child = spawn(process.execPath, [resolve(import.meta.dirname, 'k6StandIn.mjs'), ...command], {
    env: { PATH, ...(PROOFLOAD_K6_STAND_IN === undefined ? {} : { PROOFLOAD_K6_STAND_IN }), ...env },
    stdio: [flags.has('--interactive') ? 'inherit' : 'ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const [name] = options['--name'];
  if (name !== undefined) writeFileSync(inFolder(`${name}.pid`), String(child.pid));
  child.stdout.pipe(process.stdout);
  child.stderr.pipe(process.stderr);
  process.on('SIGINT', () => child.kill('SIGINT'));
  child.on('close', (code) => {
    process.exitCode = code ?? 137;
  });
}

const seccomp = 'name=seccomp,profile=builtin';
const [command] = args;
if (command === 'context') process.stdout.write(`${plan.endpoint ?? 'unix:///var/run/docker.sock'}\n`);
else if (command === 'info')
  process.stdout.write(
    JSON.stringify({
      Name: plan.name ?? hostname(),
      OSType: 'linux',
      SecurityOptions: plan.isRootless ? [seccomp, 'name=rootless'] : [seccomp],
    }),
  );
else if (command === 'run') run();
else if (command === 'rm') process.kill(Number(readFileSync(inFolder(`${args.at(-1)}.pid`), 'utf8')), 'SIGKILL');
else refuse(`docker: unknown command: ${args.join(' ')}`, 1);
