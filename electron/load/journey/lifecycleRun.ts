import { extractedBy, lifecycleJourneys } from '../../../shared/scenario/lifecycle';
import { namedSteps } from '../../../shared/scenario/steps';
import { requiredMs } from '../../../shared/scenario/timing';
import { timerClock } from '../clock';
import { HttpClient } from '../http/httpClient';
import type { CheckExample, LifecycleCommand, LifecycleEnd } from '../protocol';
import { Recorder } from '../recorder';
import { wholeLoad } from '../schedule/shard';
import { openJourneys } from '../workload/openWorkload';
import { WorkTimer } from '../workTimer';
import { JourneyRecorder } from './journeyRecorder';
import { type EndedIteration, JourneyUser } from './journeyUser';

/** Describes a step that failed. */
function describeFailure(
  step: string,
  kinds: Readonly<Record<string, number>>,
  examples: readonly CheckExample[],
): string {
  const said = examples
    .filter(({ operation }) => operation === step)
    .map(({ check, message }) => `${check}: ${message}`);
  return [`${step}: ${Object.keys(kinds).join(', ')}`, ...said].join('; ');
}

/**
 * Runs the setup or the teardown of a scenario once, with its own virtual user. Nothing of it is measured. It fails
 * when a step fails that ends the journey on failure, when it exceeds its timeout, and when `signal` is aborted.
 * `onToken` receives the tokens that it gets, which are secrets. Rejects with `usage` for a step that can't be
 * compiled, and with `remote-not-allowed`.
 */
export async function runLifecycle(
  command: LifecycleCommand,
  signal: AbortSignal,
  onToken: (value: string) => void,
): Promise<LifecycleEnd> {
  const { part, scenario, target, secrets, given } = command;
  const journeys = lifecycleJourneys(scenario).filter(({ name }) => name === part);
  const timeout = scenario[part]?.timeout ?? '60s';
  const once = { ...scenario, journeys, dataFiles: undefined, data: [] };
  const { workload, origins, redirects, tokens } = openJourneys(once, target, wholeLoad, secrets, { given });
  const client = new HttpClient(origins, requiredMs(scenario.timeout), timerClock, new WorkTimer(), redirects);
  if (!signal.aborted) await tokens.start(onToken);
  const [recorder, checks] = [new Recorder(0), new JourneyRecorder(0)];
  const startedMs = timerClock.nowMs();
  let cut: string | undefined;
  const { end, endedMs, variables } = await new Promise<EndedIteration>((resolve) => {
    const user = new JourneyUser(
      1,
      { clock: timerClock, workload, sender: client, recorder, journeys: checks, isScheduled: false },
      (ended) => {
        cancelTimeout();
        resolve(ended);
      },
    );
    const cutOff = (why: string): void => {
      cut ??= why;
      user.interrupt();
      client.close();
    };
    const cancelTimeout = timerClock.wakeAt(startedMs + requiredMs(timeout), () =>
      cutOff(`it took longer than ${timeout}`),
    );
    signal.addEventListener('abort', () => cutOff('it was stopped'));
    if (signal.aborted) cutOff('it was stopped');
    user.begin(startedMs);
  });
  client.close();
  tokens.stop();
  const { sent, errorsByOperation } = recorder.flush(false);
  const failed = namedSteps(journeys).flatMap(({ operation, request }) => {
    const kinds = errorsByOperation[operation];
    return kinds ? [{ request, text: describeFailure(operation, kinds, checks.examples) }] : [];
  });
  const ending = failed.find(({ request }) => request.onFailure === 'end')?.text;
  const failure = cut ?? ending ?? (end === 'interrupted' ? 'it was interrupted' : undefined);
  const redirect = workload.redirect();
  const extracted = new Set(journeys.flatMap(extractedBy));
  return {
    type: 'lifecycle-ended',
    variables: Object.fromEntries(
      Object.entries(variables).flatMap(([name, value]) => (extracted.has(name) ? [[name, String(value)]] : [])),
    ),
    requests: sent,
    durationMs: endedMs - startedMs,
    ...(failure === undefined ? {} : { failure }),
    warnings: [
      ...failed.filter(({ text }) => text !== ending).map(({ text }) => text),
      ...(redirect === undefined ? [] : [redirect]),
    ],
  };
}
