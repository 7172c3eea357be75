import type { Catalog } from '../../../shared/ipc/contract';
import { useCatalogStore } from '../../store/catalogStore';
import { Choice, ChoiceGroup } from '../../ui/Choice';
import { Input } from '../../ui/Field';
import { EngineOptions } from './EngineOptions';
import { tierOf, tierText } from './setupState';

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
          note={<span title="durability: what survives a crash">{tierText(tierOf(id, engineOptions[id]))}</span>}
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
        title="any HTTP service, with GET requests to one URL"
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
    </ChoiceGroup>
  );
}
