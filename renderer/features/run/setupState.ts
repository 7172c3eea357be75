import { engineConfig, engineConfigSchema } from '../../../shared/engines/config';
import { type DurabilityTier, durabilityOf } from '../../../shared/engines/durability';
import type { EngineId } from '../../../shared/engines/engine';
import type { Catalog } from '../../../shared/ipc/contract';
import { toolNames } from '../../../shared/run/driver';
import { describeDuration, describeLoad, levelMark } from '../../../shared/scenario/describe';
import type { Scenario } from '../../../shared/scenario/schema';
import { type CatalogState, quickDuration, targetLabel } from '../../store/catalogStore';

/** The tier with the options that are set; with the usual ones while a value that is being typed is not right. */
export function tierOf(engine: EngineId, options: Record<string, unknown> = {}): DurabilityTier {
  const parsed = engineConfigSchema.safeParse({ kind: 'engine', engine, options });
  return durabilityOf(parsed.success ? parsed.data : engineConfig(engine)).tier;
}

/** A setting of the next run in a word or two, and what belongs to it. */
export interface SetupFact {
  label: string;
  value: string;
  note: string;
}

/** What the next run will be: its target, load, length and profile. */
export function setupFacts(
  state: Pick<
    CatalogState,
    'levelId' | 'targetKind' | 'engine' | 'engineOptions' | 'url' | 'quick' | 'takesProfile' | 'generator'
  >,
  catalog: Pick<Catalog, 'levels' | 'engines'>,
  own: readonly Scenario[],
): SetupFact[] {
  const { levelId, targetKind, engine, engineOptions, quick, takesProfile, generator } = state;
  const level = catalog.levels.find(({ id }) => id === levelId);
  const scenario = level ?? own.find(({ id }) => id === levelId);
  const name = catalog.engines.find(({ id }) => id === engine)?.name ?? engine;
  return [
    targetKind === 'url'
      ? { label: 'Target', value: targetLabel(state) || 'no URL yet', note: '' }
      : { label: 'Target', value: name, note: tierOf(engine, engineOptions[engine]) },
    {
      label: level ? 'Level' : 'Scenario',
      value: scenario ? `${level ? `${levelMark(level)} ` : ''}${scenario.name}` : levelId,
      note: scenario ? describeLoad(scenario.load) : '',
    },
    {
      label: 'Duration',
      value: quick ? quickDuration : scenario ? describeDuration(scenario.load) : '',
      note: quick ? 'shortened' : '',
    },
    ...(targetKind === 'engine' ? [{ label: 'CPU profile', value: takesProfile ? 'on' : 'off', note: '' }] : []),
    ...(generator === 'proofload' ? [] : [{ label: 'Generator', value: toolNames[generator], note: '' }]),
  ];
}
