import { useEffect } from 'react';
import type { ConformanceReport } from '../../../shared/engines/conformance';
import type { EngineId } from '../../../shared/engines/engine';
import type { Catalog, CatalogEngine } from '../../../shared/ipc/contract';
import { checkCounts, conformanceText } from '../../../shared/report/status';
import { formatTime } from '../../../shared/units/format';
import { useCatalogStore } from '../../store/catalogStore';
import { useIntegrityStore } from '../../store/integrityStore';
import { isRunning, useRunStore } from '../../store/runStore';
import { ErrorNote } from '../../ui/ErrorNote';
import { CheckTable } from './CheckTable';

interface EngineCardProps {
  engine: CatalogEngine;
  report: ConformanceReport | undefined;
  isChosen: boolean;
  isTested: boolean;
  onChoose(): void;
}

function EngineCard({ engine, report, isChosen, isTested, onChoose }: EngineCardProps) {
  return (
    <button type="button" className="panel engine-card" aria-pressed={isChosen} onClick={onChoose}>
      <span className="engine-name">{engine.name}</span>
      {isTested ? (
        <span className="quiet">testing …</span>
      ) : report ? (
        <>
          <span className={report.conforms ? 'mark mark-ok' : 'mark mark-failed'}>
            {conformanceText(report.conforms ? 'conforms' : 'fails')}
          </span>
          <span className="quiet">{checkCounts(report.checks)}</span>
          <span className="quiet">{report.backend}</span>
          <span className="quiet">{report.durability}</span>
        </>
      ) : (
        <span className="quiet">{conformanceText('not-tested')}</span>
      )}
    </button>
  );
}

function Evidence({ engine, report }: { engine: EngineId; report: ConformanceReport | undefined }) {
  const progress = useIntegrityStore((state) => state.progress);
  const isTested = progress?.engine === engine;
  const checks = isTested ? progress.results : report?.checks;
  if (!checks) return <p className="quiet">Run the suite to see its evidence here.</p>;
  return (
    <>
      {isTested ? (
        <p className="quiet" role="status">
          {checks.length} checks done …
        </p>
      ) : (
        report && (
          <p className="quiet">
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
    <section className="history-screen" aria-label="Integrity">
      <h1>Integrity</h1>
      <p className="quiet">
        An engine that loses or mixes up data must not win a comparison. The suite writes, crashes the engine and reads
        the data back; it takes half a minute.
      </p>
      {error && <ErrorNote error={error} />}
      <div className="engine-cards">
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
      <div className="toolbar">
        <h2>{name}</h2>
        {progress ? (
          <button type="button" className="button" onClick={() => void stop()}>
            Stop the suite
          </button>
        ) : (
          <button
            type="button"
            className="button"
            disabled={running}
            onClick={() => void run({ kind: 'engine', engine: chosen, options: options[chosen] ?? {} })}
          >
            Test {name}
          </button>
        )}
      </div>
      <Evidence engine={chosen} report={reportOf(chosen)} />
    </section>
  );
}
