import clsx from 'clsx';
import { httpMethods } from '../../../shared/run/target';
import { operationNames } from '../../../shared/scenario/schema';
import { useScenarioStore } from '../../store/scenarioStore';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import { JourneysEditor } from '../journeys/JourneysEditor';
import { bodyOf, textOf, valueAt } from '../scenarioDraft/draftValues';
import { ChoiceField, type FormContext, NumberField, setValue, TextField } from '../scenarioDraft/fields';
import form from '../scenarioDraft/form.module.css';
import { firstRequest, withWork, workOf } from '../scenarioDraft/journeyEdits';
import styles from './scenarios.module.css';

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

/** The problems with single requests, each with its place. */
function WorkProblems({ problems }: Pick<FormContext, 'problems'>) {
  return problems
    .filter(({ path }) => /^(?:requests|variables|data|no[A-Z])/.test(path))
    .map(({ path, message }) => (
      <p key={`${path} ${message}`} className={form.problem}>
        {path}: {message}
      </p>
    ));
}

const httpVersions = [
  ['1.1', 'HTTP/1.1'],
  ['2', 'HTTP/2 where the server offers it'],
  ['2-prior-knowledge', 'HTTP/2, without TLS as well'],
] as const;

const kinds = [
  ['documents', 'to the built-in document service'],
  ['requests', 'to a service of your own'],
  ['journeys', 'journeys to a service of your own'],
] as const;

/** What is asked for: of the built-in document service, or of a service of one's own. */
export function WorkSection(context: FormContext) {
  const { draft, isReadOnly } = context;
  const work = workOf(draft);
  const general = (
    <div className={styles.formGrid}>
      <NumberField {...context} path="seed" label="Seed" placeholder="42" />
      <TextField {...context} path="timeout" label="Request timeout" placeholder="60s" />
      <NumberField {...context} path="processes" label="Load processes" placeholder="1" />
      {work !== 'documents' && (
        <>
          <ChoiceField {...context} path="httpVersion" label="HTTP version" choices={httpVersions} />
          <TextField {...context} path="proxy" label="HTTP proxy" placeholder="none; http://host:port" />
        </>
      )}
    </div>
  );
  return (
    <section className={clsx(shared.panel, styles.formSection)} aria-label="Requests">
      <h2>Requests</h2>
      <div className={shared.toolbar}>
        {kinds.map(([kind, words]) => (
          <label key={kind} className={shared.check}>
            <input
              type="radio"
              name="work"
              disabled={isReadOnly}
              checked={work === kind}
              onChange={() => useScenarioStore.getState().edit(`work ${kind}`, (before) => withWork(before, kind))}
            />
            {words}
          </label>
        ))}
      </div>
      {work === 'requests' && <Requests {...context} />}
      {work === 'journeys' && <JourneysEditor {...context} />}
      {work === 'documents' && (
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
