import { create } from 'zustand';
import type { AppError } from '../../shared/errors/appError';
import type { Catalog } from '../../shared/ipc/contract';
import type { EngineId } from '../../shared/run/target';
import { api, settle } from '../api/client';

interface CatalogState {
  catalog: Catalog | undefined;
  error: AppError | undefined;
  levelId: string;
  engine: EngineId;
  /** Runs the level for 30 seconds instead of its full length. */
  quick: boolean;
  load(): Promise<void>;
  chooseLevel(levelId: string): void;
  chooseEngine(engine: EngineId): void;
  setQuick(quick: boolean): void;
}

/** What there is to choose from, and what is chosen. */
export const useCatalogStore = create<CatalogState>()((set) => ({
  catalog: undefined,
  error: undefined,
  levelId: 'level-2',
  engine: 'sqlite',
  quick: false,
  load: () =>
    settle(
      api.getCatalog(undefined),
      (catalog) => set({ catalog, engine: catalog.defaultEngine }),
      (error) => set({ error }),
    ),
  chooseLevel: (levelId) => set({ levelId }),
  chooseEngine: (engine) => set({ engine }),
  setQuick: (quick) => set({ quick }),
}));
