import clsx from 'clsx';
import { useEffect, useState } from 'react';
import type { Result } from '../../../shared/errors/appError';
import type { HistoryState } from '../../../shared/ipc/contract';
import { formatNumber } from '../../../shared/units/format';
import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import shared from '../../ui/shared.module.css';
import { Facts } from './Facts';
import { HistoryBudget } from './HistoryBudget';
import styles from './settings.module.css';

function megabytes(bytes: number): string {
  return `${formatNumber(bytes / 2 ** 20, 1)} MB`;
}

function factsOf({ runs, sizeBytes, usedBytes, toPack, thinnedRuns }: HistoryState) {
  return [
    ['Saved', `${formatNumber(runs)} ${runs === 1 ? 'run' : 'runs'}`],
    ['In use', megabytes(usedBytes)],
    ['File', megabytes(sizeBytes)],
    ['To be packed', formatNumber(toPack)],
    ['Without per-second data', formatNumber(thinnedRuns)],
  ] as const;
}

/** Deletes old runs, with an undo. */
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
      <label className={clsx(shared.check, styles.inLine)}>
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

/** The stored runs: their size, and the settings that keep the history small and safe. */
export function HistorySettings() {
  const { say, fail } = useNoticeStore();
  const [state, setState] = useState<HistoryState>();
  const [busy, setBusy] = useState(false);
  const refresh = (): Promise<void> => settle(api.getHistoryState(undefined), setState, useNoticeStore.getState().fail);
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
    await refresh();
    setBusy(false);
  };
  return (
    <>
      <Card title="Size" titleLevel={3}>
        <div className={styles.rows}>
          {state && <Facts facts={factsOf(state)} varies />}
          {state && <HistoryBudget usedBytes={state.usedBytes} onChange={() => void refresh()} />}
          <CleanUp onChange={() => void refresh()} />
        </div>
      </Card>
      <Card title="Safety" titleLevel={3}>
        <div className={styles.rows}>
          <p className={shared.quiet}>
            A backup is a complete history. To restore it, close Proofload and replace history.sqlite in the data folder
            with it.
          </p>
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
                  ({ beforeBytes, afterBytes }) =>
                    `Compacted from ${megabytes(beforeBytes)} to ${megabytes(afterBytes)}`,
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
        </div>
      </Card>
    </>
  );
}
