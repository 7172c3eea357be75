import { expect, it } from 'vitest';
import type { TriedJourney, TriedStep } from '../../shared/scenario/triedJourney';
import { describeTriedJourney } from './triedReport';

const step: TriedStep = {
  step: 'login',
  place: 0,
  request: {
    method: 'POST',
    url: 'http://127.0.0.1:1/login',
    headers: [['Accept', '*/*']],
    body: { text: '{"user":"ann"}', isCut: false, bytes: 14, problem: null },
  },
  response: {
    status: 200,
    headers: [['Content-Type', 'application/json']],
    body: { text: '{"id":1}', isCut: false, bytes: 8, problem: null },
  },
  timing: { blockedMs: 0.5, connectMs: 0.25, tlsMs: null, waitingMs: 2, receivingMs: 0.5, totalMs: 3 },
  failure: null,
  checks: [{ name: 'is there', ok: true, actual: '$.id is 1' }],
  extracted: [{ variable: 'id', value: '1' }],
};

const journey = (steps: TriedStep[], planned = steps.length): TriedJourney => ({
  journey: 'visit',
  outcome: steps.some(({ failure }) => failure !== null) ? 'failed' : 'passed',
  steps,
  planned,
});

it('a journey that was tried is printed step by step, as curl shows what goes over the wire', () => {
  expect(describeTriedJourney(journey([step]))).toBe(
    [
      'visit: 1 of 1 steps passed.',
      '',
      '✓ passed  login',
      '  POST http://127.0.0.1:1/login',
      '  200, 8 bytes, 3.00 ms (Send 0.50 ms, of which connecting 0.25 ms, Waiting (TTFB) 2.00 ms, Receiving 0.50 ms)',
      '    > Accept: */*',
      '    {',
      '      "user": "ann"',
      '    }',
      '    < Content-Type: application/json',
      '    {',
      '      "id": 1',
      '    }',
      '    ✓ passed  is there: $.id is 1',
      '    id = 1',
      '',
    ].join('\n'),
  );
});

it('a step that failed says why, and what it did not find', () => {
  const failed: TriedStep = {
    ...step,
    response: null,
    failure: 'timeout',
    timing: { blockedMs: null, connectMs: null, tlsMs: null, waitingMs: null, receivingMs: null, totalMs: 60_000 },
    checks: [{ name: 'is there', ok: false, actual: 'there was no response' }],
    extracted: [{ variable: 'id', value: null }],
  };
  const text = describeTriedJourney(journey([failed], 3));
  expect(text).toContain('visit: 0 of 3 steps passed. login failed with timeout.');
  expect(text).toContain('no response: timeout, 60.0 s');
  expect(text).toContain('✕ failed  is there: there was no response');
  expect(text).toContain('✕ failed  id is not in the response');
});

it('long and foreign texts are bounded, and obeyed by no terminal', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n');
  const long: TriedStep = {
    ...step,
    step: 'a\u001b[2Jb\nc',
    response: {
      status: 200,
      headers: [['X', `${'y'.repeat(10)}\r\nZ: 1`]],
      body: { text: `${'z'.repeat(10_000)}\n${lines}`, isCut: false, bytes: 1, problem: null },
    },
  };
  const text = describeTriedJourney(journey([long]));
  expect(text).not.toContain('\u001b');
  expect(text).not.toContain('\nc');
  expect(text).toContain('... 71 more lines');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(200);
  const binary = { text: '', isCut: false, bytes: 4, problem: 'the body is not text' };
  const shown = describeTriedJourney(journey([{ ...step, request: { ...step.request, body: binary } }]));
  expect(shown).toContain('(4 bytes: the body is not text)');
});
