// What journeys cost: closed loop, 10 connections, generator on one core, a server on raw sockets on the other, in turns.
import { printTable } from '../table.ts';
import { has, median, proofload, scenarioFile, withServer } from './tools.mjs';

const rounds = 9;
const seconds = 4;
const generatorCore = has('taskset') ? ['taskset', '-c', '1'] : [];
const load = { executor: 'constant-vus', vus: 10, duration: `${seconds}s` };
const body = JSON.stringify({ token: 'abc', items: [{ id: 7, name: 'a product' }], total: 1 });
const plain = { name: 'read', url: '/' };
const checked = {
  ...plain,
  checks: [{ jsonPath: '$.total', equals: 1 }],
  extract: { token: { jsonPath: '$.token' } },
};

/** A journey of so many steps of a kind. */
function journeyOf(step, count) {
  const steps = Array.from({ length: count }, (_, index) => ({ ...step, name: `${step.name} ${index}` }));
  return { journeys: [{ name: 'visit', steps }] };
}

const posted = { name: 'write', method: 'POST', url: '/' };
const filledIn = { ...posted, body: { number: '{{iteration}}', text: 'x'.repeat(1_000) } };
const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'key', region: 'eu-central-1', service: 'execute-api' };

const kinds = {
  'a URL': {},
  'a request': { requests: [plain] },
  'a request with a JSON body of 1 KB that is filled in': { requests: [filledIn] },
  'the same, compressed': { requests: [{ ...filledIn, gzip: true }] },
  'with bytes of 1 KB': { requests: [{ ...posted, bodyBase64: Buffer.alloc(1_024, 7).toString('base64') }] },
  'with Basic authentication': { requests: [{ ...plain, auth: { type: 'basic', username: 'a', password: 'b' } }] },
  'signed for AWS': { requests: [{ ...plain, auth: { type: 'aws-sigv4', ...key } }] },
  'a journey of one step': journeyOf(plain, 1),
  'of five steps': journeyOf(plain, 5),
  'of one, with an extraction and a JSON check': journeyOf(checked, 1),
  'of five, with five of each': journeyOf(checked, 5),
};

export async function journeys() {
  const files = Object.entries(kinds).map(([name, work]) => [name, scenarioFile(load, work)]);
  const rates = Object.fromEntries(files.map(([name]) => [name, []]));
  await withServer('rawServer.mjs', ['--body', body], async (url) => {
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, file] of round % 2 === 0 ? files : files.toReversed()) {
        const { document } = await proofload(['run', file, '--url', url], { prefix: generatorCore });
        rates[name].push(document.metrics.http_reqs.successRate);
      }
    }
  });
  process.stdout.write(
    `What journeys cost, 10 connections, generator on one core; ${rounds} rounds of ${seconds} s in turns:\n\n`,
  );
  const [[first]] = files;
  printTable(
    ['scenario', 'req/s (median)', 'of a URL (median of rounds)'],
    files.map(([name]) => {
      const ratios = rates[name].map((rate, round) => rate / rates[first][round]);
      return [name, Math.round(median(rates[name])), median(ratios).toFixed(3)];
    }),
  );
}
