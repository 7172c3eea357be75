import { exportFormats, runFormats } from '../../../shared/interchange/formats';
import { useCompareStore } from '../../store/compareStore';
import { type OpenedRun as Opened, useOpenedRunStore } from '../../store/openedRunStore';
import { useReplayStore } from '../../store/replayStore';
import { useScreenStore } from '../../store/screenStore';
import { Button } from '../../ui/Button';
import { ErrorNote } from '../../ui/ErrorNote';
import { CompareIcon, PlayIcon } from '../../ui/icons';
import shared from '../../ui/shared.module.css';
import { RunReport } from '../run/RunReport';
import { ExportMenu } from './ExportMenu';
import { Replay } from './Replay';
import { ResultReport } from './ResultReport';
import { RunNotes } from './RunNotes';

/** The export formats of a run. Other tools can't run a capacity search as a scenario. */
function formatsOf(opened: Opened) {
  if (opened.kind === 'result') return ['json'] as const;
  return opened.view.run?.scenario.load.executor === 'capacity-search' ? runFormats : exportFormats;
}

function Actions({ id, opened }: { id: string; opened: Opened }) {
  const add = useCompareStore((state) => state.add);
  const show = useScreenStore((state) => state.show);
  const replay = useReplayStore((state) => state.open);
  return (
    <div className={shared.toolbar}>
      <Button
        icon={CompareIcon}
        onClick={() => {
          void add(id);
          show('compare');
        }}
      >
        Compare
      </Button>
      {opened.kind === 'run' && (
        <Button icon={PlayIcon} onClick={() => void replay(id)}>
          Replay
        </Button>
      )}
      <ExportMenu id={id} formats={formatsOf(opened)} />
    </div>
  );
}

/** A saved run or an imported result, with its actions. */
export function OpenedRun({ opened }: { opened: Opened }) {
  const summary = useOpenedRunStore((state) => state.summary);
  const close = useOpenedRunStore((state) => state.close);
  const error = useOpenedRunStore((state) => state.error);
  const isReplayed = useReplayStore((state) => state.steps !== undefined);
  const notes = summary && <RunNotes key={summary.id} run={summary} />;
  return (
    <section className={shared.screen} aria-label="Saved run">
      <h1 className={shared.visuallyHidden}>Saved run</h1>
      <div className={shared.toolbar}>
        <Button variant="link" onClick={close}>
          ← All runs
        </Button>
        {summary && !isReplayed && <Actions id={summary.id} opened={opened} />}
      </div>
      {error && <ErrorNote error={error} />}
      {isReplayed && <Replay />}
      {!isReplayed && opened.kind === 'run' && <RunReport view={opened.view} notes={notes} />}
      {!isReplayed && opened.kind === 'result' && (
        <>
          <ResultReport result={opened.result} />
          {notes}
        </>
      )}
    </section>
  );
}
