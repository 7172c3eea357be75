import { Button } from '../../ui/Button';
import { freeKey, withName } from '../scenarioDraft/checkForm';
import { isRecord, jsonOf, jsonTextOf, withKey } from '../scenarioDraft/draftValues';
import { setValue } from '../scenarioDraft/fields';
import styles from './journeys.module.css';
import { type JourneysContext, Problems } from './Problems';
import { TypedInput } from './TypedInput';

/** Values that all journeys can use, by name. */
export function VariableRows({ draft, problems, unused, isReadOnly }: JourneysContext) {
  const variables = isRecord(draft.variables) ? draft.variables : {};
  const names = Object.keys(variables);
  return (
    <fieldset className={styles.rows}>
      <legend>Variables</legend>
      {names.map((name, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a variable keeps its place while its name changes
        <div key={place} className={styles.row}>
          <TypedInput
            label={`Scenario variable ${place + 1}`}
            value={name}
            isReadOnly={isReadOnly}
            onTake={(typed) => setValue('variables', withName(variables, name, typed))}
          />
          <TypedInput
            label={`Value of ${name}`}
            value={jsonTextOf(variables[name])}
            placeholder={'a value, or {"min": 1, "max": 3}'}
            isReadOnly={isReadOnly}
            onTake={(text) => setValue('variables', { ...variables, [name]: jsonOf(text) })}
          />
          <Button
            variant="link"
            aria-label={`Remove variable ${name}`}
            disabled={isReadOnly}
            onClick={() => setValue('variables', names.length === 1 ? undefined : withKey(variables, name, undefined))}
          >
            Remove
          </Button>
        </div>
      ))}
      <Problems problems={problems} unused={unused} path="variables" />
      <Button
        variant="link"
        disabled={isReadOnly}
        onClick={() => setValue('variables', { ...variables, [freeKey('variable', (name) => name in variables)]: '' })}
      >
        Add a variable
      </Button>
    </fieldset>
  );
}
