import type { Secrets } from '../../shared/secrets/conceal';
import { drivenLoad } from '../drivers/drivenLoad';
import { ClusterFleet } from '../drivers/remote/clusterFleet';
import { loadNameOf } from '../drivers/remote/planOf';
import { ToolFleet } from '../drivers/toolFleet';
import type { Fleet, FleetEvents } from '../hosting/fleet';
import { LoadFleet } from '../hosting/loadFleet';
import type { WorkerHost } from '../hosting/workerHost';
import type { LoadInputs, LoadTarget } from '../load/protocol';
import type { RunRequest } from './runContract';

/** What the processes that generate the load of a run are given. */
export interface FleetGiven {
  workers: WorkerHost;
  target: LoadTarget;
  /** The secrets that the requests refer to. */
  secrets: Secrets;
  inputs: LoadInputs;
  /** The folder for the files of another tool. It is removed with the run. */
  folder: string;
}

/**
 * Opens the processes that generate the load of a run: Proofload's own, or those of another tool. Throws `usage` for a
 * load that the tool can't generate.
 */
export function openFleet({ id, scenario, driver }: RunRequest, given: FleetGiven, events: FleetEvents): Fleet {
  const { workers, folder, ...load } = given;
  if (!driver) return new LoadFleet(workers, scenario, load.target, events, load.secrets, load.inputs);
  const driven = drivenLoad({ scenario, ...load });
  const options = { tool: driver, driven, name: loadNameOf(id), folder };
  return driver.on === undefined ? new ToolFleet(options, events) : new ClusterFleet(options, events);
}
