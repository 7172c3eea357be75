import type { Scenario } from '../../../shared/scenario/schema';
import type { Secrets } from '../../../shared/secrets/conceal';
import { type Origin, originOf, readTls } from '../http/origin';
import type { LoadTarget } from '../protocol';
import type { Shard } from '../schedule/shard';
import { DocumentWorkload } from './documentWorkload';
import type { Ledger } from './ledger';
import { RequestWorkload, requestsOf } from './requestWorkload';
import type { Workload } from './workload';

/** A workload, where it goes, and what it remembers. */
export interface OpenedWorkload {
  workload: Workload;
  origins: readonly Origin[];
  /** The first origin as text, `http://host:port`. */
  origin: string;
  /** Undefined where nothing is known about the answers. */
  ledger: Ledger | undefined;
}

/** The workload of a target. Throws `usage` when a TLS file cannot be read. */
export function openWorkload(scenario: Scenario, target: LoadTarget, shard: Shard, secrets: Secrets): OpenedWorkload {
  if (target.kind === 'documents') {
    const url = new URL(target.origin);
    const workload = new DocumentWorkload(scenario, url.host, shard);
    return { workload, origins: [originOf(url)], origin: url.origin, ledger: workload.ledger };
  }
  const workload = new RequestWorkload(requestsOf(scenario, target), scenario, shard, (name) => secrets.get(name));
  const tls = readTls(target.tls);
  const origins = workload.origins.map((url) => originOf(url, tls));
  return { workload, origins, origin: new URL(target.url).origin, ledger: undefined };
}
