import clsx from 'clsx';
import { httpMethods } from '../../../shared/run/target';
import { operationNames } from '../../../shared/scenario/schema';
import { formatNumber } from '../../../shared/units/format';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import { type FormContext, NumberField, setValue, TextField, valueAt } from './fields';
import styles from './scenarios.module.css';

const firstRequest = { method: 'GET', url: '/' };

function textOf(value: unknown): string {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

/** A body as it is typed: JSON where it is JSON, whose placeholders are escaped then; else text as it is. */
function bodyOf(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : text;
  } catch {
    return text;
  }
}

/** The requests to a service of one's own, one a row. */
function Requests({ draft, problems, isReadOnly }: FormContext) {
  const requests = Array.isArray(draft.requests) ? draft.requests : [];
  const change = (place: number, key: string, value: unknown): void =>
    setValue(
      'requests',
      requests.map((request: unknown, index) => {
        if (index !== place || typeof request !== 'object' || request === null) return request;
        const { [key]: _old, ...others }: Record<string, unknown> = { ...request };
        return value === undefined ? others : { ...others, [key]: value };
      }),
    );
  return (
    <>
      <table className={clsx(styles.formTable, styles.requests)} aria-label="Requests">
        <HeaderRow titles={['Name', 'Weight', 'Method', 'URL or path', 'Body', 'Actions']} />
        <tbody>
          {requests.map((request: unknown, place) => {
            const at = (key: string): string => textOf(valueAt(request, key));
            const name = `request ${place + 1}`;
            const input = (key: string, kind: 'text' | 'number' = 'text') => (
              <input
                className={shared.field}
                type={kind}
                aria-label={`${key} of ${name}`}
                value={at(key)}
                placeholder={key === 'weight' ? '1' : undefined}
                readOnly={isReadOnly}
                onChange={({ target }) =>
                  change(
                    place,
                    key,
                    target.value === '' && key !== 'url'
                      ? undefined
                      : kind === 'number'
                        ? Number(target.value)
                        : target.value,
                  )
                }
              />
            );
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place
              <tr key={place}>
                <td>{input('name')}</td>
                <td>{input('weight', 'number')}</td>
                <td>
                  <Select
                    label={`method of ${name}`}
                    isDisabled={isReadOnly}
                    value={at('method') || 'GET'}
                    choices={httpMethods.map((method) => [method, method] as const)}
                    onChange={(method) => change(place, 'method', method)}
                  />
                </td>
                <td>{input('url')}</td>
                <td>
                  <input
                    className={shared.field}
                    aria-label={`body of ${name}`}
                    value={at('body')}
                    readOnly={isReadOnly}
                    onChange={({ target }) => change(place, 'body', bodyOf(target.value))}
                  />
                </td>
                <td>
                  <Button
                    variant="link"
                    aria-label={`Remove ${name}`}
                    disabled={isReadOnly || requests.length === 1}
                    onClick={() =>
                      setValue(
                        'requests',
                        requests.filter((_other, index) => index !== place),
                      )
                    }
                  >
                    Remove
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <WorkProblems problems={problems} />
      <Button variant="link" disabled={isReadOnly} onClick={() => setValue('requests', [...requests, firstRequest])}>
        Add a request
      </Button>
      <p className={shared.quiet}>
        A path is sent to the server selected as the target. {'{{name}}'} is replaced from the data rows,
        {' {{iteration}}'} counts from 0, and {'{{secret.NAME}}'} is a secret from Settings. Edit headers and data in
        the JSON below.
      </p>
    </>
  );
}

/** The problems with what is asked for, each with its place. */
function WorkProblems({ problems }: Pick<FormContext, 'problems'>) {
  return problems
    .filter(({ path }) => /^(?:requests|journeys|variables|data|no[A-Z])/.test(path))
    .map(({ path, message }) => (
      <p key={`${path} ${message}`} className={styles.formProblem}>
        {path}: {message}
      </p>
    ));
}

/** Journeys are named here and kept as they are; they are edited as JSON. */
function Journeys({ draft, problems }: FormContext) {
  const journeys: unknown[] = Array.isArray(draft.journeys) ? draft.journeys : [];
  return (
    <>
      <p>
        This scenario has journeys, which this form does not edit. They are saved unchanged. Edit them in the JSON
        below.
      </p>
      <ul aria-label="Journeys">
        {journeys.map((journey, place) => {
          const steps = valueAt(journey, 'steps');
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a journey is known by its place
            <li key={place}>
              {textOf(valueAt(journey, 'name'))}: {formatNumber(Array.isArray(steps) ? steps.length : 0)} steps
            </li>
          );
        })}
      </ul>
      <WorkProblems problems={problems} />
    </>
  );
}

/** What is asked for: of the built-in document service, or of a service of one's own. */
export function WorkSection(context: FormContext) {
  const { draft, isReadOnly } = context;
  const isOwn = draft.requests !== undefined;
  const general = (
    <div className={styles.formGrid}>
      <NumberField {...context} path="seed" label="Seed" placeholder="42" />
      <TextField {...context} path="timeout" label="Request timeout" placeholder="60s" />
      <NumberField {...context} path="processes" label="Load processes" placeholder="1" />
    </div>
  );
  if (draft.journeys !== undefined)
    return (
      <section className={clsx(shared.panel, styles.formSection)} aria-label="Requests">
        <h2>Requests</h2>
        <Journeys {...context} />
        {general}
      </section>
    );
  return (
    <section className={clsx(shared.panel, styles.formSection)} aria-label="Requests">
      <h2>Requests</h2>
      <div className={shared.toolbar}>
        {([false, true] as const).map((own) => (
          <label key={String(own)} className={shared.check}>
            <input
              type="radio"
              name="work"
              disabled={isReadOnly}
              checked={isOwn === own}
              onChange={() => setValue('requests', own ? [firstRequest] : undefined)}
            />
            {own ? 'to a service of your own' : 'to the built-in document service'}
          </label>
        ))}
      </div>
      {isOwn ? (
        <Requests {...context} />
      ) : (
        <div className={styles.formGrid}>
          {operationNames.map((name) => (
            <NumberField
              key={name}
              {...context}
              path={`operations.${name}`}
              label={`Weight of ${name}`}
              placeholder="0"
            />
          ))}
          <NumberField {...context} path="dataset.tenants" label="Tenants" placeholder="20" />
          <NumberField {...context} path="dataset.documentsPerTenant" label="Documents per tenant" placeholder="500" />
          <NumberField {...context} path="dataset.documentBytes" label="Bytes per document" placeholder="1024" />
          <NumberField {...context} path="queryLimit" label="Documents per query" placeholder="20" />
        </div>
      )}
      {general}
    </section>
  );
}
