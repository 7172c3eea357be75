import { useState } from 'react';
import { describeTier } from '../../../shared/engines/durability';
import type { Catalog } from '../../../shared/ipc/contract';
import { checkTls } from '../../../shared/scenario/draft';
import { hasTlsOptions, tlsOptionsSchema } from '../../../shared/scenario/tlsOptions';
import { useCatalogStore } from '../../store/catalogStore';
import { Choice, ChoiceGroup } from '../../ui/Choice';
import { Input } from '../../ui/Field';
import { TlsFields } from '../scenarioDraft/TlsFields';
import { EngineOptions } from './EngineOptions';
import styles from './Setup.module.css';
import { tierOf } from './setupState';

/** The TLS options for the service at the URL. Those that are remembered are shown at once. */
function UrlTls() {
  const { tls, setTls } = useCatalogStore();
  const [isOpen] = useState(() => hasTlsOptions(tls));
  return (
    <details className={styles.options} open={isOpen}>
      <summary>TLS options</summary>
      <TlsFields
        draft={{ tls }}
        problems={checkTls(tls)}
        isReadOnly={false}
        isNamed
        onChange={(field, value) => {
          const changed = tlsOptionsSchema.safeParse({ ...tls, [field]: value });
          if (changed.success) setTls(changed.data);
        }}
      />
    </details>
  );
}

/** The target: the built-in service with an engine, or an external service at a URL. */
export function TargetPicker({ catalog }: { catalog: Catalog }) {
  const { engine, engineOptions, targetKind, url, chooseEngine, chooseUrl, setUrl } = useCatalogStore();
  const chosen = catalog.engines.find(({ id }) => id === engine);
  return (
    <ChoiceGroup legend="Target">
      {catalog.engines.map(({ id, name, description }) => (
        <Choice
          key={id}
          group="engine"
          value={id}
          isChecked={targetKind === 'engine' && id === engine}
          name={name}
          note={<span title="Durability: what survives a crash">{describeTier(tierOf(id, engineOptions[id]))}</span>}
          title={description}
          onChoose={() => chooseEngine(id)}
        />
      ))}
      <Choice
        group="engine"
        value="url"
        isChecked={targetKind === 'url'}
        name="A service of your own"
        note="URL"
        title="Any HTTP service, with GET requests to one URL"
        onChoose={chooseUrl}
      />
      {targetKind === 'engine' && chosen && <EngineOptions engine={chosen} />}
      {targetKind === 'url' && (
        <Input
          type="url"
          aria-label="URL"
          placeholder="http://127.0.0.1:3000/path"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
      )}
      {targetKind === 'url' && url.trim() !== '' && <UrlTls />}
    </ChoiceGroup>
  );
}
