import clsx from 'clsx';
import { httpMethods } from '../../../shared/run/target';
import { chosenService, useCatalogStore } from '../../store/catalogStore';
import { useScenarioStore } from '../../store/scenarioStore';
import { isOf, useTryStore } from '../../store/tryStore';
import { Button } from '../../ui/Button';
import { ErrorNote } from '../../ui/ErrorNote';
import { RemoveButton } from '../../ui/RemoveButton';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import { bodyOf, textOf, valueAt } from '../scenarioDraft/draftValues';
import { type FormContext, setValue } from '../scenarioDraft/fields';
import form from '../scenarioDraft/form.module.css';
import { firstRequest } from '../scenarioDraft/journeyEdits';
import { TryPanel } from '../tryJourney/TryPanel';
import styles from './scenarios.module.css';

/** The label of a row, because requests need no name. */
function requestLabel(place: number): string {
  return `request ${place + 1}`;
}

/** Makes one virtual user send the request of a row, or stops it. */
function TryButton({ name, place, isUsable }: { name: string; place: number; isUsable: boolean }) {
  const shown = useScenarioStore((state) => state.shown);
  const { isTrying, stop, tryRequest, ...about } = useTryStore();
  if (isTrying && isOf(about, shown, name))
    return (
      <Button variant="link" aria-label={`Stop the try of ${name}`} onClick={() => void stop()}>
        Stop
      </Button>
    );
  return (
    <Button
      variant="link"
      aria-label={`Try ${name}`}
      title="One virtual user sends the request once; nothing is saved"
      disabled={!isUsable || isTrying}
      onClick={() => void tryRequest(place, name, chosenService(useCatalogStore.getState()))}
    >
      Try it
    </Button>
  );
}

/** The requests to an external service, one per row. Each can be tried. */
export function RequestRows({ draft, problems, isReadOnly }: FormContext) {
  const shown = useScenarioStore((state) => state.shown);
  const { error, of } = useTryStore();
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
            const name = requestLabel(place);
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
                <td className={styles.requestActions}>
                  <TryButton name={name} place={place} isUsable={problems.length === 0} />
                  <RemoveButton
                    name={name}
                    isDisabled={isReadOnly || requests.length === 1}
                    onRemove={() => setValue('requests', requests.toSpliced(place, 1))}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <WorkProblems problems={problems} />
      {error && of?.scenario === shown && <ErrorNote error={error} />}
      {requests.map((_request, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place
        <TryPanel key={place} name={requestLabel(place)} isReadOnly={isReadOnly} />
      ))}
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

/** The problems of single requests, each with its path. */
function WorkProblems({ problems }: Pick<FormContext, 'problems'>) {
  return problems
    .filter(({ path }) => /^(?:requests|variables|data|no[A-Z])/.test(path))
    .map(({ path, message }) => (
      <p key={`${path} ${message}`} className={form.problem}>
        {path}: {message}
      </p>
    ));
}
