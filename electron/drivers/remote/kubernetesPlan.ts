import type { ClusterAccess } from '../findTool';
import { kubernetesCommands } from './kubernetesCommands';
import { hiddenSecret, type KubernetesManifests, secretNameOf } from './kubernetesManifests';
import type { RemoteCommand, RemotePlan } from './remotePlan';

function kubectl(args: readonly string[], purpose: string, input?: string): RemoteCommand {
  return { program: 'kubectl', args, purpose, ...(input === undefined ? {} : { input }) };
}

/** The plan of a load in Kubernetes: what its fleet does (clusterFleet.ts), for a user who reads it or does it by hand. */
export function kubernetesPlan(manifests: KubernetesManifests, access: ClusterAccess): RemotePlan {
  const { name, files, secrets, differences } = manifests;
  const commands = kubernetesCommands(name, access);
  const variables = Object.keys(secrets);
  const hasSecrets = variables.length > 0;
  const create = kubectl(commands.createSecret, 'create the secrets, from standard input', hiddenSecret(manifests));
  return {
    place: 'kubernetes',
    files,
    commands: [
      kubectl(commands.createSamples, 'create the collector of samples, and the script'),
      ...(hasSecrets ? [create] : []),
      kubectl(commands.awaitCollector, 'wait until the collector listens'),
      kubectl(commands.followSamples, 'gather the samples of all runners, until the end'),
      kubectl(commands.createRun, 'create the TestRun, which starts the runners'),
      kubectl(commands.look, 'check the state of the runners, every two seconds'),
      kubectl(commands.readTotals, 'read how many requests each runner has sent'),
      kubectl(commands.stopRun, 'end the runners, only if the load is stopped early'),
      kubectl(commands.remove, 'remove everything at the end'),
      ...(hasSecrets ? [kubectl(commands.removeSecret, 'remove the secrets')] : []),
    ],
    differences: hasSecrets
      ? [
          `No file has the secrets. If you start the load by hand, create the Secret ${secretNameOf(name)} with ${variables.join(', ')}.`,
          ...differences,
        ]
      : differences,
  };
}
