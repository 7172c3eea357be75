import { ProofloadError } from '../../../shared/errors/appError';
import { requiredMs } from '../../../shared/scenario/timing';
import type { TriedJourney } from '../../../shared/scenario/triedJourney';
import { timerClock } from '../clock';
import { HttpClient } from '../http/httpClient';
import { type JourneySender, JourneyUser } from '../journey/journeyUser';
import { runLifecycle } from '../journey/lifecycleRun';
import type { LoadCommand } from '../protocol';
import { wholeLoad } from '../schedule/shard';
import { openJourneys } from '../workload/openWorkload';
import { WorkTimer } from '../workTimer';
import { SecretHider } from './secretHider';
import { TryRecorder } from './tryRecorder';

type TryCommand = Extract<LoadCommand, { type: 'try' }>;

/** A sender that keeps the whole body of each response, because the user of a try looks at it. */
function keepingBodies(client: HttpClient): JourneySender {
  return {
    send: (exchange) => {
      if (exchange.request) exchange.request = { ...exchange.request, keepsBody: true };
      client.send(exchange);
    },
    close: () => client.close(),
    release: (owner) => client.release(owner),
    originOf: (url, from) => client.originOf(url, from),
  };
}

/**
 * Runs the setup of a scenario, if there is one. Returns the variables that it extracts. Rejects with `setup-failed`.
 */
async function setUp(
  command: Omit<TryCommand, 'type'>,
  onToken: (value: string) => void,
): Promise<Record<string, string>> {
  if (!command.scenario.setup) return {};
  const lifecycle = { type: 'lifecycle', part: 'setup', given: {}, ...command } as const;
  const { failure, variables } = await runLifecycle(lifecycle, new AbortController().signal, onToken);
  if (failure === undefined) return variables;
  throw new ProofloadError('setup-failed', `the setup failed: ${failure}`, 'correct the step, or the service');
}

/**
 * Goes through the journey of a scenario once, after its setup, as a virtual user of a load does, but without think
 * times. The result contains no secrets. `onToken` receives the tokens that it gets, which are secrets. Rejects with
 * `setup-failed`, with `usage` for a step that can't be compiled or a TLS file that can't be read, and with
 * `remote-not-allowed` for a host that was not admitted.
 */
export async function tryJourney(
  command: Omit<TryCommand, 'type'>,
  onToken: (value: string) => void,
): Promise<TriedJourney> {
  const { scenario, target, secrets, dataPaths } = command;
  const given = await setUp(command, onToken);
  const opened = openJourneys(scenario, target, wholeLoad, secrets, { dataPaths, given });
  const { workload, origins, redirects, tokens, files } = opened;
  await files?.load();
  await tokens.start(onToken);
  const client = new HttpClient(origins, requiredMs(scenario.timeout), timerClock, new WorkTimer(), redirects);
  const recorder = new TryRecorder({
    steps: scenario.journeys?.[0]?.steps ?? [],
    origins: workload.origins.map(({ origin }) => origin),
    hider: new SecretHider({ scenario, target, secrets }),
    flushConnections: () => client.flushConnections(),
  });
  const dependencies = {
    clock: timerClock,
    workload: {
      state: () => workload.state(),
      next: () => recorder.begin(workload.next()),
      thinks: false,
      files,
      userNumber: (local: number) => workload.userNumber(local),
      random: workload.random,
      resetsCookies: workload.resetsCookies,
      closesConnections: workload.closesConnections,
    },
    sender: keepingBodies(client),
    recorder,
    journeys: recorder,
    isScheduled: false,
  };
  await new Promise<void>((ended) => {
    new JourneyUser(workload.userNumber(0), dependencies, () => ended()).begin(timerClock.nowMs());
  });
  client.close();
  tokens.stop();
  return recorder.result();
}
