import type { ReactNode } from 'react';
import { executors } from '../../../shared/scenario/executorFields';
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

interface StagesProps extends FormContext {
  /** The path of the stages in the draft. */
  path: string;
}

function Stages({ path, draft, isReadOnly, problems }: StagesProps) {
  const found = valueAt(draft, path);
  const stages: readonly unknown[] = Array.isArray(found) ? found : [];
  const change = (place: number, key: string, value: unknown): void =>
    setValue(
      path,
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
              const problem = problems.find((candidate) => candidate.path === `${path}.${place}.${key}`);
              return (
                <td key={key}>
                  <input
                    className={shared.field}
                    aria-label={`${key} of stage ${place + 1}`}
                    type={key === 'target' ? 'number' : 'text'}
                    value={String(valueAt(draft, `${path}.${place}.${key}`) ?? '')}
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
                onRemove={() => setValue(path, stages.toSpliced(place, 1))}
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
              onClick={() => setValue(path, [...stages, stages.at(-1) ?? { duration: '30s', target: 10 }])}
            >
              Add a stage
            </Button>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

interface LoadFieldsProps extends FormContext {
  /** The path of the load in the draft. */
  path: string;
  /** The executors to choose from. */
  names: readonly string[];
  /** Fields before those of the load, and after them. */
  before?: ReactNode;
  after?: ReactNode;
  onExecutor(executor: string): void;
}

/** The executor of a load and its options. */
export function LoadFields({ path, names, before, after, onExecutor, ...context }: LoadFieldsProps) {
  const description = descriptionOf(valueAt(context.draft, `${path}.executor`));
  return (
    <>
      <div className={styles.formGrid}>
        {before}
        <ChoiceField
          {...context}
          path={`${path}.executor`}
          label="Executor"
          choices={names.map((name) => [name, descriptionOf(name)?.name ?? name] as const)}
          onChoose={onExecutor}
        />
        {description?.fields.map(({ name, label, type, choices, initial }) => {
          const field = { ...context, path: `${path}.${name}`, label };
          if (type === 'choice')
            return (
              <ChoiceField key={name} {...field} choices={(choices ?? []).map((choice) => [choice, choice] as const)} />
            );
          const Field = type === 'number' ? NumberField : TextField;
          return <Field key={name} {...field} placeholder={String(initial)} />;
        })}
        {after}
      </div>
      {description && (
        <p className={shared.quiet}>
          {description.name}: {description.does}.
        </p>
      )}
      {description?.hasStages && <Stages {...context} path={`${path}.stages`} />}
    </>
  );
}
