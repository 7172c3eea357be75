import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import type { LoadTick } from './protocol';
import { FailureCounters } from './requestFailures';

/** Requests of one stage since the last flush. */
class StageCounter {
  readonly response = new LatencyHistogram();
  readonly failures = new FailureCounters();
  dropped = 0;

  flush(): LoadTick['stages'][string] {
    const counts = { response: this.response.toSparse(), failures: this.failures.flush(), dropped: this.dropped };
    this.response.reset();
    this.dropped = 0;
    return counts;
  }
}

/** Requests since the last flush, by stage. */
export class StageCounters {
  readonly #stages = new Map<string, StageCounter>();

  of(name: string): StageCounter {
    const found = this.#stages.get(name);
    if (found) return found;
    const created = new StageCounter();
    this.#stages.set(name, created);
    return created;
  }

  flush(): LoadTick['stages'] {
    return Object.fromEntries([...this.#stages].map(([name, counter]) => [name, counter.flush()]));
  }
}
