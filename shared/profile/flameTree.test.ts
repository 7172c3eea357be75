import { expect, it } from 'vitest';
import type { CpuProfile } from './cpuProfile';
import { flameTree } from './flameTree';

function node(id: number, functionName: string, children: number[] = [], line = 0): CpuProfile['nodes'][number] {
  const url = functionName.startsWith('(') ? '' : 'file:///app/target.js';
  return { id, callFrame: { functionName, scriptId: '1', url, lineNumber: line, columnNumber: 0 }, children };
}

it('is a tree of who called whom, without the time in which nothing ran', () => {
  const profile: CpuProfile = {
    nodes: [
      node(1, '(root)', [2, 3, 7, 8]),
      node(2, '(idle)'),
      node(3, 'serve', [4, 5, 6]),
      // The same function twice under one caller is one frame.
      node(4, 'parse', [], 9),
      node(5, 'parse', [], 9),
      node(6, '', [], 19),
      node(7, '(garbage collector)'),
      node(8, 'rare'),
    ],
    startTime: 0,
    endTime: 1,
    samples: [2, 3, 4, 5, 6, 7, 8],
    timeDeltas: [9_000, 100, 200, 300, 400, 1_000, 0],
  };
  expect(flameTree(profile)).toEqual({
    name: '(root)',
    place: '',
    selfUs: 0,
    totalUs: 2_000,
    children: [
      {
        name: 'serve',
        place: 'target.js:1',
        selfUs: 100,
        totalUs: 1_000,
        children: [
          { name: 'parse', place: 'target.js:10', selfUs: 500, totalUs: 500, children: [] },
          { name: '(anonymous)', place: 'target.js:20', selfUs: 400, totalUs: 400, children: [] },
        ],
      },
      { name: '(garbage collector)', place: '', selfUs: 1_000, totalUs: 1_000, children: [] },
    ],
  });
});

it('is empty for a profile without samples', () => {
  expect(flameTree({ nodes: [], startTime: 0, endTime: 0, samples: [], timeDeltas: [] }).children).toEqual([]);
});
