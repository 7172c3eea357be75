import { expect, it } from 'vitest';
import { emptyRunView, type RunView } from '../../shared/run/reducer';
import { rulesOf } from '../../shared/thresholds/rules';
import { description, runDocument, runTick } from '../../tests/support/factories';
import { titleOf } from './titleOf';

const rules = rulesOf({ http_req_duration: ['p(95)<50'] });
const slow = runTick({ cumulative: { count: 1_000, p95: 80 } });
const run = description();
const subject = `${run.scenario.name} on memory · Proofload`;

it.each<[string, Partial<RunView>, string]>([
  ['nothing but the name where nothing has run', {}, 'Proofload'],
  ['that it warms up', { run, phase: 'warming-up' }, `Warming up: ${subject}`],
  ['that it runs', { run, phase: 'running', ticks: [runTick()] }, `Running: ${subject}`],
  ['that a limit is broken', { run, phase: 'running', ticks: [slow] }, `Running, over a limit: ${subject}`],
  [
    'nothing of a limit in the warm-up',
    { run, phase: 'warming-up', ticks: [{ ...slow, warmup: true, interval: slow.cumulative }] },
    `Warming up: ${subject}`,
  ],
  ['how it ended', { run, phase: 'finished', document: runDocument({ verdict: 'failed' }) }, `Failed: ${subject}`],
  ['nothing of a run that could not be made', { run, phase: 'finished' }, 'Proofload'],
])('says %s', (_what, view, title) => {
  expect(titleOf({ ...emptyRunView, ...view }, rules)).toBe(title);
});
