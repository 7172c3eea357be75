import { create } from 'zustand';
import type { DatabaseServer } from '../../shared/engines/engine';
import type { AppError, Result } from '../../shared/errors/appError';
import type { DatabasesState } from '../../shared/ipc/contract';
import { api, settle } from '../api/client';

interface DatabaseState {
  databases: DatabasesState | undefined;
  /** The name and version that a server reported in its test. */
  names: Partial<Record<DatabaseServer, string>>;
  errors: Partial<Record<DatabaseServer, AppError>>;
  busy: DatabaseServer | undefined;
  load(): Promise<void>;
  /** Tests the typed URL and saves it if it works. */
  use(server: DatabaseServer, url: string): Promise<void>;
  forget(server: DatabaseServer): Promise<void>;
  startPostgres(): Promise<void>;
  stopPostgres(): Promise<void>;
}

/** The servers of engines. */
export const useDatabaseStore = create<DatabaseState>()((set, get) => {
  const change = async <T>(
    server: DatabaseServer,
    call: () => Promise<Result<T>>,
    onValue: (value: T) => void = () => {},
  ): Promise<void> => {
    set(({ errors }) => ({ busy: server, errors: { ...errors, [server]: undefined } }));
    await settle(call(), onValue, (error) => set(({ errors }) => ({ errors: { ...errors, [server]: error } })));
    set({ busy: undefined });
    await get().load();
  };
  return {
    databases: undefined,
    names: {},
    errors: {},
    busy: undefined,
    load: () =>
      settle(
        api.getDatabases(undefined),
        (databases) => set({ databases }),
        (error) => set(({ errors }) => ({ errors: { ...errors, postgres: error } })),
      ),
    use: (server, url) =>
      change(
        server,
        () => api.useDatabase({ server, url }),
        ({ name }) => set(({ names }) => ({ names: { ...names, [server]: name } })),
      ),
    forget: (server) => {
      set(({ names }) => ({ names: { ...names, [server]: undefined } }));
      return change(server, () => api.forgetDatabase({ server }));
    },
    startPostgres: () => change('postgres', () => api.startPostgres(undefined)),
    stopPostgres: () => change('postgres', () => api.stopPostgres(undefined)),
  };
});
