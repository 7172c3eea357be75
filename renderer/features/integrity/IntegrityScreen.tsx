import clsx from 'clsx';
import { useEffect } from 'react';
import type { ConformanceReport } from '../../../shared/engines/conformance';
import type { EngineId } from '../../../shared/engines/engine';
import type { Catalog, CatalogEngine } from '../../../shared/ipc/contract';
import { checkCounts, conformanceText } from '../../../shared/report/status';
import { formatTime } from '../../../shared/units/format';
import { useCatalogStore } from '../../store/catalogStore';
import { useIntegrityStore } from '../../store/integrityStore';
import { isRunning, useRunStore } from '../../store/runStore';
import { Button } from '../../ui/Button';
import { ErrorNote } from '../../ui/ErrorNote';
import shared from '../../ui/shared.module.css';
import { CheckTable } from './CheckTable';
import styles from './integrity.module.css';

interface EngineCardProps {
  engine: CatalogEngine;
  report: ConformanceReport | undefined;
  isChosen: boolean;
  isTested: boolean;
  onChoose(): void;
}

function EngineCard({ engine, report, isChosen, isTested, onChoose }: EngineCardProps) {
  return (
    <button type="button" className={clsx(shared.panel, styles.engineCard)} aria-pressed={isChosen} onClick={onChoose}>
      <span className={styles.engineName}>{engine.name}</span>
      {isTested ? (
        <span className={shared.quiet}>testing …</span>
      ) : report ? (
        <>
          <span className={clsx(shared.mark, report.conforms ? shared.passed : shared.failed)}>
            {conformanceText(report.conforms ? 'conforms' : 'fails')}
          </span>
          <span className={shared.quiet}>{checkCounts(report.checks)}</span>
          <span className={shared.quiet}>{report.backend}</span>
          <span className={shared.quiet}>{report.durability}</span>
        </>
      ) : (
        <span className={shared.quiet}>{conformanceText('not-tested')}</span>
      )}
    </button>
  );
}

function Evidence({ engine, report }: { engine: EngineId; report: ConformanceReport | undefined }) {
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
            {report.backend}, {formatTime(report.startedAt)}, seed {report.seed}, {Math.round(report.durationMs / 1000)}{' '}
            s{report.isTestDouble && '. Tested against a stand-in: this says nothing about the real server.'}
          </p>
        )
      )}
      <CheckTable checks={checks} />
    </>
  );
}

/** Which engines keep their promises, with the evidence of each check. */
export function IntegrityScreen({ catalog }: { catalog: Catalog }) {
  const { reports, progress, engine, error, run, stop, choose } = useIntegrityStore();
  const options = useCatalogStore((state) => state.engineOptions);
  const running = useRunStore((state) => isRunning(state.view));
  useEffect(() => {
    void useIntegrityStore.getState().load();
  }, []);
  const chosen = engine ?? catalog.defaultEngine.engine;
  const reportOf = (id: EngineId): ConformanceReport | undefined => reports?.find(({ config }) => config.engine === id);
  const name = catalog.engines.find(({ id }) => id === chosen)?.name ?? chosen;
  return (
    <section className={shared.screen} aria-label="Integrity">
      <h1>Integrity</h1>
      <p className={shared.quiet}>
        An engine that loses or mixes up data must not win a comparison. The suite writes, crashes the engine and reads
        the data back; it takes half a minute.
      </p>
      {error && <ErrorNote error={error} />}
      <div className={styles.engineCards}>
        {catalog.engines.map((candidate) => (
          <EngineCard
            key={candidate.id}
            engine={candidate}
            report={reportOf(candidate.id)}
            isChosen={candidate.id === chosen}
            isTested={progress?.engine === candidate.id}
            onChoose={() => choose(candidate.id)}
          />
        ))}
      </div>
      <div className={shared.toolbar}>
        <h2>{name}</h2>
        {progress ? (
          <Button onClick={() => void stop()}>Stop the suite</Button>
        ) : (
          <Button
            disabled={running}
            onClick={() => void run({ kind: 'engine', engine: chosen, options: options[chosen] ?? {} })}
          >
            Test {name}
          </Button>
        )}
      </div>
      <Evidence engine={chosen} report={reportOf(chosen)} />
    </section>
  );
}
