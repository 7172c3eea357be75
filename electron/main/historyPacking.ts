import { ProofloadError, toAppError } from '../../shared/errors/appError';
import type { HistoryWork } from '../historyProcess/historyWork';
import { printToStderr } from '../system/terminal';

/** The state of the history that packing needs. */
interface PackedHistory {
  packing: { readonly due: number };
  budget: { readonly usedBytes: number };
}

interface PackingConditions {
  /** The maximum size of the history in MB. Null means no limit. */
  budgetMb(): number | null;
  /** Whether this app has a run in progress, or work that excludes one. */
  isBusy(): boolean;
}

/** Makes another process pack the runs that are due and limit the size of the history, while nothing is measured. */
export class HistoryPacking {
  readonly #history: PackedHistory;
  readonly #work: Pick<HistoryWork, 'pack' | 'stopPacking'>;
  readonly #conditions: PackingConditions;
  /**
   * The budget and the size after the last completed work. Packing does not start again for the same values when there
   * is nothing more to remove.
   */
  #left: { budgetBytes: number | null; usedBytes: number } | undefined;
  #isGoingOn = false;
  #hasFailed = false;
  #hasEnded = false;

  constructor(history: PackedHistory, work: Pick<HistoryWork, 'pack' | 'stopPacking'>, conditions: PackingConditions) {
    this.#history = history;
    this.#work = work;
    this.#conditions = conditions;
  }

  /** Starts packing when there is something to do and nothing that it would disturb. */
  start(): void {
    const budgetMb = this.#conditions.budgetMb();
    const budgetBytes = budgetMb === null ? null : budgetMb * 2 ** 20;
    if (this.#hasEnded || this.#isGoingOn || this.#hasFailed || this.#conditions.isBusy() || !this.#isDue(budgetBytes))
      return;
    this.#isGoingOn = true;
    this.#work
      .pack(budgetBytes)
      .then(() => {
        this.#left = { budgetBytes, usedBytes: this.#history.budget.usedBytes };
      })
      .catch((fault: unknown) => {
        if (fault instanceof ProofloadError && fault.code === 'interrupted') return;
        // On a full disk, it would fail each time. The runs can be read without it.
        this.#hasFailed = true;
        printToStderr(`proofload: ${toAppError(fault).message}\n`);
      })
      .finally(() => {
        this.#isGoingOn = false;
      });
  }

  /** Stops packing at once. Runs that are not packed yet stay due. */
  stop(): void {
    if (this.#isGoingOn) this.#work.stopPacking();
  }

  /** Stops packing for good, because the app ends. The end of its run must not start a process then. */
  end(): void {
    this.#hasEnded = true;
    this.stop();
  }

  #isDue(budgetBytes: number | null): boolean {
    const { packing, budget } = this.#history;
    if (packing.due > 0) return true;
    const { usedBytes } = budget;
    const isLeft = this.#left?.budgetBytes === budgetBytes && this.#left.usedBytes === usedBytes;
    return budgetBytes !== null && usedBytes > budgetBytes && !isLeft;
  }
}
