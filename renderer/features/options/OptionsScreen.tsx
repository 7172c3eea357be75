import { useEffect } from 'react';
import type { Catalog } from '../../../shared/ipc/contract';
import { optionResults } from '../../../shared/options/optionResult';
import { recommend } from '../../../shared/options/recommend';
import { useOptionsStore } from '../../store/optionsStore';
import { ErrorNote } from '../../ui/ErrorNote';
import { Comparisons } from './Comparisons';
import { Decision } from './Decision';
import { ExperimentBar } from './ExperimentBar';
import { ExperimentForm } from './ExperimentForm';
import { OptionTable } from './OptionTable';
import { OptionTimes } from './OptionTimes';
import { ReportOptions } from './ReportOptions';

/** The report's decision: its options, what was claimed of them, what is measured, and which one to take. */
export function OptionsScreen({ catalog }: { catalog: Catalog }) {
  const { shown, reports, floor, error } = useOptionsStore();
  useEffect(() => {
    void useOptionsStore.getState().load();
  }, []);
  const results = shown && optionResults(shown, reports);
  const recommendation = shown && results && recommend(shown, results, floor);
  return (
    <div className="run-screen">
      <h1 className="visually-hidden">Options</h1>
      <aside className="run-side" aria-label="What to compare">
        <ExperimentForm catalog={catalog} />
      </aside>
      <section className="run-main" aria-label="Options">
        {error && <ErrorNote error={error} />}
        {shown && results && recommendation ? (
          <>
            <ExperimentBar experiment={shown} />
            <Decision experiment={shown} recommendation={recommendation} defaultEngine={catalog.defaultEngine} />
            <OptionTable experiment={shown} results={results} recommendation={recommendation} />
            <OptionTimes results={results} />
            <Comparisons experiment={shown} />
            <details className="panel">
              <summary>The report's options, with pros and cons</summary>
              <ReportOptions />
            </details>
          </>
        ) : (
          <div className="report">
            <p className="headline-sentence">Do the claims of the report hold? Measure the options on the left.</p>
            <section className="panel">
              <h2>The report's options</h2>
              <ReportOptions />
            </section>
          </div>
        )}
      </section>
    </div>
  );
}
