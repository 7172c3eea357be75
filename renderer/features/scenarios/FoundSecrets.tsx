import { secretReferenceTo } from '../../../shared/secrets/reference';
import { useScenarioStore } from '../../store/scenarioStore';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { ErrorNote } from '../../ui/ErrorNote';
import shared from '../../ui/shared.module.css';

/** Offers to store possible secrets of imported requests separately from the scenario, under a name. */
export function FoundSecrets() {
  const { found, error, nameFound, leaveFound, dropFound } = useScenarioStore();
  if (!found) return null;
  const { secrets } = found.named;
  const [first] = secrets;
  return (
    <Dialog label="Secrets in the requests" onClose={dropFound}>
      <h2>These look like secrets</h2>
      <ul>
        {secrets.map(({ name, about }) => (
          <li key={name}>
            <code>{name}</code> <span className={shared.quiet}>for {about}</span>
          </li>
        ))}
      </ul>
      <p className={shared.quiet}>
        Stored by name, the scenario contains {secretReferenceTo(first?.name ?? '')} instead and can be shared; the
        values are stored with the secrets in Settings. Left as they are, they stay in the scenario's file. Runs,
        exports and logs never contain them.
      </p>
      {error && <ErrorNote error={error} />}
      <div className={shared.toolbar}>
        <Button onClick={() => void nameFound()}>Store by name</Button>
        <Button onClick={leaveFound}>Leave as they are</Button>
        <Button variant="link" onClick={dropFound}>
          Cancel
        </Button>
      </div>
    </Dialog>
  );
}
