import { useEffect, useState } from 'react';
import type { CheckGroup, ConformanceReport } from '../../../shared/engines/conformance';
import type { EngineId } from '../../../shared/engines/engine';
import type { Catalog } from '../../../shared/ipc/contract';
import { checkCounts } from '../../../shared/report/status';
import { formatNumber, formatTime } from '../../../shared/units/format';
import { useCatalogStore } from '../../store/catalogStore';
import { useIntegrityStore } from '../../store/integrityStore';
import { isRunning, useRunStore } from '../../store/runStore';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { ErrorNote } from '../../ui/ErrorNote';
import { IntegrityIcon, StopIcon } from '../../ui/icons';
import shared from '../../ui/shared.module.css';
import { CheckTable } from './CheckTable';
import styles from './integrity.module.css';
import { Matrix } from './Matrix';

interface EvidenceProps {
  engine: EngineId;
  report: ConformanceReport | undefined;
  group: CheckGroup | undefined;
}

/** The evidence of the checks of an engine, or of one group of them. */
function Evidence({ engine, report, group }: EvidenceProps) {
  const progress = useIntegrityStore((state) => state.progress);
  const isTested = progress?.engine === engine;
  const checks = isTested ? progress.results : report?.checks;
  if (!checks) return <p className={shared.quiet}>Run the suite to see its evidence here.</p>;
  return (
    <>
      {isTested ? (
        <p className={shared.quiet} role="status">
          {checks.length} checks done …
        </p>
      ) : (
        report && (
          <p className={shared.quiet}>
            {checkCounts(report.checks)}. {report.backend}, {formatTime(report.startedAt)}, seed {report.seed},{' '}
            {formatNumber(report.durationMs / 1000)} s
            {report.isTestDouble && '. Tested against a stand-in: this says nothing about the real server.'}
          </p>
        )
      )}
      <CheckTable checks={group === undefined ? checks : checks.filter((check) => check.group === group)} />
    </>
  );
}

/** Shows which engines keep their promises, with the evidence of each check. */
export function IntegrityScreen({ catalog }: { catalog: Catalog }) {
  const { reports, progress, engine, error, run, stop, choose } = useIntegrityStore();
  const options = useCatalogStore((state) => state.engineOptions);
  const running = useRunStore((state) => isRunning(state.view));
  const [group, setGroup] = useState<CheckGroup>();
  useEffect(() => {
    void useIntegrityStore.getState().load();
  }, []);
  const chosen = engine ?? catalog.defaultEngine.engine;
  const reportOf = (id: EngineId): ConformanceReport | undefined => reports?.find(({ config }) => config.engine === id);
  const name = catalog.engines.find(({ id }) => id === chosen)?.name ?? chosen;
  return (
    <section className={shared.wideScreen} aria-label="Integrity">
      <header className={styles.header}>
        <h1>Integrity</h1>
        <p className={shared.quiet}>
          An engine that loses or mixes up data must not win a comparison. The suite writes, crashes the engine and
          reads the data back; it takes half a minute.
        </p>
      </header>
      {error && <ErrorNote error={error} />}
      <Matrix
        engines={catalog.engines}
        reportOf={({ id }) => reportOf(id)}
        progress={progress}
        chosen={{ engine: chosen, group }}
        onChoose={({ id }, chosenGroup) => {
          choose(id);
          setGroup(chosenGroup);
        }}
      />
      <Card
        title={group === undefined ? name : `${name}: ${group}`}
        actions={
          <div className={shared.toolbar}>
            {group !== undefined && (
              <Button variant="ghost" size="small" onClick={() => setGroup(undefined)}>
                All checks
              </Button>
            )}
            {progress ? (
              <Button icon={StopIcon} onClick={() => void stop()}>
                Stop the suite
              </Button>
            ) : (
              <Button
                icon={IntegrityIcon}
                disabled={running}
                onClick={() => {
                  setGroup(undefined);
                  void run({ kind: 'engine', engine: chosen, options: options[chosen] ?? {} });
                }}
              >
                Test {name}
              </Button>
            )}
          </div>
        }
      >
        <Evidence engine={chosen} report={reportOf(chosen)} group={group} />
      </Card>
    </section>
  );
}
