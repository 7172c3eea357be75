import { engineConfig, engineConfigSchema } from '../../../shared/engines/config';
import { type DurabilityTier, durabilityOf } from '../../../shared/engines/durability';
import type { EngineId } from '../../../shared/engines/engine';
import type { Catalog } from '../../../shared/ipc/contract';
import { useCatalogStore } from '../../store/catalogStore';
import { EngineOptions } from './EngineOptions';

/** The tier with the options that are set; with the usual ones while a value that is being typed is not right. */
function tierOf(engine: EngineId, options: Record<string, unknown> = {}): DurabilityTier {
  const parsed = engineConfigSchema.safeParse({ kind: 'engine', engine, options });
  return durabilityOf(parsed.success ? parsed.data : engineConfig(engine)).tier;
}

/** What is loaded: the built-in service over an engine, or a service of one's own by its URL. */
export function TargetPicker({ catalog }: { catalog: Catalog }) {
  const { engine, engineOptions, targetKind, url, chooseEngine, chooseUrl, setUrl } = useCatalogStore();
  const chosen = catalog.engines.find(({ id }) => id === engine);
  return (
    <fieldset className="engines">
      <legend>Target</legend>
      {catalog.engines.map(({ id, name, description }) => (
        <label key={id} className="engine" title={description}>
          <input
            type="radio"
            name="engine"
            value={id}
            checked={targetKind === 'engine' && id === engine}
            onChange={() => chooseEngine(id)}
          />
          <span>
            <span className="engine-head">
              <span className="engine-name">{name}</span>
              <span className="quiet" title="durability: what survives a crash">
                {tierOf(id, engineOptions[id])}
              </span>
            </span>
          </span>
        </label>
      ))}
      <label className="engine" title="any HTTP service, with GET requests to one URL">
        <input type="radio" name="engine" value="url" checked={targetKind === 'url'} onChange={chooseUrl} />
        <span>
          <span className="engine-head">
            <span className="engine-name">A service of your own</span>
            <span className="quiet">URL</span>
          </span>
        </span>
      </label>
      {targetKind === 'engine' && chosen && <EngineOptions engine={chosen} />}
      {targetKind === 'url' && (
        <input
          className="field"
          type="url"
          aria-label="URL"
          placeholder="http://127.0.0.1:3000/path"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
      )}
    </fieldset>
  );
}
