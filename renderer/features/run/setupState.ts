import { engineConfig, engineConfigSchema } from '../../../shared/engines/config';
import { type DurabilityTier, describeTier, durabilityOf } from '../../../shared/engines/durability';
import type { EngineId } from '../../../shared/engines/engine';
import type { Catalog } from '../../../shared/ipc/contract';
import { generatorNames } from '../../../shared/run/driver';
import { quickDuration } from '../../../shared/run/quickRun';
import { describeDuration, describeLoad, levelMark } from '../../../shared/scenario/describe';
import type { Scenario } from '../../../shared/scenario/schema';
import { requestsIn } from '../../../shared/scenario/steps';
import { describeTls } from '../../../shared/scenario/tlsOptions';
import { type CatalogState, targetLabel } from '../../store/catalogStore';

/**
 * The durability tier of an engine with these options, or with the defaults while an option is being typed and invalid.
 */
export function tierOf(engine: EngineId, options: Record<string, unknown> = {}): DurabilityTier {
  const parsed = engineConfigSchema.safeParse({ kind: 'engine', engine, options });
  return durabilityOf(parsed.success ? parsed.data : engineConfig(engine)).tier;
}

/** A setting of the next run in a word or two, with its details. */
export interface SetupFact {
  label: string;
  value: string;
  note: string;
}

/** The server to which a scenario's own requests go. Undefined without such requests, and when they have only paths. */
function ownServer(scenario: Scenario | undefined): string | undefined {
  const urls = (scenario && requestsIn(scenario))?.map(({ url }) => url) ?? [];
  return urls.flatMap((url) => /^https?:\/\/[^/?#@{}]+(?=[/?#]|$)/i.exec(url) ?? [])[0];
}

/** The target of the next run. Requests of a scenario that go to an external service do not use an engine. */
function targetFact(
  state: Pick<CatalogState, 'targetKind' | 'engine' | 'engineOptions' | 'url' | 'tls'>,
  { engines }: Pick<Catalog, 'engines'>,
  scenario: Scenario | undefined,
): SetupFact {
  const { targetKind, engine, engineOptions, tls } = state;
  const label = 'Target';
  if (targetKind === 'url') {
    const value = targetLabel(state);
    return value === '' ? { label, value: 'no URL yet', note: '' } : { label, value, note: describeTls(tls) };
  }
  if (scenario && requestsIn(scenario))
    return { label, value: ownServer(scenario) ?? 'no URL yet', note: 'from the scenario' };
  const name = engines.find(({ id }) => id === engine)?.name ?? engine;
  return { label, value: name, note: describeTier(tierOf(engine, engineOptions[engine])) };
}

/** The setup of the next run: its target, load, length and profile. */
export function setupFacts(
  state: Pick<
    CatalogState,
    'levelId' | 'targetKind' | 'engine' | 'engineOptions' | 'url' | 'tls' | 'quick' | 'takesProfile' | 'generator'
  >,
  catalog: Pick<Catalog, 'levels' | 'engines'>,
  own: readonly Scenario[],
): SetupFact[] {
  const { levelId, targetKind, quick, takesProfile, generator } = state;
  const level = catalog.levels.find(({ id }) => id === levelId);
  const scenario = level ?? own.find(({ id }) => id === levelId);
  const isProfiled = targetKind === 'engine' && !(scenario && requestsIn(scenario));
  return [
    targetFact(state, catalog, scenario),
    {
      label: level ? 'Level' : 'Scenario',
      value: scenario ? `${level ? `${levelMark(level)} ` : ''}${scenario.name}` : levelId,
      note: scenario ? describeLoad(scenario.load, scenario) : '',
    },
    {
      label: 'Duration',
      value: quick ? quickDuration : scenario ? describeDuration(scenario.load) : '',
      note: quick ? 'shortened' : '',
    },
    ...(isProfiled ? [{ label: 'CPU profile', value: takesProfile ? 'on' : 'off', note: '' }] : []),
    ...(generator === 'proofload' ? [] : [{ label: 'Generator', value: generatorNames[generator], note: '' }]),
  ];
}
