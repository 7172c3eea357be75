import clsx from 'clsx';
import { describeEngine } from '../../../shared/engines/engine';
import { estimateMs } from '../../../shared/experiment/progress';
import type { Catalog } from '../../../shared/ipc/contract';
import { optionOf } from '../../../shared/options/reportOptions';
import { applyOverrides } from '../../../shared/scenario/overrides';
import { readTypedDuration } from '../../../shared/scenario/typedDuration';
import { experimentInput, useOptionsStore } from '../../store/optionsStore';
import { isRunning, useRunStore } from '../../store/runStore';
import { Button } from '../../ui/Button';
import { Field, Input } from '../../ui/Field';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import side from '../../ui/sideLayout.module.css';
import styles from './options.module.css';

interface NumberFieldProps {
  label: string;
  value: number;
  minimum: number;
  maximum: number;
  onChange(value: number): void;
}

function NumberField({ label, value, minimum, maximum, onChange }: NumberFieldProps) {
  return (
    <label className={styles.optionField}>
      <span>{label}</span>
      <input
        className={shared.field}
        type="number"
        min={minimum}
        max={maximum}
        value={value}
        onChange={({ target }) => onChange(target.valueAsNumber)}
      />
    </label>
  );
}

/** The settings of a comparison, and the button that starts it. */
export function ExperimentForm({ catalog }: { catalog: Catalog }) {
  const { plan, setPlan, start, progress } = useOptionsStore();
  const running = useRunStore((state) => isRunning(state.view));
  const { engines, others, levelId, duration, pairs, untilSure, withCapacity } = plan;
  const count = experimentInput(plan).variants.length;
  const level = catalog.levels.find(({ id }) => id === levelId);
  const typed = readTypedDuration(duration);
  const run = level && typed.ok ? applyOverrides(level, { duration: typed.duration }) : undefined;
  const leftMs = run?.ok ? estimateMs(run.value, count * pairs, withCapacity ? count : 0) : 0;
  const minutes = Math.ceil(leftMs / 60_000);
  const isPossible = count >= 2 && count <= 6 && typed.ok && pairs >= 2 && pairs <= 100;
  return (
    <>
      <div className={side.lists}>
        <fieldset className={styles.engines}>
          <legend>Options to compare; the first is the baseline</legend>
          {catalog.engines.map(({ id, description }) => (
            <label key={id} className={shared.check} title={description}>
              <input
                type="checkbox"
                name="option"
                value={id}
                checked={engines.includes(id)}
                onChange={({ target }) =>
                  setPlan({
                    engines: catalog.engines
                      .map((engine) => engine.id)
                      .filter((engine) => (engine === id ? target.checked : engines.includes(engine))),
                  })
                }
              />
              {optionOf(id)?.title ?? describeEngine(id).name}
            </label>
          ))}
        </fieldset>
        <label className={clsx(styles.optionField, styles.stacked)}>
          <span>More variants, one per line</span>
          <textarea
            className={shared.field}
            rows={2}
            value={others}
            placeholder="sqlite:synchronous=normal"
            title="ENGINE, ENGINE:NAME=VALUE;cache=off, or the URL of your own service"
            onChange={({ target }) => setPlan({ others: target.value })}
          />
        </label>
        <Field label="Level of each run">
          <Select
            value={levelId}
            choices={catalog.levels
              .filter(({ level }) => level !== undefined)
              .map(({ id, level, name }) => [id, `Level ${level}: ${name}`] as const)}
            onChange={(chosen) => setPlan({ levelId: chosen })}
          />
        </Field>
        <Field label="Duration of each run" problem={typed.ok ? undefined : typed.problem}>
          <Input
            value={duration}
            onChange={({ target }) => setPlan({ duration: target.value })}
            onBlur={() => typed.ok && setPlan({ duration: typed.duration })}
          />
        </Field>
        <NumberField
          label="Pairs of runs"
          value={pairs}
          minimum={2}
          maximum={100}
          onChange={(value) => setPlan({ pairs: value })}
        />
        <label className={shared.check}>
          <input
            type="checkbox"
            checked={untilSure}
            onChange={({ target }) => setPlan({ untilSure: target.checked })}
          />
          Continue until the result is clear, up to twice the pairs
        </label>
        <label className={shared.check}>
          <input
            type="checkbox"
            checked={withCapacity}
            onChange={({ target }) => setPlan({ withCapacity: target.checked })}
          />
          Also search for the capacity of each option
        </label>
      </div>
      <div className={side.action}>
        <Button
          variant="primary"
          size="large"
          disabled={progress !== undefined || running || !isPossible}
          onClick={() => void start()}
        >
          <span>
            Measure the options
            <span className={styles.actionNote}>
              {isPossible
                ? `${count} options, about ${minutes} min`
                : 'Requires two to six options, two pairs, and a duration of one second or more'}
            </span>
          </span>
        </Button>
      </div>
    </>
  );
}
