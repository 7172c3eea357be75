import { expect, it } from 'vitest';
import type { ServiceSample } from '../service/protocol';
import { TargetUse } from './targetUse';

function sample(overrides: Partial<ServiceSample> = {}): ServiceSample {
  return {
    cpu: 0.5,
    utilisation: 0.25,
    rssMb: 80,
    heapMb: 20,
    gcMs: 0,
    gcMaxMs: 0,
    cpuWaitMs: 1,
    loopDelayMs: 2,
    writtenMb: null,
    loopHeldMs: {},
    loopHeldMaxMs: {},
    ...overrides,
  };
}

it('loses no pause and counts none twice, however many samples come in a second', () => {
  const use = new TargetUse();
  use.add(
    sample({ gcMs: 130, gcMaxMs: 120, loopDelayMs: 118, loopHeldMs: { commit: 40 }, loopHeldMaxMs: { commit: 38 } }),
  );
  use.add(sample({ cpu: 1, gcMs: 3, gcMaxMs: 2, rssMb: 90, loopHeldMs: { commit: 5 }, loopHeldMaxMs: { commit: 4 } }));
  expect(use.take()).toEqual({
    targetCpu: 0.75,
    targetUtilisation: 0.25,
    targetRssMb: 90,
    targetHeapMb: 20,
    targetGcMs: 133,
    targetGcMaxMs: 120,
    targetCpuWaitMs: 2,
    targetLoopDelayMs: 118,
    targetWrittenMb: null,
    targetLoopHeldMs: { commit: 45 },
    targetLoopHeldMaxMs: { commit: 38 },
  });
  expect(use.take()).toMatchObject({ targetRssMb: 90, targetGcMaxMs: null, targetCpu: null, targetLoopHeldMaxMs: {} });
});

it('knows nothing before the first sample', () => {
  expect(new TargetUse().take()).toMatchObject({ targetRssMb: null, targetCpu: null, targetGcMs: null });
});
