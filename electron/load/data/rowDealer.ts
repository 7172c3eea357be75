import type { Load } from '../../../shared/scenario/schema';
import { iterationsOf } from '../loadPlan';
import { type Shard, shareOf } from '../schedule/shard';

/** The weight of one load process among those that share a load. */
function partOf(load: Load, shard: Shard): number {
  switch (load.executor) {
    case 'shared-iterations':
      return iterationsOf(load, shard);
    case 'per-vu-iterations':
      return shareOf(load.vus, shard) * load.iterations;
    case 'constant-vus':
      return shareOf(load.vus, shard);
    case 'ramping-vus':
      return shareOf(Math.max(load.startVUs, ...load.stages.map(({ target }) => target)), shard);
    case 'scenarios':
      // What a file is for is not told apart: rows go by all that a process does.
      return load.scenarios.reduce((sum, part) => sum + partOf(part, shard), 0);
    default:
      // Processes take arrivals in turn.
      return 1;
  }
}

/**
 * Deals rows to load processes that do not communicate. The returned function is called once per row, in order, and
 * tells whether the row belongs to this process. Each row has one owner. Rows are divided in proportion to the load
 * that each process makes, however many rows there are: a process with seven of ten iterations gets seven of ten rows.
 * The order is that of smooth weighted round-robin (nginx, ngx_http_upstream_round_robin.c).
 */
export function rowDealer(load: Load, { index, count }: Shard): () => boolean {
  const weights = Array.from({ length: count }, (_, process) => partOf(load, { index: process, count }));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const credit = weights.map(() => 0);
  return () => {
    let owner = 0;
    for (const [process, weight] of weights.entries()) {
      credit[process] = (credit[process] ?? 0) + weight;
      if ((credit[process] ?? 0) > (credit[owner] ?? 0)) owner = process;
    }
    credit[owner] = (credit[owner] ?? 0) - total;
    return owner === index;
  };
}
