/* The service process with the fault that the environment names. */
import { serveDocuments } from '../../electron/service/serveDocuments';
import { openEngine } from '../../electron/service/storage/openEngine';
import { faults } from './faults';

const fault = faults.find(({ name }) => name === process.env.PROOFLOAD_BENCH_FAULT);

serveDocuments({
  open: async (config, place) => {
    const engine = await openEngine(config, place);
    return fault?.wrap?.(engine) ?? engine;
  },
  preloads: fault?.preloads ?? true,
});
