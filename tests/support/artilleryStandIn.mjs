#!/usr/bin/env node
// A stand-in for `artillery run-fargate` and `run-lambda` in tests: it contacts nothing. It notes its arguments and the
// files of its folder, and writes the report that PROOFLOAD_ARTILLERY_STAND_IN names: { folder, report, code, goesOn }.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const args = process.argv.slice(2);
const plan = JSON.parse(process.env.PROOFLOAD_ARTILLERY_STAND_IN ?? '{}');
if (args[0] === '--version') {
  process.stdout.write('Artillery: 2.0.34\n\nNode.js:   v24.0.0\n');
  process.exit(0);
}
if (!/^run-(fargate|lambda)$/.test(args[0] ?? '')) throw new Error(`not understood: ${args.join(' ')}`);
const files = Object.fromEntries(readdirSync('.').map((name) => [name, readFileSync(name, 'utf8')]));
const secrets = Object.keys(process.env).filter((name) => name.startsWith('PROOFLOAD_SECRET_'));
writeFileSync(join(plan.folder, 'started.json'), JSON.stringify({ args, files, secrets }));
function end(code) {
  if (plan.report !== undefined) copyFileSync(plan.report, args[args.indexOf('--output') + 1]);
  else process.stderr.write('Error: no credentials of AWS\n');
  process.exit(code);
}

// It listens before it says that it has started.
process.on('SIGINT', () => {
  process.stdout.write('Stopping test run (SIGINT received)...\n');
  end(1);
});
process.stdout.write('Test run ID: t_stand_in\n');
if (plan.goesOn) setInterval(() => {}, 1_000);
else end(plan.code ?? 0);
