import clsx from 'clsx';
import { useEffect, useRef, useState } from 'react';
import type { Catalog } from '../../../shared/ipc/contract';
import { describeDuration, describeLoad, levelMark } from '../../../shared/scenario/describe';
import { shownDraft, useScenarioStore } from '../../store/scenarioStore';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { EmptyState } from '../../ui/EmptyState';
import { Checkbox, Field, Input } from '../../ui/Field';
import { ScenariosIcon } from '../../ui/icons';
import shared from '../../ui/shared.module.css';
import side from '../../ui/sideLayout.module.css';
import formStyles from '../scenarioDraft/form.module.css';
import { FoundSecrets } from './FoundSecrets';
import { ScenarioForm } from './ScenarioForm';
import styles from './scenarios.module.css';

/** Imports a curl command, the text of a document, or a file. */
function ImportSheet({ onClose }: { onClose(): void }) {
  const { importText, importFile } = useScenarioStore();
  const [text, setText] = useState('');
  const [hosts, setHosts] = useState('');
  const [withoutStaticAssets, setWithoutStaticAssets] = useState(false);
  const [weights, setWeights] = useState(false);
  const [correlates, setCorrelates] = useState(true);
  const choice = { weights, correlates };
  const filter = { hosts: hosts.split(/[\s,]+/).filter(Boolean), withoutStaticAssets };
  const act = (work: Promise<void>): void => {
    onClose();
    void work;
  };
  return (
    <Dialog label="Import requests" onClose={onClose}>
      <h2>Import requests</h2>
      <p className={shared.quiet}>
        curl commands, a HAR file (recorded by a browser), an OpenAPI or Swagger document, a collection of Postman,
        Insomnia or Bruno, or an .http file.
      </p>
      <textarea
        className={clsx(shared.field, shared.code)}
        aria-label="curl command, HAR or OpenAPI"
        rows={8}
        spellCheck={false}
        placeholder="curl -X POST http://127.0.0.1:3000/orders -H 'Content-Type: application/json' -d '{}'"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <fieldset>
        <legend>For recordings</legend>
        <Field label="Only requests to these hosts">
          <Input
            placeholder="all, or 127.0.0.1:3000, ..."
            value={hosts}
            onChange={({ target }) => setHosts(target.value)}
          />
        </Field>
        <Checkbox checked={withoutStaticAssets} onChange={({ target }) => setWithoutStaticAssets(target.checked)}>
          Leave out scripts, styles, images, fonts and media
        </Checkbox>
        <Checkbox checked={correlates} disabled={weights} onChange={({ target }) => setCorrelates(target.checked)}>
          Turn values of responses that later requests send back into variables
        </Checkbox>
        <Checkbox checked={weights} onChange={({ target }) => setWeights(target.checked)}>
          Import as single requests by weight, not as a journey
        </Checkbox>
      </fieldset>
      <div className={shared.toolbar}>
        <Button disabled={text.trim() === ''} onClick={() => act(importText(text, filter, choice))}>
          Import text
        </Button>
        <Button onClick={() => act(importFile(filter, choice))}>Choose a file …</Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </Dialog>
  );
}

interface Entry {
  key: string;
  mark: string;
  name: string;
  about: string;
  isChanged: boolean;
}

function Entries({ title, entries }: { title: string; entries: readonly Entry[] }) {
  const { shown, show } = useScenarioStore();
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul className={styles.scenarioList}>
        {entries.map(({ key, mark, name, about, isChanged }) => (
          <li key={key}>
            <button
              type="button"
              className={clsx(shared.entry, styles.entry)}
              aria-current={key === shown}
              onClick={() => show(key)}
            >
              <span className={styles.entryMark}>{mark}</span>
              <span className={styles.entryText}>
                <span className={styles.entryHead}>
                  <span className={styles.entryName}>{name}</span>
                  {isChanged && <span className={shared.quiet}>● unsaved</span>}
                </span>
                <span className={shared.quiet}>{about}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The scenarios: view, create, edit and try them. */
export function ScenariosScreen({ catalog }: { catalog: Catalog }) {
  const { kept, edited, shown, deleted, load, create, undoRemove } = useScenarioStore();
  const [importing, setImporting] = useState(false);
  const form = useRef<HTMLElement>(null);
  useEffect(() => {
    void load();
  }, [load]);
  // In a narrow window, the form is below the list, where it would appear out of view.
  useEffect(() => {
    const top = form.current?.getBoundingClientRect().top ?? 0;
    if (shown !== undefined && top > innerHeight / 2) form.current?.scrollIntoView({ block: 'start' });
  }, [shown]);
  const level = catalog.levels.find(({ id }) => id === shown);
  const draft = level ? { ...level } : shownDraft({ shown, edited, kept });
  const mine = [
    ...kept.scenarios.map((scenario) => ({
      key: scenario.id,
      about: `${describeLoad(scenario.load, scenario)}, ${describeDuration(scenario.load)}`,
      name: scenario.name,
    })),
    ...Object.entries(edited)
      .filter(([key]) => !kept.scenarios.some(({ id }) => id === key))
      .map(([key, { present }]) => ({ key, about: 'new', name: String(present.name) })),
  ].map((entry) => ({
    ...entry,
    mark: '',
    name: String(edited[entry.key]?.present.name ?? entry.name),
    isChanged: edited[entry.key] !== undefined,
  }));
  return (
    <div className={side.screen}>
      <h1 className={shared.visuallyHidden}>Scenarios</h1>
      <aside className={side.side} aria-label="Scenarios to choose from">
        <div className={side.lists}>
          {mine.length > 0 && <Entries title="Your scenarios" entries={mine} />}
          {kept.problems.map(({ file, message }) => (
            <p key={file} className={formStyles.problem}>
              {file}: {message}
            </p>
          ))}
          {deleted && (
            <p role="status">
              {deleted.name} was deleted.{' '}
              <Button variant="link" onClick={() => void undoRemove()}>
                Undo
              </Button>
            </p>
          )}
          <Entries
            title="Levels"
            entries={catalog.levels.map((scenario) => ({
              key: scenario.id,
              mark: levelMark(scenario),
              name: scenario.name,
              about: `${describeLoad(scenario.load, scenario)}, ${describeDuration(scenario.load)}`,
              isChanged: false,
            }))}
          />
        </div>
        <div className={side.action}>
          <Button onClick={create}>New scenario</Button>
          <Button onClick={() => setImporting(true)}>Import requests …</Button>
        </div>
      </aside>
      <section ref={form} className={side.main} aria-label="Scenario">
        {draft ? (
          <ScenarioForm
            key={shown}
            draft={draft}
            isReadOnly={level !== undefined}
            isChanged={shown !== undefined && edited[shown] !== undefined}
            savedId={shown === undefined || level ? undefined : edited[shown] ? edited[shown].savedId : shown}
          />
        ) : (
          <EmptyState
            icon={ScenariosIcon}
            sentence="A scenario defines the load, the requests and the thresholds. Open a level, or create a scenario of your own."
          >
            <Button onClick={create}>New scenario</Button>
          </EmptyState>
        )}
      </section>
      {importing && <ImportSheet onClose={() => setImporting(false)} />}
      <FoundSecrets />
    </div>
  );
}
