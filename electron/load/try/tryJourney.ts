import { requiredMs } from '../../../shared/scenario/timing';
import type { TriedJourney } from '../../../shared/scenario/triedJourney';
import { timerClock } from '../clock';
import { HttpClient } from '../http/httpClient';
import { CompiledStep } from '../journey/compiledStep';
import { type JourneySender, JourneyUser } from '../journey/journeyUser';
import type { LoadCommand } from '../protocol';
import { wholeLoad } from '../schedule/shard';
import { openJourneys } from '../workload/openWorkload';
import { WorkTimer } from '../workTimer';
import { SecretHider } from './secretHider';
import { TryRecorder } from './tryRecorder';

type TryCommand = Extract<LoadCommand, { type: 'try' }>;

/** All of each body is kept: who tries a journey looks at it. */
function keepingBodies(client: HttpClient): JourneySender {
  return {
    send: (exchange) => {
      if (exchange.request) exchange.request = { ...exchange.request, keepsBody: true };
      client.send(exchange);
    },
    close: () => client.close(),
    release: (owner) => client.release(owner),
  };
}

const atOnce = (): number => 0;

/**
 * Goes once through the journey of a scenario, as a virtual user of a load does, without its think times. What came of it
 * holds no secret. Rejects with `usage` for a step that can't be compiled or a TLS file that can't be read, and with
 * `remote-not-allowed` for a host that was not admitted.
 */
export async function tryJourney({ scenario, target, secrets }: Omit<TryCommand, 'type'>): Promise<TriedJourney> {
  const { workload, origins } = openJourneys(scenario, target, wholeLoad, secrets);
  const client = new HttpClient(origins, requiredMs(scenario.timeout), timerClock, new WorkTimer());
  const recorder = new TryRecorder({
    steps: scenario.journeys?.[0]?.steps ?? [],
    origins: workload.origins.map(({ origin }) => origin),
    hider: new SecretHider({ scenario, target, secrets }),
    flushConnections: () => client.flushConnections(),
  });
  const nextWithoutPauses = (): ReturnType<typeof workload.next> => {
    const { steps, ...iteration } = workload.next();
    const sending = steps.map((step) => (step instanceof CompiledStep ? step : atOnce));
    return recorder.begin({ ...iteration, steps: sending });
  };
  const dependencies = {
    clock: timerClock,
    workload: {
      next: nextWithoutPauses,
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
  return recorder.result();
}
