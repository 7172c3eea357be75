import { ProofloadError, toAppError } from '../../shared/errors/appError';
import type { HistoryWork } from '../historyProcess/historyWork';
import { printToStderr } from '../system/terminal';

/** What there is to know of the history. */
interface PackedHistory {
  packing: { readonly due: number };
  budget: { readonly usedBytes: number };
}

interface Surroundings {
  /** The size that the history is held to, in MB; null for any. */
  budgetMb(): number | null;
  /** Whether a run goes on in this app, or work that excludes one. */
  isBusy(): boolean;
}

/** Has another process pack the runs that are due, and hold the history to its size, while nothing is measured. */
export class HistoryPacking {
  readonly #history: PackedHistory;
  readonly #work: Pick<HistoryWork, 'pack' | 'stopPacking'>;
  readonly #surroundings: Surroundings;
  /** What was left when all was done: where there is nothing more to remove, it is not begun anew for the same. */
  #left: { budgetBytes: number | null; usedBytes: number } | undefined;
  #isGoingOn = false;
  #hasFailed = false;

  constructor(history: PackedHistory, work: Pick<HistoryWork, 'pack' | 'stopPacking'>, surroundings: Surroundings) {
    this.#history = history;
    this.#work = work;
    this.#surroundings = surroundings;
  }

  /** Begins, where there is something to do and nothing that this would disturb. */
  start(): void {
    const budgetMb = this.#surroundings.budgetMb();
    const budgetBytes = budgetMb === null ? null : budgetMb * 2 ** 20;
    if (this.#isGoingOn || this.#hasFailed || this.#surroundings.isBusy() || !this.#isDue(budgetBytes)) return;
    this.#isGoingOn = true;
    this.#work
      .pack(budgetBytes)
      .then(() => {
        this.#left = { budgetBytes, usedBytes: this.#history.budget.usedBytes };
      })
      .catch((fault: unknown) => {
        if (fault instanceof ProofloadError && fault.code === 'interrupted') return;
        // On a full disk it would fail each time. The runs can be read as they are.
        this.#hasFailed = true;
        printToStderr(`proofload: ${toAppError(fault).message}\n`);
      })
      .finally(() => {
        this.#isGoingOn = false;
      });
  }

  /** Ends it at once; what is not packed yet is due. */
  stop(): void {
    if (this.#isGoingOn) this.#work.stopPacking();
  }

  #isDue(budgetBytes: number | null): boolean {
    const { packing, budget } = this.#history;
    if (packing.due > 0) return true;
    const { usedBytes } = budget;
    const isLeft = this.#left?.budgetBytes === budgetBytes && this.#left.usedBytes === usedBytes;
    return budgetBytes !== null && usedBytes > budgetBytes && !isLeft;
  }
}
