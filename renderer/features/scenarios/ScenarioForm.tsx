import clsx from 'clsx';
import { useState } from 'react';
import { statusOfOk, statusText } from '../../../shared/report/status';
import { checkDraft, type ScenarioDraft } from '../../../shared/scenario/draft';
import { formatLatency, formatNumber } from '../../../shared/units/format';
import { chosenService, useCatalogStore } from '../../store/catalogStore';
import { useScenarioStore } from '../../store/scenarioStore';
import { useScreenStore } from '../../store/screenStore';
import { Button } from '../../ui/Button';
import { ErrorNote } from '../../ui/ErrorNote';
import { StatusMark } from '../../ui/ReportBlocks';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import { type FormContext, TextField } from '../scenarioDraft/fields';
import form from '../scenarioDraft/form.module.css';
import { Correlations } from './Correlations';
import { LoadSection } from './LoadSection';
import styles from './scenarios.module.css';
import { ThresholdSection } from './ThresholdSection';
import { WorkSection } from './WorkSection';

/** The whole scenario as in its file, for settings that the form does not show. */
function JsonSection({ draft, isReadOnly }: FormContext) {
  const edit = useScenarioStore((state) => state.edit);
  const [typed, setTyped] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const text = typed ?? JSON.stringify(draft, null, 2);
  const change = (next: string): void => {
    setTyped(next);
    try {
      const value: unknown = JSON.parse(next);
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new Error('a scenario is a JSON object');
      setProblem(undefined);
      edit('json', () => ({ ...value }));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <details className={clsx(shared.panel, styles.formSection)}>
      <summary>JSON</summary>
      <textarea
        className={clsx(shared.field, shared.code)}
        aria-label="Scenario as JSON"
        rows={18}
        spellCheck={false}
        value={text}
        readOnly={isReadOnly}
        aria-invalid={problem !== undefined}
        onChange={({ target }) => change(target.value)}
        onBlur={() => {
          if (problem === undefined) setTyped(undefined);
        }}
      />
      {problem && <p className={form.problem}>Not applied yet: {problem}</p>}
    </details>
  );
}

/** The result of a dry run. */
function DryRun() {
  const { dryRun } = useScenarioStore();
  if (!dryRun) return null;
  const { requests, failed, errors, operations, reason } = dryRun;
  const status = statusOfOk(failed === 0 && requests > 0);
  return (
    <section className={shared.panel} aria-label="Dry run">
      <h2>Dry run</h2>
      <p role="status">
        <StatusMark status={status} statusText={statusText(status)} /> {formatNumber(requests)} requests,{' '}
        {formatNumber(failed)} failed.{' '}
        {Object.entries(errors)
          .map(([kind, count]) => `${kind}: ${formatNumber(count)}`)
          .join(', ')}{' '}
        {reason}
      </p>
      <table className={shared.numbers} aria-label="Responses">
        <HeaderRow titles={['Operation', 'Succeeded', 'P50', 'Max']} />
        <tbody>
          {operations.map(({ name, succeeded, p50Ms, maxMs }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{formatNumber(succeeded)}</td>
              <td>{formatLatency(p50Ms)}</td>
              <td>{formatLatency(maxMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface ScenarioFormProps {
  draft: ScenarioDraft;
  isReadOnly: boolean;
  isChanged: boolean;
  savedId: string | undefined;
}

/** A scenario and its actions. */
export function ScenarioForm({ draft, isReadOnly, isChanged, savedId }: ScenarioFormProps) {
  const { edited, shown, error, notes, isDryRunning, undo, redo, revert, save, remove, duplicate, dryRunShown } =
    useScenarioStore();
  const checked = checkDraft(draft);
  const context: FormContext = { draft, isReadOnly, problems: checked.ok ? [] : checked.problems };
  const steps = shown === undefined ? undefined : edited[shown];
  const general = context.problems.filter(({ path }) => path === '' || path === 'load' || path === 'operations');
  const runIt = async (): Promise<void> => {
    if (isChanged && !(await save())) return;
    const id = useScenarioStore.getState().shown;
    if (id === undefined) return;
    useCatalogStore.getState().chooseLevel(id);
    useScreenStore.getState().show('run');
  };
  return (
    <div className={styles.scenarioForm}>
      <div className={clsx(shared.toolbar, styles.scenarioActions)}>
        {!isReadOnly && (
          <>
            <Button disabled={!isChanged || !checked.ok} onClick={() => void save()}>
              Save
            </Button>
            <Button disabled={!steps?.past.length} onClick={undo}>
              Undo
            </Button>
            <Button disabled={!steps?.future.length} onClick={redo}>
              Redo
            </Button>
          </>
        )}
        <Button
          disabled={!checked.ok || isDryRunning}
          title="Sends a few requests as one virtual user; nothing is saved"
          onClick={() => void dryRunShown(chosenService(useCatalogStore.getState()))}
        >
          {isDryRunning ? 'Running …' : 'Dry run'}
        </Button>
        <Button disabled={!checked.ok} onClick={() => void runIt()}>
          Select for a run
        </Button>
        <Button onClick={() => duplicate(draft)}>Duplicate</Button>
        {!isReadOnly && isChanged && (
          <Button variant="link" onClick={revert}>
            {savedId === undefined ? 'Discard' : 'Discard changes'}
          </Button>
        )}
        {!isReadOnly && savedId !== undefined && (
          <Button variant="link" onClick={() => void remove(savedId)}>
            Delete
          </Button>
        )}
      </div>
      {error && <ErrorNote error={error} />}
      {notes.length > 0 && <p className={shared.quiet}>{notes.join(' ')}</p>}
      {!checked.ok && (
        <p className={form.problem} role="status">
          {formatNumber(context.problems.length)} {context.problems.length === 1 ? 'problem' : 'problems'}
          {general.map(({ path, message }) => ` · ${path || 'scenario'}: ${message}`)}
        </p>
      )}
      {isReadOnly && (
        <p className={shared.quiet}>
          Levels cannot be edited, so that runs stay comparable. Duplicate one to change it.
        </p>
      )}
      <DryRun />
      <Correlations draft={draft} />
      <section className={clsx(shared.panel, styles.formSection)} aria-label="Name">
        <div className={styles.formGrid}>
          <TextField {...context} path="name" label="Name" />
          <TextField {...context} path="id" label="ID" />
        </div>
        <TextField {...context} path="description" label="Description" placeholder="" isLong />
      </section>
      <LoadSection {...context} />
      <WorkSection {...context} />
      <ThresholdSection {...context} />
      <JsonSection key={shown} {...context} />
    </div>
  );
}
