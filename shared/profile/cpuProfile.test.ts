import { expect, it } from 'vitest';
import { type CpuProfile, summariseProfile } from './cpuProfile';

function node(id: number, functionName: string, url = '', lineNumber = 0): CpuProfile['nodes'][number] {
  return { id, callFrame: { functionName, scriptId: '1', url, lineNumber, columnNumber: 0 } };
}

it('sums up the time of functions by where they stand, idle time apart', () => {
  const nodes = [
    node(1, '(root)'),
    node(2, '(idle)'),
    node(3, 'parse', 'file:///app/target.js', 9),
    // The same function, called from another place.
    node(4, 'parse', 'file:///app/target.js', 9),
    node(5, '', 'file:///app/target.js', 19),
    node(6, '(garbage collector)'),
  ];
  const summary = summariseProfile({
    nodes,
    startTime: 1_000,
    endTime: 11_000,
    samples: [2, 3, 4, 5, 6, 99],
    timeDeltas: [5_000, 1_000, 2_000, 500, 1_000, 500],
  });
  expect(summary).toMatchObject({ durationMs: 10, samples: 6, idleShare: 0.5, gcShare: 0.1 });
  expect(summary.top).toEqual([
    { functionName: 'parse', place: 'target.js:10', selfShare: 0.6 },
    { functionName: '(garbage collector)', place: '', selfShare: 0.2 },
    { functionName: '(anonymous)', place: 'target.js:20', selfShare: 0.1 },
    { functionName: '(unknown)', place: '', selfShare: 0.1 },
  ]);
});

it('has nothing to say of an empty profile', () => {
  expect(summariseProfile({ nodes: [], startTime: 0, endTime: 0, samples: [], timeDeltas: [] })).toEqual({
    durationMs: 0,
    samples: 0,
    idleShare: 0,
    gcShare: 0,
    top: [],
  });
});
