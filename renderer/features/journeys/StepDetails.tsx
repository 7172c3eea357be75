import type { OfferedVariable } from '../../../shared/scenario/variableUse';
import { bodyOf, type Raw, textOf } from '../scenarioDraft/draftValues';
import { ChoiceField, type FormContext, Labelled, setValue } from '../scenarioDraft/fields';
import { CheckRows } from './CheckRows';
import { ExtractionRows } from './ExtractionRows';
import { HeaderRows } from './HeaderRows';
import styles from './journeys.module.css';
import { TemplateInput } from './TemplateInput';

const onFailure = [
  ['end', 'ends the journey'],
  ['continue', 'continues with the next step'],
] as const;

interface StepDetailsProps extends FormContext {
  path: string;
  step: Raw;
  variables: readonly OfferedVariable[];
}

/** A body as text, with indentation if it is JSON. */
function bodyText(body: unknown): string {
  return typeof body === 'object' && body !== null ? JSON.stringify(body, null, 2) : textOf(body);
}

/** The checks and extractions of a step, and what it sends besides its method and URL. */
export function StepDetails({ path, step, variables, ...context }: StepDetailsProps) {
  const { isReadOnly } = context;
  return (
    <div className={styles.details}>
      <CheckRows path={`${path}.checks`} checks={step.checks} isReadOnly={isReadOnly} />
      <ExtractionRows path={`${path}.extract`} extract={step.extract} isReadOnly={isReadOnly} />
      <HeaderRows path={`${path}.headers`} headers={step.headers} variables={variables} isReadOnly={isReadOnly} />
      <Labelled {...context} path={`${path}.body`} label="Body">
        {(id, problemId) => (
          <TemplateInput
            id={id}
            problemId={problemId}
            name="the body"
            value={bodyText(step.body)}
            variables={variables}
            isLong
            isReadOnly={isReadOnly}
            onChange={(text) => setValue(`${path}.body`, bodyOf(text))}
          />
        )}
      </Labelled>
      <ChoiceField {...context} path={`${path}.onFailure`} label="A failed step" choices={onFailure} />
    </div>
  );
}
