import { z } from 'zod';
import { ProofloadError } from '../../../shared/errors/appError';
import { toolFault } from '../toolFault';

/*
 * What `kubectl get testruns.k6.io,pods --output json` prints of a load. The stages are those of k6-operator
 * (api/v1alpha1/testrun_types.go), the states those of the API of Kubernetes (core/v1 ContainerState).
 */

const containerSchema = z.object({
  state: z
    .object({
      waiting: z.object({ reason: z.string().default(''), message: z.string().default('') }).optional(),
      terminated: z.object({ exitCode: z.int(), reason: z.string().default('') }).optional(),
    })
    .default({}),
});
const listSchema = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      metadata: z.object({ name: z.string() }),
      status: z
        .object({
          stage: z.string().optional(),
          phase: z.string().optional(),
          reason: z.string().optional(),
          containerStatuses: z.array(containerSchema).optional(),
        })
        .default({}),
    }),
  ),
});
type Item = z.infer<typeof listSchema>['items'][number];

/** Reasons for which a container waits forever. */
const hopeless: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
]);

/** The state of a load in Kubernetes. */
export interface ClusterState {
  /** Whether k6-operator has started the `TestRun`. */
  isTaken: boolean;
  /** Whether all runners have ended. */
  isOver: boolean;
  /** Why the load can't go on, or how a runner has failed. */
  fault: ProofloadError | undefined;
}

function failed(message: string, hint: string): ProofloadError {
  return new ProofloadError('load-failed', message, hint);
}

function faultOfPod({ metadata, status }: Item): ProofloadError | undefined {
  for (const { state } of status.containerStatuses ?? []) {
    if (state.waiting && hopeless.has(state.waiting.reason))
      return failed(
        `the runner ${metadata.name} does not start: ${state.waiting.reason} ${state.waiting.message}`.trim(),
        'look at the pod with kubectl describe',
      );
    const code = state.terminated?.exitCode;
    if (code === undefined) continue;
    const reason = state.terminated?.reason;
    const complaint = reason === undefined || reason === '' || reason === 'Error' ? '' : reason;
    const fault = toolFault('k6', { code, signal: null, complaint }, false);
    if (fault) return fault;
  }
  if (status.phase !== 'Failed' || (status.containerStatuses ?? []).length > 0) return undefined;
  return failed(
    `the runner ${metadata.name} was ended: ${status.reason ?? 'the reason is not known'}`,
    'look at its node',
  );
}

function hasEnded({ status }: Item): boolean {
  return status.phase === 'Succeeded' || status.phase === 'Failed';
}

/**
 * The state of a load from its `TestRun` and pods, as kubectl has printed them. Throws when the output is not such a
 * list.
 */
export function clusterState(output: string, runners: number): ClusterState {
  const { items } = listSchema.parse(JSON.parse(output));
  const run = items.find(({ kind }) => kind === 'TestRun');
  const pods = items.filter(({ kind }) => kind === 'Pod');
  const stage = run?.status.stage ?? '';
  const isOver = pods.length >= runners && pods.every(hasEnded);
  const [ofPods] = pods.flatMap((pod) => faultOfPod(pod) ?? []);
  const gone = failed('the TestRun was deleted while it ran', 'find out what deleted it, and start again');
  const wrong = failed('k6-operator reports an error of the TestRun', 'look at it with kubectl describe');
  const fault = run === undefined ? gone : stage === 'error' ? wrong : ofPods;
  return { isTaken: stage !== '' || pods.length > 0, isOver, fault };
}

const totalSchema = z.object({ proofload: z.object({ http_reqs: z.int().nonnegative() }) });

/** How many requests all runners have sent, by their own summaries; undefined when a summary is missing. */
export function requestsInLogs(output: string, runners: number): number | undefined {
  const totals = output.split('\n').flatMap((line) => {
    if (!line.startsWith('{"proofload"')) return [];
    return totalSchema.parse(JSON.parse(line)).proofload.http_reqs;
  });
  return totals.length === runners ? totals.reduce((sum, count) => sum + count, 0) : undefined;
}
