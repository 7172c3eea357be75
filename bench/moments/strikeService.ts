/* The service process; SIGUSR2 makes it pause in the way that the environment names. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { serveDocuments } from '../../electron/service/serveDocuments';
import type { PartTimer } from '../../electron/service/serverTiming';
import { openEngine } from '../../electron/service/storage/openEngine';
import type { StorageEngine } from '../../electron/service/storage/storageEngine';
import { replaced } from '../verdict/faults';

const fault = process.env.PROOFLOAD_BENCH_FAULT;
const slowCommitMs = 80;
/** A full collection of so many objects takes about a tenth of a second. */
const keptObjects = 1_500_000;

/** Collects garbage in a heap with much in it, while nothing else runs. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const kept = Array.from({ length: keptObjects }, (_, index) => ({ index, next: { index } }));
  return () => {
    if (kept.length > 0) collect();
  };
}

/** The engine with a first commit after a strike that takes long: the thread is blocked, as in fsync. */
function slowCommits(engine: StorageEngine): StorageEngine {
  const never = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let isDue = false;
  process.on('SIGUSR2', () => {
    isDue = true;
  });
  const commit = (timing: PartTimer): void => {
    if (!isDue) return;
    isDue = false;
    timing.measure('commit', () => void Atomics.wait(never, 0, 0, slowCommitMs));
  };
  return replaced(engine, {
    update: (key, fields, at, timing) => {
      commit(timing);
      return engine.update(key, fields, at, timing);
    },
    insert: (document, timing) => {
      commit(timing);
      return engine.insert(document, timing);
    },
  });
}

if (fault === 'gc') process.on('SIGUSR2', collector());

serveDocuments({
  open: async (config, place) => {
    const engine = await openEngine(config, place);
    return fault === 'fsync' ? slowCommits(engine) : engine;
  },
  preloads: true,
});
