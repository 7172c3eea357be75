import { ProofloadError } from '../../../shared/errors/appError';
import { type DataFile, dataColumnsOf, dataKey } from '../../../shared/scenario/dataFiles';
import type { Journey } from '../../../shared/scenario/journeys';
import type { Scenario } from '../../../shared/scenario/schema';
import { requestsIn } from '../../../shared/scenario/steps';
import type { Cell } from '../../../shared/scenario/template';
import { secretColumns } from '../../../shared/secrets/replaceInRun';
import { isSensitiveName } from '../../../shared/secrets/sensitive';
import { seededStream } from '../../../shared/statistics/random';
import type { Shard } from '../schedule/shard';
import { rowDealer } from './rowDealer';
import { RowSupply, type RowUse, type SupplyState } from './rowSupply';
import { type DataPaths, usedFiles } from './usedFiles';

type DataScenario = Pick<Scenario, 'journeys' | 'dataFiles' | 'load' | 'seed'>;

/** A data file whose columns journeys use, and the supply of its rows. */
interface Supplied {
  file: DataFile;
  supply: RowSupply;
  /** The variable names of its columns, in the order of a row's cells. */
  keys: readonly string[];
  /** The positions in a row that hold secrets. */
  secretPlaces: readonly number[];
}

/** How much of a data file was used. */
export interface NamedRowUse extends RowUse {
  name: string;
}

/** The rows of data files for the journeys of one load process. */
export class JourneyData {
  readonly #supplies: readonly Supplied[];
  readonly #waiting = new Set<() => void>();
  #onEnd: (fault: ProofloadError | undefined) => void = () => {};
  #isOver = false;
  #loading: Promise<unknown> | undefined;

  constructor(scenario: DataScenario, paths: DataPaths, shard: Shard) {
    const secret = secretColumns(requestsIn(scenario) ?? []);
    this.#supplies = usedFiles(scenario, paths).map(({ file, row }) => ({
      file,
      supply: new RowSupply({
        file: row,
        mode: file.mode,
        whenExhausted: file.whenExhausted ?? 'stop',
        shard,
        isOwn: rowDealer(scenario.load, shard),
        random: seededStream(scenario.seed, `data ${file.name}/${shard.index}`),
      }),
      keys: row.columns.map((column) => dataKey(file.name, column)),
      secretPlaces: row.columns.flatMap((column, place) =>
        isSensitiveName(column) || secret.has(dataKey(file.name, column)) ? [place] : [],
      ),
    }));
  }

  /** Reads what is needed before the first load. Later loads continue with the rows. Rejects with `data-invalid`. */
  async load(): Promise<void> {
    this.#loading ??= Promise.all(this.#supplies.map(({ supply }) => supply.load(() => this.#wake())));
    await this.#loading;
  }

  /**
   * Calls `listener` once, when there is no row for an iteration. It receives the fault, or undefined when the load
   * only stops.
   */
  onEnd(listener: (fault: ProofloadError | undefined) => void): void {
    this.#onEnd = listener;
  }

  /** The rows of the files that a journey uses. */
  of(journey: Journey): JourneyRows {
    const names = new Set(this.#supplies.map(({ file }) => file.name));
    const used = dataColumnsOf(journey, names);
    return new JourneyRows(
      this.#supplies.filter(({ file }) => used.has(file.name)),
      (ended) => this.#end(ended),
    );
  }

  /** Calls `callback` once, when rows have arrived or no more will. Returns a function that cancels this. */
  whenChanged(callback: () => void): () => void {
    this.#waiting.add(callback);
    return () => this.#waiting.delete(callback);
  }

  /** Stops reading and returns how the rows were used. */
  close(): NamedRowUse[] {
    return this.#supplies.map(({ file, supply }) => ({ name: file.name, ...supply.close() }));
  }

  #end({ file, supply }: Supplied): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#onEnd(faultOf(file, supply.fault));
    this.#wake();
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const callback of waiting) callback();
  }
}

/** The fault when a file has no more rows; undefined when the load only stops. */
function faultOf({ file, whenExhausted }: DataFile, fault: unknown): ProofloadError | undefined {
  if (fault instanceof ProofloadError) return fault;
  if (fault !== undefined)
    return new ProofloadError('data-invalid', `${file} could not be read any further`, 'look at the file');
  if (whenExhausted !== 'fail') return undefined;
  return new ProofloadError(
    'data-invalid',
    `the rows of ${file} ran out: each may be used once`,
    'add rows, make the load shorter, or choose what happens then',
  );
}

/** The rows for the iterations of one journey. */
export class JourneyRows {
  readonly #supplies: readonly Supplied[];
  readonly #onEnded: (ended: Supplied) => void;

  constructor(supplies: readonly Supplied[], onEnded: (ended: Supplied) => void) {
    this.#supplies = supplies;
    this.#onEnded = onEnded;
  }

  /** Whether all files have a row for the next iteration. */
  state(): SupplyState {
    let isWaiting = false;
    for (const supplied of this.#supplies) {
      const state = supplied.supply.state();
      if (state === 'ended') {
        this.#onEnded(supplied);
        return 'ended';
      }
      isWaiting ||= state === 'waiting';
    }
    return isWaiting ? 'waiting' : 'ready';
  }

  /** Fills variables from the next row of each file, and returns the values that are secrets. */
  fill(variables: Record<string, Cell>): string[] {
    const secrets: string[] = [];
    for (const { supply, keys, secretPlaces } of this.#supplies) {
      const row = supply.take();
      for (const [place, key] of keys.entries()) variables[key] = row[place] ?? '';
      for (const place of secretPlaces) secrets.push(String(row[place] ?? ''));
    }
    return secrets;
  }
}
