import { describeDuration, describeLoad } from '../../../shared/scenario/describe';
import { useRunStore } from '../../store/runStore';

/** Asks before a host other than this machine is loaded for the first time. */
export function HostConfirmation() {
  const unconfirmed = useRunStore((state) => state.unconfirmed);
  const confirmHost = useRunStore((state) => state.confirmHost);
  const dismissHost = useRunStore((state) => state.dismissHost);
  if (!unconfirmed) return null;
  const { host, wish, scenario } = unconfirmed;
  const duration = wish.duration ?? describeDuration(scenario.load);
  return (
    <div className="confirmation" role="alertdialog" aria-labelledby="confirmation-title">
      <strong id="confirmation-title">{host} is not this machine</strong>
      <span>
        {scenario.name} loads it with {describeLoad(scenario.load)} for {duration}. That can bring a service down. Load
        only services that are yours or whose owner agrees. The answer is remembered for this host.
      </span>
      <span className="confirmation-actions">
        <button type="button" className="button" onClick={() => void confirmHost()}>
          I may load {host}: run
        </button>
        <button type="button" className="button" onClick={dismissHost}>
          Cancel
        </button>
      </span>
    </div>
  );
}
