import { describeDuration, describeLoad } from '../../../shared/scenario/describe';
import { useCatalogStore } from '../../store/catalogStore';
import { useScenarioStore } from '../../store/scenarioStore';
import { Choice, ChoiceGroup } from '../../ui/Choice';
import styles from './Setup.module.css';

/** The user's scenarios, which can be chosen like a level. */
export function OwnScenarios() {
  const scenarios = useScenarioStore((state) => state.kept.scenarios);
  const { levelId, chooseLevel } = useCatalogStore();
  if (scenarios.length === 0) return null;
  return (
    <ChoiceGroup legend="Your scenarios">
      {scenarios.map(({ id, name, load, journeys }) => (
        <Choice
          key={id}
          group="level"
          value={id}
          isChecked={id === levelId}
          name={name}
          onChoose={() => chooseLevel(id)}
        >
          <span className={styles.about}>
            {describeLoad(load, { journeys })}, {describeDuration(load)}
          </span>
        </Choice>
      ))}
    </ChoiceGroup>
  );
}
