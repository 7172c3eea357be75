import { resolve } from 'node:path';

/** What NODE_OPTIONS are in tests that are not about the pace of a load: see coarsePace.cjs. */
export const coarsePace = `--require ${JSON.stringify(resolve(import.meta.dirname, 'coarsePace.cjs'))}`;
