import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineId } from '../../shared/engines/engine';
import { runDocumentSchema } from '../../shared/run/document';
import type { LadderRun, MakeRun } from './makeRun';

/** A window that was opened for a benchmark. */
interface OpenWindow {
  close(): Promise<void>;
}

/** How a window is opened and watched (`bench/window`). */
export interface WindowTools {
  openWindow(dataFolder: string): Promise<OpenWindow>;
  watchRun(window: OpenWindow, wish: unknown): Promise<{ document: unknown }>;
}

/** Makes runs in a window of its own for each engine, so that a gate is opened by the level before. */
export class WindowRuns {
  readonly #tools: WindowTools;
  readonly #folders = new Map<EngineId, string>();

  constructor(tools: WindowTools) {
    this.#tools = tools;
  }

  /** Throws when the window refuses the run. */
  readonly make: MakeRun = async ({ engine, level }): Promise<LadderRun> => {
    const startedMs = Date.now();
    const window = await this.#tools.openWindow(this.#folderOf(engine));
    try {
      const wish = { scenario: `level-${level}`, target: { kind: 'engine', engine } };
      const { document } = await this.#tools.watchRun(window, wish);
      return { code: null, document: runDocumentSchema.parse(document), durationMs: Date.now() - startedMs };
    } finally {
      await window.close();
    }
  };

  /** Deletes the data folders. */
  end(): void {
    for (const folder of this.#folders.values()) rmSync(folder, { recursive: true });
  }

  #folderOf(engine: EngineId): string {
    const known = this.#folders.get(engine);
    if (known !== undefined) return known;
    const made = mkdtempSync(join(tmpdir(), 'proofload-bench-ladder-'));
    this.#folders.set(engine, made);
    return made;
  }
}
