import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { AppError, Result } from '../../shared/errors/appError';
import type { UrlChoice } from '../../shared/run/runInput';
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
import { boundedStorage } from './boundedStorage';
import { useCatalogStore } from './catalogStore';

/** A scenario with its unsaved changes. */
interface Edited {
  /** The id under which it is saved. Undefined when it was never saved. */
  savedId: string | undefined;
  past: readonly ScenarioDraft[];
  present: ScenarioDraft;
  future: readonly ScenarioDraft[];
}

interface ScenarioState {
  kept: KeptScenarios;
  /** The edited scenarios, by a key that does not change with the id. Kept across starts, so that no input is lost. */
  edited: Readonly<Record<string, Edited>>;
  /** The key of the shown scenario. */
  shown: string | undefined;
  error: AppError | undefined;
  /** The last deleted scenario, for an undo. */
  deleted: Scenario | undefined;
  dryRun: DryRunResult | undefined;
  isDryRunning: boolean;
  /** Notes on what an import left out or added. */
  notes: readonly string[];
  /** The correlations of the import from which a scenario was created, by its key, until the window is closed. */
  proposals: Readonly<Record<string, readonly CorrelationProposal[]>>;
  /** Turns proposals for the shown scenario into variables, in one undo step. */
  applyProposals(proposals: readonly CorrelationProposal[]): void;
  /** Hides the proposals for the shown scenario. */
  dropProposals(): void;
  load(): Promise<void>;
  show(id: string): void;
  create(): void;
  duplicate(scenario: ScenarioDraft): void;
  /** Changes the shown draft. Consecutive changes of one field are one undo step. */
  edit(field: string, change: (draft: ScenarioDraft) => ScenarioDraft): void;
  undo(): void;
  redo(): void;
  /** Discards unsaved changes. */
  revert(): void;
  save(): Promise<boolean>;
  remove(id: string): Promise<void>;
  undoRemove(): Promise<void>;
  dryRunShown(target: UrlChoice | undefined): Promise<void>;
  /** Imported requests with possible secrets, until the user has decided about them. */
  found: FoundSecrets | undefined;
  /** Imports the requests of a text. `filter` selects requests of a recording, `choice` decides what they become. */
  importText(text: string, filter: ImportFilter, choice: ImportChoice): Promise<void>;
  importFile(filter: ImportFilter, choice: ImportChoice): Promise<void>;
  /** Stores the found values as secrets of the app, and refers to them by name in the scenario. */
  nameFound(): Promise<void>;
  /** Takes the requests unchanged. */
  leaveFound(): void;
  /** Discards the requests. */
  dropFound(): void;
}

interface FoundSecrets {
  choice: ImportChoice;
  /** The requests as imported. */
  typed: ImportedRequests;
  named: NamedImport;
  /** The correlations as imported. */
  proposals: readonly CorrelationProposal[];
}

const maxSteps = 200;
/** Changes in one field with shorter pauses than this are one undo step. */
const pauseMs = 1_500;

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

/** The content of the editor: the draft, or the unchanged saved scenario. */
export function shownDraft({
  shown,
  edited,
  kept,
}: Pick<ScenarioState, 'shown' | 'edited' | 'kept'>): ScenarioDraft | undefined {
  if (shown === undefined) return undefined;
  return edited[shown]?.present ?? kept.scenarios.find(({ id }) => id === shown);
}

/** The user's scenarios and their edits. */
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
            // Input during the save is a change of the saved scenario.
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
        dryRunShown: async (target) => {
          const draft = shownDraft(get());
          if (!draft || !checkDraft(draft).ok) return;
          set({ isDryRunning: true, dryRun: undefined, error: undefined });
          await settle(
            api.dryRunScenario({ draft: { ...draft }, ...(target ? { target } : {}) }),
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
            // The next try stores the secrets before this one again.
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
      // Only the current drafts are stored, because the undo steps would take too much space.
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
