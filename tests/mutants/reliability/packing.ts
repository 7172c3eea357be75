import type { Guard } from '../guard';

/** Packed seconds of the history. */
export const packingGuards: readonly Guard[] = [
  {
    name: 'packing: what is packed has a checksum',
    file: 'electron/history/packing.ts',
    find: '  if (crc32(bytes) !== Buffer.from(packed).readUInt32BE(1))',
    replace: '  if (packed.length === 0)',
    tests: [{ project: 'unit', file: 'electron/history/packing.test.ts', name: 'bytes is damaged' }],
  },
  {
    name: 'packing: a run that another process measures is not disturbed',
    file: 'electron/history/runPacking.ts',
    find: '{ since: now.getTime() - measuredMs }',
    replace: '{ since: now.getTime() + measuredMs }',
    tests: [{ project: 'unit', file: 'electron/history/runPacking.test.ts', name: 'whoever measures it' }],
  },
  {
    name: 'packing: nothing is made coarser',
    file: 'electron/history/runPacking.ts',
    find: "  if (!isDeepStrictEqual(packed, inSteps(stretch, perDoubling))) throw new TypeError('response times have changed');\n",
    replace: '',
    tests: [{ project: 'unit', file: 'electron/history/runPacking.test.ts', name: 'nothing is made coarser' }],
  },
  {
    name: 'packing: a run is done when nothing is left to forget',
    file: 'electron/history/runPacking.ts',
    find: '    if (blocks) this.#forgetHistograms(runId);\n',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/history/runPacking.test.ts', name: 'no second of their own' }],
  },
  {
    name: 'packing: it ends when a run begins',
    file: 'electron/main/historyPacking.ts',
    find: '    if (this.#isGoingOn) this.#work.stopPacking();\n',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/main/historyPacking.test.ts', name: 'stopped for a run' }],
  },
  {
    name: 'packing: a repair leaves out what is damaged',
    file: 'electron/history/repairHistory.ts',
    find: "dropDamaged(to, 'responses')",
    replace: '0',
    tests: [{ project: 'unit', file: 'electron/history/repairHistory.test.ts', name: 'changed on the disk' }],
  },
  {
    name: 'packing: pinned runs keep their seconds',
    file: 'electron/history/runBudget.ts',
    find: ' AND isPinned = 0',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/history/runBudget.test.ts', name: 'never takes' }],
  },
];
