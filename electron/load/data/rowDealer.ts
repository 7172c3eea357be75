import type { Load } from '../../../shared/scenario/schema';
import { iterationsOf } from '../loadPlan';
import { type Shard, shareOf } from '../schedule/shard';

/** How much of a load a load process makes, beside others of the same load. */
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
    default:
      // Arrivals are dealt out in turn.
      return 1;
  }
}

/**
 * Deals rows out to load processes that know nothing of each other: called once for each row in its order, it says
 * whether the row is this process's. Each row has one owner, and any number of rows is spread by what the processes do
 * of the load: a process with seven of ten iterations has seven of ten rows. The order is that of smooth weighted
 * round-robin (nginx, ngx_http_upstream_round_robin.c).
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
