/* The target process with the fault that the environment names. */
import { serveTarget } from '../../electron/target/serveTarget';
import { openEngine } from '../../electron/target/storage/openEngine';
import { faults } from './faults';

const fault = faults.find(({ name }) => name === process.env.PROOFLOAD_BENCH_FAULT);

serveTarget({
  open: async (config, place) => {
    const engine = await openEngine(config, place);
    return fault?.wrap?.(engine) ?? engine;
  },
  preloads: fault?.preloads ?? true,
});
