// Preloaded into all processes of a run: samples what the load process allocates, garbage included.

import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

const file = process.env.PROOFLOAD_BENCH_ALLOCATIONS;
if (file && /\bload\.js$/.test(process.argv[1] ?? '')) {
  const session = new Session();
  session.connect();
  session.post('HeapProfiler.startSampling', {
    samplingInterval: 16_384,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  process.on('exit', () =>
    session.post('HeapProfiler.stopSampling', (error, { profile } = {}) => {
      if (error) throw error;
      writeFileSync(file, JSON.stringify(profile));
    }),
  );
}
