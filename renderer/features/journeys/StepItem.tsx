import clsx from 'clsx';
import type { ReactNode } from 'react';
import { httpMethods } from '../../../shared/run/target';
import type { OfferedVariable } from '../../../shared/scenario/variableUse';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { MoreIcon } from '../../ui/icons';
import { Menu, type MenuAction } from '../../ui/Menu';
import shared from '../../ui/shared.module.css';
import { isRecord, type Raw, recordsOf, textOf } from '../scenarioDraft/draftValues';
import { ChoiceField, Labelled, setValue, TextField } from '../scenarioDraft/fields';
import { isPause } from '../scenarioDraft/journeyEdits';
import styles from './journeys.module.css';
import { type JourneysContext, Problems } from './Problems';
import { StepDetails } from './StepDetails';
import { TemplateInput } from './TemplateInput';
import { ThinkTimeFields } from './ThinkTimeFields';

const methods = httpMethods.map((method) => [method, method] as const);

interface StepItemProps extends JourneysContext {
  /** The path of the step in the draft. */
  path: string;
  step: Raw;
  /** The name of the step. */
  name: string;
  variables: readonly OfferedVariable[];
  handle: ReactNode;
  actions: readonly MenuAction[];
  isOpen: boolean;
  onToggle(): void;
}

/** The content of the details, in a few words. */
function summary(step: Raw): string {
  const counts: [number, string, string][] = [
    [recordsOf(step.checks).length, 'check', 'checks'],
    [isRecord(step.extract) ? Object.keys(step.extract).length : 0, 'variable', 'variables'],
    [isRecord(step.headers) ? Object.keys(step.headers).length : 0, 'header', 'headers'],
  ];
  const said = counts.flatMap(([count, one, many]) => (count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]));
  return [...said, ...(step.body === undefined ? [] : ['a body'])].join(', ') || 'no checks';
}

/** The request of a step as a row. */
function RequestFields({ path, step, variables, isOpen, onToggle, ...context }: Omit<StepItemProps, 'handle'>) {
  return (
    <div className={styles.fields}>
      <ChoiceField {...context} path={`${path}.method`} label="Method" choices={methods} />
      <Labelled {...context} path={`${path}.url`} label="URL or path">
        {(id, problemId) => (
          <TemplateInput
            id={id}
            problemId={problemId}
            name="the URL"
            value={textOf(step.url)}
            variables={variables}
            isReadOnly={context.isReadOnly}
            onChange={(url) => setValue(`${path}.url`, url)}
          />
        )}
      </Labelled>
      <TextField {...context} path={`${path}.name`} label="Step name" placeholder="method and path" />
      <div className={styles.toggle}>
        <Button variant="link" aria-expanded={isOpen} onClick={onToggle}>
          {isOpen ? 'Less' : 'Checks, extractions, headers, body'}
        </Button>
        <span className={shared.quiet}>{summary(step)}</span>
      </div>
    </div>
  );
}

/** The fields that show their own problems. */
function fieldsOf(step: Raw, isOpen: boolean): string[] {
  if (!isPause(step)) return ['url', 'name', 'method', ...(isOpen ? ['body', 'onFailure'] : [])];
  const parts = ['min', 'max', 'mean', 'stddev'].map((part) => `thinkTime.${part}`);
  return isRecord(step.thinkTime) ? parts : ['thinkTime'];
}

/** A step of a journey: a request or a think time, with its actions. */
export function StepItem(props: StepItemProps) {
  const { path, step, name, variables, handle, actions, isOpen, draft, problems, unused, isReadOnly } = props;
  const context = { draft, problems, isReadOnly };
  return (
    <div className={clsx(shared.panel, styles.step)}>
      {handle}
      <div className={styles.stepBody}>
        {step.disabled === true && (
          <p>
            <Badge tone="stopped">disabled</Badge> <span className={shared.quiet}>left out of runs</span>
          </p>
        )}
        {isPause(step) ? (
          <ThinkTimeFields {...context} path={`${path}.thinkTime`} thinkTime={step.thinkTime} />
        ) : (
          <RequestFields {...props} />
        )}
        {isOpen && !isPause(step) && <StepDetails {...context} path={path} step={step} variables={variables} />}
        <Problems problems={problems} unused={unused} path={path} shown={fieldsOf(step, isOpen)} />
      </div>
      <Menu
        label={`Actions for ${name}`}
        isLabelHidden
        icon={MoreIcon}
        variant="ghost"
        size="small"
        isDisabled={isReadOnly}
        entries={actions}
      />
    </div>
  );
}
