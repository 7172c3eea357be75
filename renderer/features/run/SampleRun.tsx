import { useOpenedRunStore } from '../../store/openedRunStore';
import { useScreenStore } from '../../store/screenStore';
import { Button } from '../../ui/Button';

/** A link to a run with all charts, for users who have no run yet. */
export function SampleRun() {
  const show = useScreenStore((state) => state.show);
  const openSample = useOpenedRunStore((state) => state.openSample);
  return (
    <Button
      variant="link"
      onClick={() => {
        show('history');
        void openSample();
      }}
    >
      Open the sample run
    </Button>
  );
}
