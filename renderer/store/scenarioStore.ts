import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { AppError, Result } from '../../shared/errors/appError';
import { checkDraft, copyOf, newDraft, type ScenarioDraft } from '../../shared/scenario/draft';
import type { DryRunResult } from '../../shared/scenario/dryRun';
import {
  type CorrelationProposal,
  namedProposals,
  withProposal,
} from '../../shared/scenario/importers/correlation/proposals';
import { chosenDraft, type ImportChoice, offeredRequests } from '../../shared/scenario/importers/importChoice';
import type { ImportedRequests } from '../../shared/scenario/importers/importedRequests';
import type { ImportFilter } from '../../shared/scenario/importers/importFilter';
import { type NamedImport, nameImported } from '../../shared/scenario/importers/nameImported';
import type { KeptScenarios } from '../../shared/scenario/keptScenarios';
import type { Scenario } from '../../shared/scenario/schema';
import { api, settle } from '../api/client';
import { useCatalogStore } from './catalogStore';

/** A scenario with the changes that are not saved yet. */
interface Edited {
  /** The id under which it is saved; undefined for one that never was. */
  savedId: string | undefined;
  past: readonly ScenarioDraft[];
  present: ScenarioDraft;
  future: readonly ScenarioDraft[];
}

interface ScenarioState {
  kept: KeptScenarios;
  /** What is edited, by a key that stays while the id changes. Kept across starts: nothing that is typed is lost. */
  edited: Readonly<Record<string, Edited>>;
  /** The key of what is shown. */
  shown: string | undefined;
  error: AppError | undefined;
  /** What was deleted last, for an undo. */
  deleted: Scenario | undefined;
  dryRun: DryRunResult | undefined;
  isDryRunning: boolean;
  /** What was left out or made up of imported requests. */
  notes: readonly string[];
  /** Correlations of the import that a scenario was made of, by its key, until the window is closed. */
  proposals: Readonly<Record<string, readonly CorrelationProposal[]>>;
  /** Makes variables of what is proposed for the scenario that is shown, in one step of the undo. */
  applyProposals(proposals: readonly CorrelationProposal[]): void;
  /** Shows the proposals for the scenario that is shown no more. */
  dropProposals(): void;
  load(): Promise<void>;
  show(id: string): void;
  create(): void;
  duplicate(scenario: ScenarioDraft): void;
  /** Changes what is shown. Changes of one field in a row are one step of the undo. */
  edit(field: string, change: (draft: ScenarioDraft) => ScenarioDraft): void;
  undo(): void;
  redo(): void;
  /** Forgets the changes that are not saved. */
  revert(): void;
  save(): Promise<boolean>;
  remove(id: string): Promise<void>;
  undoRemove(): Promise<void>;
  dryRunShown(url: string | undefined): Promise<void>;
  /** Imported requests in which something looks like a secret, until the user has said what becomes of it. */
  found: FoundSecrets | undefined;
  /** Imports the requests of a text; `filter` chooses among those of a recording, `choice` says what becomes of them. */
  importText(text: string, filter: ImportFilter, choice: ImportChoice): Promise<void>;
  importFile(filter: ImportFilter, choice: ImportChoice): Promise<void>;
  /** Keeps what was found with the secrets of the app, and has the scenario refer to it by name. */
  nameFound(): Promise<void>;
  /** Takes the requests as they are. */
  leaveFound(): void;
  /** Forgets the requests. */
  dropFound(): void;
}

interface FoundSecrets {
  choice: ImportChoice;
  /** As they were imported. */
  typed: ImportedRequests;
  named: NamedImport;
  /** Correlations as they were imported. */
  proposals: readonly CorrelationProposal[];
}

const maxSteps = 200;
/** Typing in one field goes on as one step while the pauses are shorter. */
const pauseMs = 1_500;

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

/** What is in the editor: the draft, or the saved scenario that nobody has changed. */
export function shownDraft({
  shown,
  edited,
  kept,
}: Pick<ScenarioState, 'shown' | 'edited' | 'kept'>): ScenarioDraft | undefined {
  if (shown === undefined) return undefined;
  return edited[shown]?.present ?? kept.scenarios.find(({ id }) => id === shown);
}

/** Storage that may be full: what does not fit is in the window only, until it is saved. */
const boundedStorage = {
  getItem: (name: string): string | null => localStorage.getItem(name),
  removeItem: (name: string): void => localStorage.removeItem(name),
  setItem: (name: string, value: string): void => {
    try {
      localStorage.setItem(name, value);
    } catch {
      // What was kept last stays.
    }
  },
};

/** The user's scenarios, and what is edited of them. */
export const useScenarioStore = create<ScenarioState>()(
  persist(
    (set, get) => {
      let lastField: { key: string; field: string; atMs: number } | undefined;
      const onError = (error: AppError): void => {
        set({ error });
      };
      const taken = (): Set<string> =>
        new Set([
          ...get().kept.scenarios.map(({ id }) => id),
          ...Object.values(get().edited).map(({ present }) => String(present.id)),
          ...(useCatalogStore.getState().catalog?.levels ?? []).map(({ id }) => id),
        ]);
      const add = (present: ScenarioDraft): void => {
        const key = String(present.id);
        set(({ edited }) => ({
          edited: { ...edited, [key]: { savedId: undefined, past: [], present, future: [] } },
          shown: key,
          dryRun: undefined,
          notes: [],
          error: undefined,
        }));
      };
      const addRequests = (
        imported: ImportedRequests,
        choice: ImportChoice,
        proposed: readonly CorrelationProposal[],
      ): void => {
        const { draft, notes } = chosenDraft(imported, choice, taken());
        add(draft);
        const key = String(draft.id);
        set(({ proposals }) => ({ notes, proposals: { ...proposals, [key]: proposed } }));
      };
      const offer = async (call: Promise<Result<ImportedRequests | null>>, choice: ImportChoice): Promise<void> => {
        const read = await call;
        if (!read.ok) return onError(read.error);
        if (!read.value) return;
        const { imported: typed, proposals } = offeredRequests(read.value, choice);
        const known = await api.getSecrets(undefined);
        if (!known.ok) return onError(known.error);
        const taken = known.value.secrets.map(({ name }) => name);
        const named = nameImported(typed, taken);
        if (named.secrets.length === 0) addRequests(typed, choice, proposals);
        else set({ found: { choice, typed, named, proposals }, error: undefined });
      };
      const current = (): Edited | undefined => {
        const { shown, edited, kept } = get();
        if (shown === undefined) return undefined;
        const present = shownDraft({ shown, edited, kept });
        return edited[shown] ?? (present && { savedId: shown, past: [], present, future: [] });
      };
      const replace = (next: Edited): void => {
        const { shown } = get();
        if (shown !== undefined) set(({ edited }) => ({ edited: { ...edited, [shown]: next }, error: undefined }));
      };
      return {
        kept: { scenarios: [], problems: [] },
        edited: {},
        shown: undefined,
        error: undefined,
        deleted: undefined,
        dryRun: undefined,
        isDryRunning: false,
        notes: [],
        proposals: {},
        applyProposals: (proposed) => get().edit('correlations', (draft) => proposed.reduce(withProposal, draft)),
        dropProposals: () => {
          const { shown, proposals } = get();
          if (shown !== undefined) set({ proposals: without(proposals, shown) });
        },
        found: undefined,
        load: () => settle(api.getScenarios(undefined), (kept) => set({ kept }), onError),
        show: (shown) => set({ shown, dryRun: undefined, notes: [], error: undefined }),
        create: () => add(newDraft(taken())),
        duplicate: (scenario) => add(copyOf(scenario, taken())),
        edit: (field, change) => {
          const before = current();
          const { shown } = get();
          if (!before || shown === undefined) return;
          const nowMs = Date.now();
          const goesOn = lastField?.key === shown && lastField.field === field && nowMs - lastField.atMs < pauseMs;
          lastField = { key: shown, field, atMs: nowMs };
          const past =
            goesOn && before.past.length > 0 ? before.past : [...before.past.slice(1 - maxSteps), before.present];
          replace({ ...before, past, present: change(before.present), future: [] });
        },
        undo: () => {
          const before = current();
          const present = before?.past.at(-1);
          lastField = undefined;
          if (before && present)
            replace({ ...before, past: before.past.slice(0, -1), present, future: [before.present, ...before.future] });
        },
        redo: () => {
          const before = current();
          const [present, ...future] = before?.future ?? [];
          if (before && present) replace({ ...before, past: [...before.past, before.present], present, future });
        },
        revert: () => {
          const { shown, edited } = get();
          if (shown === undefined) return;
          const isNew = edited[shown]?.savedId === undefined;
          set({ edited: without(edited, shown), error: undefined, ...(isNew ? { shown: undefined } : {}) });
        },
        save: async () => {
          const { shown, edited } = get();
          const what = shown === undefined ? undefined : edited[shown];
          if (shown === undefined || !what) return true;
          let saved: Scenario | undefined;
          await settle(
            api.saveScenario({ draft: { ...what.present }, before: what.savedId }),
            (scenario) => {
              saved = scenario;
            },
            onError,
          );
          if (!saved) return false;
          const { id } = saved;
          const now = get();
          const meanwhile = now.edited[shown];
          const others = without(now.edited, shown);
          set({
            // What was typed while it was being saved is a change of what is saved now.
            edited: meanwhile && meanwhile !== what ? { ...others, [id]: { ...meanwhile, savedId: id } } : others,
            error: undefined,
            ...(now.proposals[shown] ? { proposals: { ...now.proposals, [id]: now.proposals[shown] } } : {}),
            ...(now.shown === shown ? { shown: id } : {}),
          });
          await get().load();
          return true;
        },
        remove: async (id) => {
          await settle(
            api.deleteScenario({ id }),
            (deleted) => set(({ edited }) => ({ deleted, shown: undefined, edited: without(edited, id) })),
            onError,
          );
          await get().load();
        },
        undoRemove: async () => {
          const { deleted } = get();
          if (!deleted) return;
          await settle(
            api.saveScenario({ draft: { ...deleted } }),
            ({ id }) => set({ deleted: undefined, shown: id }),
            onError,
          );
          await get().load();
        },
        dryRunShown: async (url) => {
          const draft = shownDraft(get());
          if (!draft || !checkDraft(draft).ok) return;
          set({ isDryRunning: true, dryRun: undefined, error: undefined });
          await settle(
            api.dryRunScenario({ draft: { ...draft }, ...(url === undefined ? {} : { url }) }),
            (dryRun) => set({ dryRun }),
            onError,
          );
          set({ isDryRunning: false });
        },
        importText: (text, filter, choice) => offer(api.readRequests({ text, filter }), choice),
        importFile: (filter, choice) => offer(api.chooseRequests({ filter }), choice),
        nameFound: async () => {
          const { found } = get();
          if (!found) return;
          for (const { name, value } of found.named.secrets) {
            const kept = await api.setSecret({ name, value });
            // Those that are kept already are kept again by the next try.
            if (!kept.ok) return onError(kept.error);
          }
          set({ found: undefined });
          addRequests(found.named.imported, found.choice, namedProposals(found.proposals, found.named.secrets));
        },
        leaveFound: () => {
          const { found } = get();
          set({ found: undefined });
          if (found) addRequests(found.typed, found.choice, found.proposals);
        },
        dropFound: () => set({ found: undefined, error: undefined }),
      };
    },
    {
      name: 'proofload.scenarios',
      storage: createJSONStorage(() => boundedStorage),
      // The steps of the undo would make it large; what counts is where they have led.
      partialize: ({ edited }) => ({
        edited: Object.fromEntries(
          Object.entries(edited).map(([key, { savedId, present }]) => [
            key,
            { savedId, present, past: [], future: [] },
          ]),
        ),
      }),
    },
  ),
);
