import { resolve } from 'node:path';

function requiring(file: string): string {
  return `--require ${JSON.stringify(resolve(import.meta.dirname, file))}`;
}

/** What NODE_OPTIONS are in tests that are not about the pace of a load: see coarsePace.cjs. */
export const coarsePace = requiring('coarsePace.cjs');

/** What they are where a calibration is asked for, and its figures are not what is tested: see slowNullServer.cjs. */
export const slowNullServer = `${coarsePace} ${requiring('slowNullServer.cjs')}`;
