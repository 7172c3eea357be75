import clsx from 'clsx';
import type { ReactNode } from 'react';
import { executorNames, loadOf } from '../../../shared/scenario/executorFields';
import { useScenarioStore } from '../../store/scenarioStore';
import { Button } from '../../ui/Button';
import shared from '../../ui/shared.module.css';
import { isRecord } from '../scenarioDraft/draftValues';
import { type FormContext, setValue, TextField } from '../scenarioDraft/fields';
import { workOf } from '../scenarioDraft/journeyEdits';
import { hasSeveral, withSeveral } from '../scenarioDraft/severalEdits';
import { LoadFields } from './LoadFields';
import { LoadPreview } from './LoadPreview';
import { SeveralScenarios } from './SeveralScenarios';
import styles from './scenarios.module.css';

/** One load for the whole run. */
function SingleLoad({ warmup, ...context }: FormContext & { warmup: ReactNode }) {
  const { draft, isReadOnly } = context;
  return (
    <>
      <LoadFields
        {...context}
        path="load"
        names={executorNames}
        after={warmup}
        onExecutor={(name) => setValue('load', loadOf(name, isRecord(draft.load) ? draft.load : {}))}
      />
      <LoadPreview draft={draft} />
      {workOf(draft) === 'journeys' && (
        <Button
          variant="link"
          disabled={isReadOnly}
          onClick={() => useScenarioStore.getState().edit('several scenarios', withSeveral)}
        >
          Divide the journeys among several scenarios
        </Button>
      )}
    </>
  );
}

/** The amount of load over time. */
export function LoadSection(context: FormContext) {
  const warmup = <TextField {...context} path="warmup" label="Warm-up, not measured" placeholder="0s" />;
  return (
    <section className={clsx(shared.panel, styles.formSection)} aria-label="Load">
      <h2>Load</h2>
      {hasSeveral(context.draft) ? (
        <SeveralScenarios {...context} warmup={warmup} />
      ) : (
        <SingleLoad {...context} warmup={warmup} />
      )}
    </section>
  );
}
