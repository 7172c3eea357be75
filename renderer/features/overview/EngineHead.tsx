import { conformanceState } from '../../../shared/engines/conformance';
import { describeTier } from '../../../shared/engines/durability';
import type { CatalogEngine } from '../../../shared/ipc/contract';
import { conformanceText } from '../../../shared/report/status';
import { useIntegrityStore } from '../../store/integrityStore';
import { useScreenStore } from '../../store/screenStore';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { tierOf } from '../run/setupState';
import styles from './board.module.css';

/** An engine with its promises and whether the checks confirmed them. The default engine is marked. */
export function EngineHead({ engine: { id, name }, isDefault }: { engine: CatalogEngine; isDefault: boolean }) {
  const report = useIntegrityStore((state) => state.reports?.find(({ config }) => config.engine === id));
  const choose = useIntegrityStore((state) => state.choose);
  const state = conformanceState(report);
  return (
    <th scope="row">
      <span className={styles.head}>
        {name} {isDefault && <Badge tone="accent">default</Badge>}
      </span>
      <span className={styles.about} title="Durability: what survives a crash">
        {describeTier(tierOf(id))}
      </span>
      <span className={styles.about} data-conformance={state}>
        <Button
          variant="link"
          aria-label={`${name}: ${conformanceText(state)}`}
          onClick={() => {
            choose(id);
            useScreenStore.getState().show('integrity');
          }}
        >
          {conformanceText(state)}
        </Button>
      </span>
    </th>
  );
}
