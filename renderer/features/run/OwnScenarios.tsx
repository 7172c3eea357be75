import { describeDuration, describeLoad } from '../../../shared/scenario/describe';
import { useCatalogStore } from '../../store/catalogStore';
import { useScenarioStore } from '../../store/scenarioStore';

/** The user's scenarios, to choose from like a level. */
export function OwnScenarios() {
  const scenarios = useScenarioStore((state) => state.kept.scenarios);
  const { levelId, chooseLevel } = useCatalogStore();
  if (scenarios.length === 0) return null;
  return (
    <fieldset className="engines">
      <legend>Your scenarios</legend>
      {scenarios.map(({ id, name, load, journeys }) => (
        <label key={id} className="engine">
          <input type="radio" name="level" value={id} checked={id === levelId} onChange={() => chooseLevel(id)} />
          <span>
            <span className="engine-name">{name}</span>
            <span className="quiet">
              {describeLoad(load, { journeys })}, {describeDuration(load)}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
