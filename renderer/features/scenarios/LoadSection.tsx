import clsx from 'clsx';
import { axisTicks, roomAbove } from '../../../shared/charts/axis';
import { checkDraft } from '../../../shared/scenario/draft';
import { executorNames, executors, loadOf } from '../../../shared/scenario/executorFields';
import { loadCurve } from '../../../shared/scenario/loadCurve';
import { formatNumber } from '../../../shared/units/format';
import { Button } from '../../ui/Button';
import { RemoveButton } from '../../ui/RemoveButton';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import { valueAt } from '../scenarioDraft/draftValues';
import { ChoiceField, type FormContext, NumberField, setValue, TextField } from '../scenarioDraft/fields';
import styles from './scenarios.module.css';

const descriptions = Object.entries(executors);

function descriptionOf(executor: unknown) {
  return descriptions.find(([name]) => name === executor)?.[1];
}

/** The load can be drawn even when the requests are invalid. */
const withoutRequests = {
  thresholds: {},
  requests: undefined,
  journeys: undefined,
  variables: undefined,
  noCookiesReset: undefined,
  noVUConnectionReuse: undefined,
  data: [],
};

const [width, height] = [560, 120];

/** The load over the time of the run. */
function LoadPreview({ draft }: Pick<FormContext, 'draft'>) {
  const checked = checkDraft({ ...draft, ...withoutRequests });
  // Journeys are not checked here, but their rates are still in iterations.
  const journeys = draft.journeys === undefined ? undefined : [];
  const curve = checked.ok ? loadCurve(checked.scenario.load, { journeys }) : undefined;
  const end = curve?.points.at(-1)?.t ?? 0;
  if (!curve || end === 0)
    return (
      <p className={clsx(shared.quiet, styles.loadPreview)}>The load curve appears here once the fields are valid.</p>
    );
  const ticks = axisTicks(roomAbove(Math.max(...curve.points.map(({ value }) => value))));
  const top = ticks.at(-1) ?? 1;
  const x = (t: number): number => (t / end) * width;
  const y = (value: number): number => height - (value / top) * height;
  const line = curve.points
    .map(({ t, value }, index) => `${index === 0 ? 'M' : 'L'}${x(t).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
  const most = Math.max(...curve.points.map(({ value }) => value));
  return (
    <figure className={styles.loadPreview}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Load: up to ${formatNumber(most, 1)} ${curve.unit} over ${formatNumber(end, 1)} s`}
      >
        <path className={styles.loadArea} d={`${line}L${width} ${height}L0 ${height}Z`} />
        <path className={styles.loadLine} d={line} />
      </svg>
      <figcaption className={shared.quiet}>
        <span>0 s</span>
        <span>
          up to {formatNumber(most, most < 10 ? 1 : 0)} {curve.unit}
        </span>
        <span>{formatNumber(end, end % 1 === 0 ? 0 : 1)} s</span>
      </figcaption>
    </figure>
  );
}

function stagesOf(draft: FormContext['draft']): readonly unknown[] {
  const stages = valueAt(draft, 'load.stages');
  return Array.isArray(stages) ? stages : [];
}

function Stages(context: FormContext) {
  const { draft, isReadOnly, problems } = context;
  const stages = stagesOf(draft);
  const change = (place: number, key: string, value: unknown): void =>
    setValue(
      'load.stages',
      stages.map((stage, index) => (index === place && typeof stage === 'object' ? { ...stage, [key]: value } : stage)),
    );
  return (
    <table className={styles.formTable} aria-label="Stages">
      <HeaderRow titles={['Stage', 'Duration', 'Target', 'Actions']} />
      <tbody>
        {stages.map((_stage, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a stage is known by its place
          <tr key={place}>
            <th scope="row">{place + 1}</th>
            {(['duration', 'target'] as const).map((key) => {
              const problem = problems.find(({ path }) => path === `load.stages.${place}.${key}`);
              return (
                <td key={key}>
                  <input
                    className={shared.field}
                    aria-label={`${key} of stage ${place + 1}`}
                    type={key === 'target' ? 'number' : 'text'}
                    value={String(valueAt(draft, `load.stages.${place}.${key}`) ?? '')}
                    readOnly={isReadOnly}
                    aria-invalid={problem !== undefined}
                    title={problem?.message}
                    onChange={({ target }) =>
                      change(place, key, key === 'target' ? Number(target.value) : target.value)
                    }
                  />
                </td>
              );
            })}
            <td>
              <RemoveButton
                name={`stage ${place + 1}`}
                isDisabled={isReadOnly || stages.length === 1}
                onRemove={() => setValue('load.stages', stages.toSpliced(place, 1))}
              />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={4}>
            <Button
              variant="link"
              disabled={isReadOnly}
              onClick={() => setValue('load.stages', [...stages, stages.at(-1) ?? { duration: '30s', target: 10 }])}
            >
              Add a stage
            </Button>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

/** The amount of load over time. */
export function LoadSection(context: FormContext) {
  const { draft } = context;
  const executor = valueAt(draft, 'load.executor');
  const description = descriptionOf(executor);
  const before = valueAt(draft, 'load');
  return (
    <section className={clsx(shared.panel, styles.formSection)} aria-label="Load">
      <h2>Load</h2>
      <div className={styles.formGrid}>
        <ChoiceField
          {...context}
          path="load.executor"
          label="Executor"
          choices={executorNames.map((name) => [name, descriptionOf(name)?.name ?? name] as const)}
          onChoose={(name) => setValue('load', loadOf(name, typeof before === 'object' ? { ...before } : {}))}
        />
        {description?.fields.map(({ name, label, type, choices, initial }) => {
          const path = `load.${name}`;
          if (type === 'choice')
            return (
              <ChoiceField
                key={name}
                {...context}
                path={path}
                label={label}
                choices={(choices ?? []).map((choice) => [choice, choice] as const)}
              />
            );
          const Field = type === 'number' ? NumberField : TextField;
          return <Field key={name} {...context} path={path} label={label} placeholder={String(initial)} />;
        })}
        <TextField {...context} path="warmup" label="Warm-up, not measured" placeholder="0s" />
      </div>
      {description && (
        <p className={shared.quiet}>
          {description.name}: {description.does}.
        </p>
      )}
      {description?.hasStages && <Stages {...context} />}
      <LoadPreview draft={draft} />
    </section>
  );
}
