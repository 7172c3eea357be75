// What journeys cost: closed loop, 10 connections, generator on one core, nginx on the other, in turns.
import { printTable } from '../table.ts';
import { startNginx } from './nginx.mjs';
import { has, median, proofload, scenarioFile } from './tools.mjs';

const rounds = 9;
const seconds = 4;
const generatorCore = ['taskset', '-c', '1'];
const load = { executor: 'constant-vus', vus: 10, duration: `${seconds}s` };
const answer = JSON.stringify({ token: 'abc', items: [{ id: 7, name: 'a product' }], total: 1 });
const step = { name: 'read', url: '/' };

const kinds = {
  'requests, as before': { requests: [step] },
  'journey of one step': { journeys: [{ name: 'read', steps: [step] }] },
  'with an extraction and a JSON check': {
    journeys: [
      {
        name: 'read',
        steps: [{ ...step, checks: [{ jsonPath: '$.total', equals: 1 }], extract: { token: { jsonPath: '$.token' } } }],
      },
    ],
  },
  'of five steps with them': {
    journeys: [
      {
        name: 'read',
        steps: Array.from({ length: 5 }, (_, index) => ({
          ...step,
          name: `read ${index}`,
          checks: [{ jsonPath: '$.total', equals: 1 }],
          extract: { token: { jsonPath: '$.token' } },
        })),
      },
    ],
  },
  'with a cookie': {
    journeys: [
      {
        name: 'read',
        steps: [
          { ...step, url: '/cookie' },
          { ...step, name: 'again', url: '/cookie' },
        ],
      },
    ],
  },
};

export async function journeys() {
  if (!has('nginx') || !has('taskset')) {
    process.stdout.write('journeys: needs nginx and taskset (apt-get install nginx-light)\n\n');
    return;
  }
  const files = Object.entries(kinds).map(([name, work]) => [name, scenarioFile(load, work)]);
  const rates = Object.fromEntries(files.map(([name]) => [name, []]));
  const nginx = await startNginx(
    `location / { default_type application/json; return 200 '${answer}'; }
     location /cookie { add_header Set-Cookie "sid=1; Path=/"; return 200 '${answer}'; }`,
  );
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, file] of round % 2 === 0 ? files : files.toReversed()) {
      const { document } = await proofload(['run', file, '--url', nginx.url], { prefix: generatorCore });
      rates[name].push(document.metrics.http_reqs.successRate);
    }
  }
  nginx.end();
  process.stdout.write(
    `What journeys cost, 10 connections, generator on one core, nginx on the other; ${rounds} rounds of ${seconds} s in turns:\n\n`,
  );
  const [[first]] = files;
  printTable(
    ['scenario', 'req/s (median)', 'of requests (median of rounds)'],
    files.map(([name]) => {
      const ratios = rates[name].map((rate, round) => rate / rates[first][round]);
      return [name, Math.round(median(rates[name])), median(ratios).toFixed(3)];
    }),
  );
}
