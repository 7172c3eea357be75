import { describe, expect, it } from 'vitest';
import { level } from '../../tests/support/factories';
import { stageName, thresholdName } from './stageMarks';

const { load } = level('level-5');

describe('a stage in words', () => {
  it.each([
    ['0', 'stage 0 (200 req/s for 20s)'],
    ['1', 'stage 1 (from 200 to 2,000 req/s in 10s)'],
    ['4', 'stage 4 (200 req/s for 50s)'],
    ['9', 'stage 9'],
  ])('%s of the spike is %s', (stage, name) => {
    expect(stageName(load, stage)).toBe(name);
  });

  it('has users where the load has them', () => {
    const ramp = {
      executor: 'ramping-vus',
      startVUs: 1,
      stages: [{ duration: '30s', target: 100 }],
      gracefulStop: '30s',
    } as const;
    expect(stageName({ ...ramp, stages: [...ramp.stages] }, '0')).toBe('stage 0 (from 1 to 100 users in 30s)');
    expect(stageName(level('level-2').load, '0')).toBe('stage 0');
  });

  it('stands behind a threshold about it', () => {
    const expression = 'p(95)<50';
    expect(thresholdName({ metric: 'http_req_duration{stage:4}', expression }, load)).toBe(
      'http_req_duration{stage:4} p(95)<50, 200 req/s for 50s',
    );
    expect(thresholdName({ metric: 'http_req_duration', expression }, load)).toBe('http_req_duration p(95)<50');
  });
});
