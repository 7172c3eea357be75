import { expect, it } from 'vitest';
import type { CpuProfile } from '../../shared/profile/cpuProfile';
import { RunLog } from './runLog';
import { ServiceProfile } from './serviceProfile';

const profile: CpuProfile = { nodes: [], startTime: 0, endTime: 0, samples: [], timeDeltas: [] };

function create(stopProfile: () => Promise<CpuProfile>, keep: (profile: CpuProfile) => void) {
  const asked: string[] = [];
  const log = new RunLog(
    (text) => text,
    () => {},
  );
  const service = {
    startProfile: () => void asked.push('start'),
    stopProfile: () => {
      asked.push('stop');
      return stopProfile();
    },
  };
  return { asked, log, taken: new ServiceProfile(service, keep, log) };
}

it('begins and ends with the measured part', async () => {
  const kept: CpuProfile[] = [];
  const { asked, taken } = create(
    async () => profile,
    (one) => kept.push(one),
  );
  for (const phase of ['warming-up', 'running', 'draining'] as const) taken.enter(phase);
  expect(await taken.summary()).toMatchObject({ samples: 0 });
  expect(asked).toEqual(['start', 'stop']);
  expect(kept).toEqual([profile]);
});

it.each([
  ['taken', async () => Promise.reject(new Error('the service is gone')), () => {}],
  [
    'saved',
    async () => profile,
    () => {
      throw new Error('the disk is full');
    },
  ],
])('loses nothing else when it cannot be %s', async (_what, stopProfile, keep) => {
  const { log, taken } = create(stopProfile, keep);
  taken.enter('running');
  taken.enter('draining');
  expect(await taken.summary()).toBeUndefined();
  expect(log.lines).toEqual([{ level: 'error', message: expect.stringMatching(/profile could not be taken: the /) }]);
});
