import { z } from 'zod';
import type { Comparison } from '../../shared/comparison/comparison';
import { type BudgetForecast, budgetForecastSchema } from '../../shared/history/budgetForecast';
import type { ExportFormat } from '../../shared/interchange/formats';
import type { ImportedRun } from '../../shared/interchange/importOutcome';
import type { StoredRun } from '../../shared/interchange/storedRun';
import type { JsonText } from '../../shared/ipc/jsonText';
import type { HeatSecond } from '../../shared/run/heat';
import type { LineSubject, OperationSeconds } from '../../shared/run/operationSeconds';
import type { ReplayStep } from '../../shared/run/replay';
import type { WorkerHost } from '../hosting/workerHost';
import type { ReadFile } from '../reading/protocol';
import { userFileMode } from '../system/privateFiles';
import { HistoryProcess } from './historyProcess';
import { compactedSchema, type HistoryTask, importedRunsSchema } from './protocol';

/**
 * Long work on a history, outside this process (docs/adr/020). One process reads and recovers, and stays alive. A
 * second writes and a third packs runs; both end when they are idle. Each method rejects like the function that it
 * runs, and with `internal` when its process ends.
 */
export class HistoryWork {
  readonly #reads: HistoryProcess;
  readonly #writes: HistoryProcess;
  readonly #packs: HistoryProcess;

  constructor(workers: WorkerHost, dataFolder: string) {
    this.#reads = new HistoryProcess(workers, dataFolder, { endsWhenIdle: false });
    this.#writes = new HistoryProcess(workers, dataFolder, { endsWhenIdle: true });
    this.#packs = new HistoryProcess(workers, dataFolder, { endsWhenIdle: true });
  }

  /** Starts the process that reads, before the user opens a run. */
  prepare(): void {
    this.#reads.prepare();
  }

  /** Returns a run that has ended. */
  stored(id: string): Promise<JsonText<StoredRun>> {
    return this.#read({ type: 'stored', id });
  }

  /** Returns the latency distribution of each second of a saved run. */
  heat(id: string): Promise<JsonText<HeatSecond[]>> {
    return this.#read({ type: 'heat', id });
  }

  /** Returns the operations of a saved run, or its scenarios, second by second. */
  operations(id: string, by: LineSubject): Promise<JsonText<OperationSeconds[]>> {
    return this.#read({ type: 'operations', id, by });
  }

  /** Returns the events of a saved run at the times of its seconds. */
  replay(id: string): Promise<JsonText<ReplayStep[]>> {
    return this.#read({ type: 'replay', id });
  }

  /** Compares runs with the first of them. */
  compare(ids: readonly string[]): Promise<JsonText<Comparison>> {
    return this.#read({ type: 'compare', ids: [...ids] });
  }

  /** Returns a run, or its scenario, as the text of a file. */
  export(id: string, format: ExportFormat): Promise<string> {
    return this.#reads.do({ type: 'export', id, format });
  }

  /** Estimates what a size limit of the history would remove. */
  async forecast(budgetBytes: number): Promise<BudgetForecast> {
    return budgetForecastSchema.parse(JSON.parse(await this.#reads.do({ type: 'forecast', budgetBytes })));
  }

  /** Finishes runs whose process has ended, as recoverRuns does. */
  async recover(): Promise<void> {
    await this.#reads.do({ type: 'recover' });
  }

  /** Stores the sample run that comes with the app, and returns its id. */
  keepSample(file: string): Promise<string> {
    return this.#writes.do({ type: 'keep-sample', file });
  }

  /** Stores what was read from a file. */
  async keepRead({ json }: JsonText<ReadFile>): Promise<ImportedRun[]> {
    return importedRunsSchema.parse(JSON.parse(await this.#writes.do({ type: 'keep-read', json })));
  }

  /** Deletes runs that are older than `days`, as RunEdits.retain does. Returns their ids. */
  async retain(days: number): Promise<string[]> {
    return z.array(z.string()).parse(JSON.parse(await this.#writes.do({ type: 'retain', days })));
  }

  /** Removes runs that were deleted more than an hour ago. */
  async purge(): Promise<void> {
    await this.#writes.do({ type: 'purge' });
  }

  /**
   * Packs the runs that are due (RunPacking) and keeps the history within a size (RunBudget). Null means no limit.
   * Rejects with `interrupted` when {@link stopPacking} is called.
   */
  async pack(budgetBytes: number | null): Promise<void> {
    await this.#packs.do({ type: 'pack', budgetBytes });
  }

  /** Stops packing at once. The current run is packed later. */
  stopPacking(): void {
    this.#packs.close();
  }

  /** Returns the space of deleted runs to the disk. Resolves with the sizes before and after. */
  async compact(): Promise<{ beforeBytes: number; afterBytes: number }> {
    return compactedSchema.parse(JSON.parse(await this.#writes.do({ type: 'compact' })));
  }

  /** Copies the history to a new file, with the permissions that any other program would use. */
  async backup(file: string): Promise<void> {
    await this.#writes.do({ type: 'backup', file, mode: userFileMode() });
  }

  /**
   * Resolves when this object is not writing to the history. Writes in this process wait for it, because they would
   * block while the other process holds the lock.
   */
  written(): Promise<void> {
    return this.#writes.idle();
  }

  /** Ends all processes and their tasks at once. */
  close(): void {
    this.#reads.close();
    this.#writes.close();
    this.#packs.close();
  }

  async #read(task: HistoryTask): Promise<{ json: string }> {
    return { json: await this.#reads.do(task) };
  }
}
