import clsx from 'clsx';
import { operationNames } from '../../../shared/scenario/schema';
import { useScenarioStore } from '../../store/scenarioStore';
import shared from '../../ui/shared.module.css';
import { JourneysEditor } from '../journeys/JourneysEditor';
import { type FormContext, NumberField, setValue, TextField } from '../scenarioDraft/fields';
import { withWork, workOf } from '../scenarioDraft/journeyEdits';
import { TlsFields } from '../scenarioDraft/TlsFields';
import { RequestRows } from './RequestRows';
import styles from './scenarios.module.css';
import { TransportFields } from './TransportFields';

const kinds = [
  ['documents', 'to the built-in document service'],
  ['requests', 'to a service of your own'],
  ['journeys', 'journeys to a service of your own'],
] as const;

/** What the scenario requests: operations of the built-in document service, or requests to an external service. */
export function WorkSection(context: FormContext) {
  const { draft, isReadOnly } = context;
  const work = workOf(draft);
  const general = (
    <div className={styles.formGrid}>
      <NumberField {...context} path="seed" label="Seed" placeholder="42" />
      <TextField {...context} path="timeout" label="Request timeout" placeholder="60s" />
      <NumberField {...context} path="processes" label="Load processes" placeholder="1" />
      {work !== 'documents' && <TransportFields {...context} />}
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
      {work === 'requests' && <RequestRows {...context} />}
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
      {work !== 'documents' && <TlsFields {...context} onChange={(field, value) => setValue(`tls.${field}`, value)} />}
    </section>
  );
}
