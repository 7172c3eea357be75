import { useOpenedRunStore } from '../../store/openedRunStore';
import { useScreenStore } from '../../store/screenStore';

/** The way to a run with all charts for those who have none yet. */
export function SampleRun() {
  const show = useScreenStore((state) => state.show);
  const openSample = useOpenedRunStore((state) => state.openSample);
  return (
    <button
      type="button"
      className="link"
      onClick={() => {
        show('history');
        void openSample();
      }}
    >
      Open the sample run
    </button>
  );
}
