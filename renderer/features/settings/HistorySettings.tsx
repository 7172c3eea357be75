import clsx from 'clsx';
import { useEffect, useState } from 'react';
import type { Result } from '../../../shared/errors/appError';
import type { HistoryState } from '../../../shared/ipc/contract';
import { formatNumber } from '../../../shared/units/format';
import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';
import { Button } from '../../ui/Button';
import shared from '../../ui/shared.module.css';
import styles from './settings.module.css';

function megabytes(bytes: number): string {
  return `${formatNumber(bytes / 2 ** 20, 1)} MB`;
}

/** Deletes what is old, with a way back. */
function CleanUp({ onChange }: { onChange(): void }) {
  const { fail } = useNoticeStore();
  const [days, setDays] = useState(90);
  const [deleted, setDeleted] = useState<readonly string[]>();
  const clean = async (): Promise<void> => {
    await settle(api.cleanHistory({ olderThanDays: days }), setDeleted, fail);
    onChange();
  };
  const undo = async (): Promise<void> => {
    await settle(api.restoreRuns({ ids: [...(deleted ?? [])] }), () => setDeleted(undefined), fail);
    onChange();
  };
  return (
    <form
      className={shared.toolbar}
      onSubmit={(event) => {
        event.preventDefault();
        void clean();
      }}
    >
      <label className={shared.check}>
        Delete runs older than
        <input
          className={clsx(shared.field, styles.days)}
          type="number"
          min={1}
          max={10_000}
          value={days}
          onChange={({ target }) => setDays(Math.max(1, Math.round(Number(target.value))))}
        />
        days, except pinned runs, baselines and tagged runs
      </label>
      <Button type="submit">Clean up</Button>
      {deleted && (
        <span role="status">
          {deleted.length === 0 ? 'No runs are older.' : `${formatNumber(deleted.length)} deleted.`}{' '}
          {deleted.length > 0 && (
            <Button variant="link" onClick={() => void undo()}>
              Undo
            </Button>
          )}
        </span>
      )}
    </form>
  );
}

/** The store of runs: its size, and what keeps it small and safe. */
export function HistorySettings() {
  const { say, fail } = useNoticeStore();
  const [state, setState] = useState<HistoryState>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void settle(api.getHistoryState(undefined), setState, useNoticeStore.getState().fail);
  }, []);
  const act = async <T,>(call: Promise<Result<T>>, tell: (value: T) => string | undefined): Promise<void> => {
    setBusy(true);
    await settle(
      call,
      (value) => {
        const message = tell(value);
        if (message !== undefined) say(message);
      },
      fail,
    );
    await settle(api.getHistoryState(undefined), setState, fail);
    setBusy(false);
  };
  return (
    <section className={clsx(shared.panel, styles.settingsPanel)} aria-label="History">
      <h2>History</h2>
      {state && (
        <p data-varies>
          {formatNumber(state.runs)} {state.runs === 1 ? 'run' : 'runs'}, {megabytes(state.sizeBytes)}.
        </p>
      )}
      <div className={shared.toolbar}>
        <Button
          disabled={busy}
          onClick={() =>
            void act(api.backupHistory(undefined), (file) => (file === null ? undefined : `Backed up to ${file}`))
          }
        >
          Back up …
        </Button>
        <Button
          disabled={busy}
          onClick={() =>
            void act(
              api.compactHistory(undefined),
              ({ beforeBytes, afterBytes }) => `Compacted from ${megabytes(beforeBytes)} to ${megabytes(afterBytes)}`,
            )
          }
        >
          Compact
        </Button>
        <Button
          disabled={busy}
          title="Sets the history file aside, keeps all runs that can be read, and restarts Proofload"
          onClick={() => void act(api.repairHistory(undefined), () => undefined)}
        >
          Repair and restart
        </Button>
      </div>
      <CleanUp onChange={() => void settle(api.getHistoryState(undefined), setState, fail)} />
      <p className={shared.quiet}>
        A backup is a complete history. To restore it, close Proofload and replace history.sqlite in the data folder
        with it.
      </p>
    </section>
  );
}
