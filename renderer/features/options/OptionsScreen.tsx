import { useEffect } from 'react';
import type { Catalog } from '../../../shared/ipc/contract';
import { optionResults } from '../../../shared/options/optionResult';
import { recommend } from '../../../shared/options/recommend';
import { useOptionsStore } from '../../store/optionsStore';
import { ErrorNote } from '../../ui/ErrorNote';
import shared from '../../ui/shared.module.css';
import side from '../../ui/sideLayout.module.css';
import { Comparisons } from './Comparisons';
import { Decision } from './Decision';
import { DecisionPicture } from './DecisionPicture';
import { ExperimentBar } from './ExperimentBar';
import { ExperimentForm } from './ExperimentForm';
import { OptionTable } from './OptionTable';
import { OptionTimes } from './OptionTimes';
import { ReportOptions } from './ReportOptions';

/** The report's decision: its options, the claims, the measurements, and the recommendation. */
export function OptionsScreen({ catalog }: { catalog: Catalog }) {
  const { shown, reports, floor, error } = useOptionsStore();
  useEffect(() => {
    void useOptionsStore.getState().load();
  }, []);
  const results = shown && optionResults(shown, reports);
  const recommendation = shown && results && recommend(shown, results, floor);
  return (
    <div className={side.screen}>
      <h1 className={shared.visuallyHidden}>Options</h1>
      <aside className={side.side} aria-label="What to compare">
        <ExperimentForm catalog={catalog} />
      </aside>
      <section className={side.main} aria-label="Options">
        {error && <ErrorNote error={error} />}
        {shown && results && recommendation ? (
          <>
            <ExperimentBar experiment={shown} />
            <Decision experiment={shown} recommendation={recommendation} defaultEngine={catalog.defaultEngine} />
            <DecisionPicture experiment={shown} results={results} recommendation={recommendation} />
            <OptionTable experiment={shown} results={results} recommendation={recommendation} />
            <OptionTimes results={results} />
            <Comparisons experiment={shown} />
            <details className={shared.panel}>
              <summary>The report's options, with pros and cons</summary>
              <ReportOptions />
            </details>
          </>
        ) : (
          <div className={shared.stack}>
            <p className={shared.sentence}>Do the claims of the report hold? Measure the options on the left.</p>
            <section className={shared.panel}>
              <h2>The report's options</h2>
              <ReportOptions />
            </section>
          </div>
        )}
      </section>
    </div>
  );
}
