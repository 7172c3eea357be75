import type { RemoteChoice } from '../../../shared/run/runInput';
import type { DrivenLoad } from '../drivenLoad';
import { artilleryPlan } from './artilleryPlan';
import { kubernetesManifests } from './kubernetesManifests';
import { kubernetesPlan } from './kubernetesPlan';
import type { RemotePlan } from './remotePlan';

/** The name of everything of a load in a cluster or in containers, from the id of its run. */
export function loadNameOf(runId: string): string {
  return `proofload-${runId}`;
}

const unfilled =
  'The setup runs first, on this machine. The script gets the values that it extracts as constants, which are missing here.';

/** The plan of a load elsewhere. Throws `usage` for a load that can't run there. */
export function planOf(driven: DrivenLoad, choice: RemoteChoice, runId: string): RemotePlan {
  if (choice.place !== 'kubernetes') return artilleryPlan(driven, choice);
  const { context, namespace } = choice;
  const plan = kubernetesPlan(kubernetesManifests(driven, loadNameOf(runId)), { context, namespace });
  return driven.scenario.setup === undefined ? plan : { ...plan, differences: [unfilled, ...plan.differences] };
}
