import { useOpenedRunStore } from '../../store/openedRunStore';
import { useScreenStore } from '../../store/screenStore';
import { Button } from '../../ui/Button';

/** The way to a run with all charts for those who have none yet. */
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
