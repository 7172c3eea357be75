import type { ClusterAccess } from '../findTool';
import { collectorNameOf, loadLabel, manifestNames, secretNameOf } from './kubernetesManifests';

/** How long the collector may take to be ready, including the time to pull its image. */
const readyPatience = '180s';
/** How long runners may take to end after they were asked to. The grace period of a pod is 30 s. */
const stopPatience = '60s';
/** The maximum number of runners of a load, because their logs are read at once. */
const mostRunners = '64';

const { collector, script, run } = manifestNames;
const files = (...names: string[]): string[] => names.flatMap((name) => ['--filename', name]);

/** The arguments of kubectl for each step of a load with a name. */
export interface KubernetesCommands {
  createSamples: readonly string[];
  /** Takes the Secret from standard input. */
  createSecret: readonly string[];
  awaitCollector: readonly string[];
  followSamples: readonly string[];
  createRun: readonly string[];
  /** Prints the `TestRun` and its runners as JSON. */
  look: readonly string[];
  /** Prints the ends of the logs of all runners. */
  readTotals: readonly string[];
  /** Ends the runners, and returns when they are gone. */
  stopRun: readonly string[];
  remove: readonly string[];
  removeSecret: readonly string[];
}

/** The commands of a load. They create objects and never replace any, so that nothing existing is changed. */
export function kubernetesCommands(name: string, { context, namespace }: ClusterAccess): KubernetesCommands {
  const place = [
    ...(context === undefined ? [] : ['--context', context]),
    ...(namespace === undefined ? [] : ['--namespace', namespace]),
  ];
  const pod = `pod/${collectorNameOf(name)}`;
  const mine = ['--selector', `${loadLabel}=${name}`];
  return {
    createSamples: [...place, 'create', ...files(collector, script)],
    createSecret: [...place, 'create', '--filename', '-'],
    awaitCollector: [...place, 'wait', '--for=condition=Ready', pod, `--timeout=${readyPatience}`],
    followSamples: [...place, 'logs', '--follow', pod],
    createRun: [...place, 'create', ...files(run)],
    look: [...place, 'get', 'testruns.k6.io,pods', ...mine, '--output', 'json'],
    readTotals: [...place, 'logs', ...mine, '--container', 'k6', '--tail', '50', '--max-log-requests', mostRunners],
    stopRun: [
      ...place,
      'delete',
      'testruns.k6.io',
      name,
      '--cascade=foreground',
      '--ignore-not-found',
      `--timeout=${stopPatience}`,
    ],
    remove: [...place, 'delete', ...files(run, script, collector), '--ignore-not-found', '--wait=false'],
    removeSecret: [...place, 'delete', 'secret', secretNameOf(name), '--ignore-not-found'],
  };
}
