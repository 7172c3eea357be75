import clsx from 'clsx';
import { useState } from 'react';
import type { RunSummary } from '../../../shared/run/summary';
import { useOpenedRunStore } from '../../store/openedRunStore';
import shared from '../../ui/shared.module.css';
import styles from './history.module.css';

/** The user's notes on a run: its name, notes and tags, and whether it is pinned or a baseline. */
export function RunNotes({ run }: { run: RunSummary }) {
  const { note, tag, setBaseline } = useOpenedRunStore();
  const [name, setName] = useState(run.name ?? '');
  const [notes, setNotes] = useState(run.notes);
  const [newTag, setNewTag] = useState('');
  return (
    <section className={clsx(shared.panel, styles.runNotes)} aria-label="Notes on this run">
      <input
        className={shared.field}
        aria-label="Name"
        placeholder={run.scenarioName}
        maxLength={200}
        value={name}
        onChange={({ target }) => setName(target.value)}
        onBlur={() => void note(run.id, { name: name.trim() === '' ? null : name.trim() })}
      />
      <textarea
        className={shared.field}
        aria-label="Notes"
        placeholder="Notes: what was different this time?"
        rows={1}
        maxLength={10_000}
        value={notes}
        onChange={({ target }) => setNotes(target.value)}
        onBlur={() => void note(run.id, { notes })}
      />
      <div className={shared.toolbar}>
        {run.tags.map((known) => (
          <button
            key={known}
            type="button"
            className={styles.tag}
            title={`Remove the tag ${known}`}
            onClick={() => void tag(run.id, known, false)}
          >
            {known} ✕
          </button>
        ))}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (newTag.trim() !== '') void tag(run.id, newTag.trim(), true);
            setNewTag('');
          }}
        >
          <input
            className={shared.field}
            aria-label="New tag"
            placeholder="New tag"
            maxLength={64}
            value={newTag}
            onChange={({ target }) => setNewTag(target.value)}
          />
        </form>
        <label className={shared.check}>
          <input
            type="checkbox"
            checked={run.isBaseline}
            onChange={({ target }) => void setBaseline(run.id, target.checked)}
          />
          Baseline for this scenario and target on this machine
        </label>
        <label className={shared.check}>
          <input
            type="checkbox"
            checked={run.isPinned}
            onChange={({ target }) => void note(run.id, { isPinned: target.checked })}
          />
          Pinned: kept when the history is cleaned up
        </label>
      </div>
    </section>
  );
}
