import { LatencyHistogram, type SparseHistogram } from '../../shared/statistics/latencyHistogram';

interface Named {
  name: string;
  histogram: LatencyHistogram;
}

/** Histograms by name. They are so few that a linear search, which allocates nothing, finds one. */
export class NamedHistograms {
  readonly #all: Named[] = [];
  readonly #max: number;

  /** {@link ofFew} ignores new names when there are `max` already. */
  constructor(max = Number.POSITIVE_INFINITY) {
    this.#max = max;
  }

  of(name: string): LatencyHistogram {
    for (const named of this.#all) if (named.name === name) return named.histogram;
    return this.#add(name);
  }

  /** The histogram of a name that a service has chosen; undefined when there are too many. */
  ofFew(name: string): LatencyHistogram | undefined {
    for (const named of this.#all) if (named.name === name) return named.histogram;
    return this.#all.length < this.#max ? this.#add(name) : undefined;
  }

  /** The values recorded since the last call, by name. Names without values are left out. */
  flush(): Record<string, SparseHistogram> {
    const sparse: Record<string, SparseHistogram> = {};
    for (const { name, histogram } of this.#all) {
      if (histogram.count === 0) continue;
      sparse[name] = histogram.toSparse();
      histogram.reset();
    }
    return sparse;
  }

  #add(name: string): LatencyHistogram {
    const histogram = new LatencyHistogram();
    this.#all.push({ name, histogram });
    return histogram;
  }
}
