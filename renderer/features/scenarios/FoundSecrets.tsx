import { secretReferenceTo } from '../../../shared/secrets/reference';
import { useScenarioStore } from '../../store/scenarioStore';
import { ErrorNote } from '../../ui/ErrorNote';
import { Sheet } from '../../ui/Sheet';

/** Offers to keep what looks like a secret in imported requests apart from the scenario, under a name. */
export function FoundSecrets() {
  const { found, error, nameFound, leaveFound, dropFound } = useScenarioStore();
  if (!found) return null;
  const { secrets } = found.named;
  const [first] = secrets;
  return (
    <Sheet label="Secrets in the requests" onClose={dropFound}>
      <h2>These look like secrets</h2>
      <ul>
        {secrets.map(({ name, about }) => (
          <li key={name}>
            <code>{name}</code> <span className="quiet">for {about}</span>
          </li>
        ))}
      </ul>
      <p className="quiet">
        By name, the scenario has {secretReferenceTo(first?.name ?? '')} in their place and can be shared; the values
        are kept with the secrets in Settings. As they are, they stand in the scenario's file. No run, export or log has
        them either way.
      </p>
      {error && <ErrorNote error={error} />}
      <div className="toolbar">
        <button type="button" className="button" onClick={() => void nameFound()}>
          Keep them by name
        </button>
        <button type="button" className="button" onClick={leaveFound}>
          Leave them as they are
        </button>
        <button type="button" className="link" onClick={dropFound}>
          Cancel
        </button>
      </div>
    </Sheet>
  );
}
