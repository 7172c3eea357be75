import { jsonOf, jsonTextOf } from '../scenarioDraft/draftValues';
import { type JourneysContext, Problems } from './Problems';
import { RecordRows } from './RecordRows';
import { TypedInput } from './TypedInput';

/** Values that all journeys can use, by name. */
export function VariableRows({ draft, problems, unused, isReadOnly }: JourneysContext) {
  return (
    <RecordRows
      title="Variables"
      path="variables"
      record={draft.variables}
      isReadOnly={isReadOnly}
      kind="variable"
      nameLabel="Scenario variable"
      addLabel="Add a variable"
      first={['variable', '']}
      note={<Problems problems={problems} unused={unused} path="variables" />}
    >
      {(name, value, change) => (
        <TypedInput
          label={`Value of ${name}`}
          value={jsonTextOf(value)}
          placeholder={'a value, or {"min": 1, "max": 3}'}
          isReadOnly={isReadOnly}
          onTake={(text) => change(jsonOf(text))}
        />
      )}
    </RecordRows>
  );
}
