import clsx from 'clsx';
import { useState } from 'react';
import type { Catalog } from '../../../shared/ipc/contract';
import { useCatalogStore } from '../../store/catalogStore';
import { useRunStore } from '../../store/runStore';
import { useScenarioStore } from '../../store/scenarioStore';
import { Button } from '../../ui/Button';
import { ChevronDownIcon } from '../../ui/icons';
import { GeneratorPanel } from './GeneratorPanel';
import { Ladder } from './Ladder';
import { OwnScenarios } from './OwnScenarios';
import { LevelActions, RunButton, RunChoices } from './RunControls';
import styles from './Setup.module.css';
import { setupFacts } from './setupState';
import { TargetPicker } from './TargetPicker';

/** The current choices, in one line. */
function SetupLine({ catalog }: { catalog: Catalog }) {
  const state = useCatalogStore();
  const own = useScenarioStore(({ kept }) => kept.scenarios);
  return (
    <dl className={styles.line}>
      {setupFacts(state, catalog, own).map(({ label, value, note }) => (
        <div key={label} className={styles.fact}>
          <dt>{label}</dt>
          <dd>
            <span className={styles.value}>{value}</span>
            {note !== '' && <span className={styles.note}>{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/**
 * The setup of the next run in one line, beside the start button. It opens for changes. It is open while there is no
 * run yet, and each run closes it.
 */
export function SetupBar({ catalog }: { catalog: Catalog }) {
  const runId = useRunStore(({ view }) => view.run?.id);
  const [choice, setChoice] = useState<{ runId: string | undefined; isOpen: boolean }>();
  const isOpen = choice && choice.runId === runId ? choice.isOpen : runId === undefined;
  return (
    <section
      className={clsx(styles.setup, !isOpen && styles.closed)}
      data-setup={isOpen ? 'open' : 'closed'}
      aria-label="What to run"
    >
      <div className={styles.bar}>
        <SetupLine catalog={catalog} />
        <Button
          variant="ghost"
          size="small"
          aria-expanded={isOpen}
          onClick={() => setChoice({ runId, isOpen: !isOpen })}
        >
          Change
          <ChevronDownIcon size={14} className={clsx(isOpen && styles.turned)} />
        </Button>
        <RunButton catalog={catalog} />
      </div>
      {isOpen && (
        <div className={styles.panel}>
          <Ladder levels={catalog.levels} />
          <TargetPicker catalog={catalog} />
          <div className={styles.rest}>
            <OwnScenarios />
            <div className={styles.choices}>
              <h2>How to run</h2>
              <RunChoices />
            </div>
            <LevelActions catalog={catalog} />
            <GeneratorPanel />
          </div>
        </div>
      )}
    </section>
  );
}
