import type { EngineId } from '../../shared/engines/engine';
import type { RunDocument } from '../../shared/run/document';
import type { Interruption } from '../interruption';
import { oneRun } from '../oneRun';

/** A level on an engine, at its own length. */
export interface Step {
  key: string;
  engine: EngineId;
  level: string;
  expectedMs: number;
}

/** How a step ended; without an exit code in the window. */
export interface LadderRun {
  code: number | null;
  document: RunDocument;
  durationMs: number;
}

/** Makes the run of a step. Throws when it ended without a document. */
export type MakeRun = (step: Step) => Promise<LadderRun>;

/** MongoDB has no embedded server: it is there when a URL is. */
export const mongodbUrl = process.env.TEST_MONGODB_URL;

/** Starting an engine and ending a run take so long at most, beside the length of the level. */
const besideMs = 5 * 60_000;

/** Makes runs in the terminal. */
export function terminalRuns(interruption: Interruption): MakeRun {
  return async ({ key, engine, level, expectedMs }) => {
    const url = engine === 'mongodb' && mongodbUrl !== undefined ? ['--database-url', mongodbUrl] : [];
    const args = [`level-${level}`, '--engine', engine, ...url];
    const { code, document, durationMs } = await oneRun(args, { atMostMs: expectedMs + besideMs, interruption });
    if (!document || code === null) throw new Error(`${key} ended with exit code ${code} and without a document`);
    return { code, document, durationMs };
  };
}
