import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { engineConfig } from '../../../../shared/engines/config';
import { targetLabel } from '../../../../shared/run/target';
import { documentOf, fields } from '../../conformance/conformanceCheck';
import { LoopUse, ServerTiming } from '../../serverTiming';
import { openEngine } from '../openEngine';
import type { BatchStep } from '../storageEngine';

const delayMs = 15;
const folder = mkdtempSync(join(tmpdir(), 'proofload-delay-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(['sqlite-json', 'sqlite', 'hybrid'] as const)('a slower disk under %s', (id) => {
  const config = engineConfig(id, { commitDelayMs: delayMs });

  it('is in the time of the commit and holds the event loop, once for all writes of a commit', async () => {
    const place = mkdtempSync(join(folder, 'engine-'));
    const engine = await openEngine(config, { folder: place, namespace: 'delay', url: undefined });
    const use = new LoopUse();
    const timings = [new ServerTiming(use), new ServerTiming(use), new ServerTiming(use)];
    await Promise.all(timings.map((timing, index) => engine.insert(documentOf('t', `d${index}`), timing)));
    for (const timing of timings) {
      const commit = Number(/commit;dur=([\d.]+)/.exec(timing.header())?.[1]);
      expect(commit).toBeGreaterThanOrEqual(delayMs - 0.5);
    }
    const commits = id === 'sqlite-json' ? 3 : 1;
    const heldMs = use.take().loopHeldMs.commit ?? 0;
    expect(heldMs).toBeGreaterThanOrEqual(commits * (delayMs - 0.5));

    const steps: BatchStep[] = [1, 2, 3].map((at) => ({ kind: 'update', id: 'd0', fields: fields({ priority: at }) }));
    const before = performance.now();
    await engine.batch('t', steps, 2_000, new ServerTiming());
    expect(performance.now() - before).toBeGreaterThanOrEqual(delayMs - 0.5);
    await engine.close();
  });

  it('is named wherever the engine is', () => {
    expect(targetLabel(config)).toBe(`${id} with commits ${delayMs} ms slower`);
    expect(targetLabel(engineConfig(id))).toBe(id);
  });
});
