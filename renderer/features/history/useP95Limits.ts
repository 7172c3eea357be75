import { useMemo } from 'react';
import { useCatalogStore } from '../../store/catalogStore';
import { useScenarioStore } from '../../store/scenarioStore';
import { p95Limits } from './rowFigures';

const none: readonly never[] = [];

/** The upper P95 limits of all levels and of the user's scenarios in ms, by scenario id. */
export function useP95Limits(): ReadonlyMap<string, number> {
  const levels = useCatalogStore((state) => state.catalog?.levels ?? none);
  const scenarios = useScenarioStore((state) => state.kept.scenarios);
  return useMemo(() => p95Limits([...levels, ...scenarios]), [levels, scenarios]);
}
